package org.flowshield.node.client;

/**
 * The node's own connections beside its sessions: to the chain, to providers that are asked. Told
 * which way they are to go. Any thread; does not wait.
 */
@FunctionalInterface
public interface ControlPlane {

    /** Of a node that has none. */
    ControlPlane NONE = _ -> {};

    /** Which way. */
    enum Way {
        /** The machine's own; nothing is blocked. */
        OPEN,
        /** The machine's own, by the firewall mark, since all else is blocked. */
        MARKED,
        /** Through the tunnel, like everything else. */
        INSIDE
    }

    /** From now on; said again it changes nothing. */
    void goes(Way way);
}
