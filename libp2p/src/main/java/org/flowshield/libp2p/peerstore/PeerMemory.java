package org.flowshield.libp2p.peerstore;

import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.identify.Identified;
import org.flowshield.libp2p.identify.Identify;

/** Tells a peer store whom a host meets. On the threads of identify. */
public final class PeerMemory {

    private PeerMemory() {}

    /** From now on, as long as the host is there. */
    public static void install(Identify identify, PeerStore store) {
        identify.onIdentified((connection, who) -> met(connection, who, store));
    }

    private static void met(Connection connection, Identified who, PeerStore store) {
        if (connection.initiator()) {
            store.reached(who.peer(), connection.remoteAddress());
        }
        store.met(who.peer(), connection.remoteAddress(), who.signedRecord(), who.protocols());
    }
}
