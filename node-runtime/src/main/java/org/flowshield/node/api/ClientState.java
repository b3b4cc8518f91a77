package org.flowshield.node.api;

/** Where a client stands. */
public enum ClientState {
    DISCONNECTED,
    /** The first session is on its way; traffic is blocked already. */
    CONNECTING,
    CONNECTED,
    /**
     * The session broke; traffic is blocked until the next one is open. Without a provider: it is
     * held since a crash, until somebody connects or disconnects.
     */
    RECONNECTING,
    DISCONNECTING,
    /**
     * The machine refused a change of its routes: nobody knows what leaves outside of the tunnel.
     * It is tried again; disconnecting puts back what can be.
     */
    BLOCKING_FAILED
}
