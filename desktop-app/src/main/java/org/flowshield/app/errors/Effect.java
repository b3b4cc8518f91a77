package org.flowshield.app.errors;

import java.util.Locale;

/** What a failure means for a person's connection and money. */
public enum Effect {
    /** Nothing was signed, no money moved, nothing changed. */
    NOTHING_CHANGED,
    /** The client is not connected through FlowShield, or not for long. */
    NOT_CONNECTED,
    /** The client went to nobody. */
    NOBODY_PAID,
    /** Where the client was connected, it is so no more, and what was paid is paid. */
    SESSION_OVER,
    /** This machine does not serve clients, or not for money; what was earned is safe. */
    NOT_SERVING,
    /** What was earned stays earned, but it isn't paid out yet. */
    EARNED_IS_SAFE,
    /** Only what is shown is missing or old. */
    NOT_SHOWN,
    /** The client is connected, and nobody answers its questions for names. */
    NAMES_UNANSWERED,
    /** The wallet stays as it was. */
    WALLET_AS_IT_WAS,
    /** The daemon does not start. */
    SERVICE_STAYS_OFF,
    /** Nobody can say yet what became of it. */
    NOT_KNOWN;

    /** Names its text. */
    String key() {
        return "effect." + name().toLowerCase(Locale.ROOT);
    }
}
