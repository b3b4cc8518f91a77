package org.flowshield.node.swarm;

import java.io.IOException;
import java.util.List;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.PubSub;

/**
 * The peers of a serving node, under its node key. The first role that joins opens it, the last
 * that leaves closes it. Safe for use by any thread.
 */
public interface Swarm {

    /**
     * Joins, listening at these addresses as well as at those of the roles that are in already.
     *
     * @param listen at least one; port 0 takes a free one
     * @throws IOException if that can't be; then nothing has changed
     */
    Membership join(List<Multiaddr> listen) throws IOException, InterruptedException;

    /** One role's part in it; closed when the role ends. */
    interface Membership extends AutoCloseable {

        /** The protocols that a role serves stay its own to add; they end with the host alone. */
        Host host();

        /** A server of the network's DHT. */
        Dht dht();

        PubSub pubsub();

        /** Where peers can dial this node by what is known now, without {@code /p2p}. */
        List<Multiaddr> advertised();

        /** Leaves; the last one closes the host. Idempotent. */
        @Override
        void close();
    }
}
