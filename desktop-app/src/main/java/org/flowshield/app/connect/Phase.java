package org.flowshield.app.connect;

import java.util.Locale;

/** Where a connection stands, for people: the daemon's states, and the steps before them. */
enum Phase {
    /** The daemon has not said yet. */
    UNKNOWN,
    DISCONNECTED,
    /** The price is being asked for. */
    ASKING,
    /** The price is told, and nobody has agreed to it. */
    OFFERED,
    CONNECTING,
    CONNECTED,
    RECONNECTING,
    /** Blocked since the service was killed; nobody is gone to. */
    HELD,
    DISCONNECTING,
    /** Not connected, since something went wrong. */
    FAILED,
    BLOCKING_FAILED;

    /** Begins the keys of its texts. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a new connection can be asked for. */
    boolean isIdle() {
        return this == DISCONNECTED || this == FAILED || this == HELD;
    }

    /** Whether there is a session, or was one a moment ago. */
    boolean hasSession() {
        return this == CONNECTED || this == RECONNECTING;
    }
}
