package org.flowshield.node.swarm;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.PubSub;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.wire.Topic;

/**
 * The peers of a serving node, under its node key. The first role that joins opens it, the last
 * that leaves closes it. Safe for use by any thread.
 */
public interface Swarm {

    /**
     * Joins, listening at these addresses as well as at those of the roles that are in already.
     *
     * @param listen at least one; port 0 takes a free one; roles may name the same address
     * @throws IOException if that can't be; then nothing has changed
     */
    default Membership join(List<Multiaddr> listen) throws IOException, InterruptedException {
        return join(listen, List.of());
    }

    /**
     * Joins as {@link #join(List)}.
     *
     * @param served from before anybody can come until the role leaves
     */
    Membership join(List<Multiaddr> listen, List<ProtocolBinding> served)
            throws IOException, InterruptedException;

    /** One role's part in it; closed when the role ends. */
    interface Membership extends AutoCloseable {

        /** The one host of all roles: what is added to it directly ends with the last of them. */
        Host host();

        Identify identify();

        /** A server of the network's DHT. */
        Dht dht();

        /** Topics that other roles may follow too are followed by {@link #follow}. */
        PubSub pubsub();

        /** Serves a protocol until the role leaves; peers hear of it. */
        void serve(ProtocolBinding binding);

        /**
         * Hears a topic that other roles may hear too.
         *
         * @param validator one of those that all must accept a message
         * @param reader of each that was accepted, one at a time, on a virtual thread; who is slow
         *     misses the oldest
         * @return ends it; the end of the membership does so too
         */
        Following follow(Topic topic, Validator validator, Consumer<ReceivedMessage> reader);

        /** All where this node may be, proven or not, without {@code /p2p}. */
        List<Multiaddr> addresses();

        /** Where peers can dial this node by what is known now, without {@code /p2p}. */
        List<Multiaddr> advertised();

        /** Whether others get to this node. */
        Reach reach();

        /** The ports that the router at home is asked to pass on; none: it is not asked. */
        List<MappedPort> ports();

        /**
         * Calls the listener soon after {@link #advertised} or {@link #reach} has changed, until
         * the role leaves; it does not wait.
         */
        void onChange(Runnable listener);

        /** Leaves; the last one closes the host. Idempotent. */
        @Override
        void close();
    }

    /** Hears a topic until it is closed. */
    interface Following extends AutoCloseable {

        /** Idempotent. */
        @Override
        void close();
    }
}
