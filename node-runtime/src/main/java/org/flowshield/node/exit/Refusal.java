package org.flowshield.node.exit;

import java.util.Locale;

/** Why a session's packet is not let out, or one from outside not in. Each is counted. */
public enum Refusal {
    /** Its inner source is no session's. */
    FORGED_SOURCE,
    /** It is for another session. */
    OTHER_SESSION,
    /** Its destination is in a special-purpose range: private, loopback, multicast and the like. */
    SPECIAL_PURPOSE,
    /** Its destination is in a network that the provider is in. */
    LOCAL_NETWORK,
    /** Its destination is the provider itself, and neither its forwarder for names nor a ping. */
    OWN_SERVICE,
    /** Its port is not open to sessions: mail. */
    PORT,
    /** The session has as many flows as it may. */
    TOO_MANY_FLOWS,
    /** It belongs to no flow and begins none. */
    INVALID,
    /** The exit has no IPv6. */
    NO_IPV6,
    /** It came from outside for a session that did not ask. */
    UNSOLICITED;

    /** Its name for programs, as in {@code special_purpose}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
