package org.flowshield.node.client;

import java.util.Optional;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.api.payment.SessionPayment;

/** Begins sessions with providers. One thread begins and ends them; nothing here waits. */
interface Sessions {

    /**
     * Begins a session. It has its device to itself: it waits for the end of the one before.
     *
     * @param request that it is of; its sessions share the cap of one
     * @param listener told from other threads, in order
     */
    Session begin(long request, Target target, Listener listener);

    /** What becomes of a session. */
    interface Listener {

        /** The device is there, and packets for it wait until the session is open; at most once. */
        void granted(FirewallPolicy.Tunnel tunnel);

        /** Packets can flow; at most once. */
        void opened(FirewallPolicy.Tunnel tunnel);

        /** Nothing is left of it; once, as the last. */
        void ended(Failure why);
    }

    /** One session, or the attempt to open it. */
    interface Session {

        /** Asks it to end; idempotent. */
        void end();

        /** What was carried so far, also after the end. */
        Traffic traffic();

        /** How it is paid; empty if it is free, or before it is agreed. */
        Optional<SessionPayment> payment();

        /** Its device and addresses; empty before it is open. */
        Optional<TunnelStatus> tunnel();
    }
}
