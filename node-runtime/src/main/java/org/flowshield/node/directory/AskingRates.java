package org.flowshield.node.directory;

import java.util.function.LongSupplier;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/**
 * How often peers ask one kind of question: each of them, and all of one network together, since
 * keys cost nothing. Networks of one's own are not counted. Bounded. Safe for use by any thread.
 */
final class AskingRates {

    /** Peers of one network that ask as much as they may at the same time. */
    static final int PEERS_OF_A_NETWORK = 4;

    /** Peers, or networks, that are told apart. */
    private static final int MOST = 10_000;

    private final TokenBuckets<PeerId> peers;
    private final TokenBuckets<Network> networks;

    /**
     * @param atOnce by one peer
     * @param perSecond by one peer, in the long run
     * @param nanoTime monotonic
     */
    AskingRates(double atOnce, double perSecond, LongSupplier nanoTime) {
        peers = new TokenBuckets<>(atOnce, perSecond, MOST, nanoTime);
        networks =
                new TokenBuckets<>(
                        PEERS_OF_A_NETWORK * atOnce,
                        PEERS_OF_A_NETWORK * perSecond,
                        MOST,
                        nanoTime);
    }

    /** Whether it may ask once more; then that is used up. */
    boolean take(PeerId peer, Multiaddr remote) {
        return peers.take(peer) && AddressPolicy.counted(remote).map(networks::take).orElse(true);
    }
}
