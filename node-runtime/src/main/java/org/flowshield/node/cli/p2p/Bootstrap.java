package org.flowshield.node.cli.p2p;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.PubSub;
import org.flowshield.libp2p.pubsub.PubSubOptions;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.cli.Output;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the verbs of pubsub come into a network. */
final class Bootstrap {

    private Bootstrap() {}

    /** Takes part in pubsub on a host. */
    static PubSub pubsub(Peer peer) {
        return PubSub.of(
                peer.host(),
                peer.identify(),
                peer.key(),
                PubSubOptions.of(new SecureRandom(), System::nanoTime, Clock.systemUTC()));
    }

    /**
     * Connects to all that answer, and tells of the others.
     *
     * @throws IOException if none does
     */
    static List<Connection> connect(Peer peer, List<Multiaddr> addresses, Output output)
            throws IOException {
        List<Connection> connections = new ArrayList<>();
        IOException failure = null;
        for (Multiaddr address : addresses) {
            try {
                connections.add(peer.host().connect(address));
            } catch (IOException e) {
                output.progress(e.getMessage() + "; going on without it");
                failure = e;
            }
        }
        if (connections.isEmpty() && failure != null) {
            throw failure;
        }
        return connections;
    }

    /** Reads a topic from the command line. */
    static final class TopicConverter implements ITypeConverter<Topic> {
        @Override
        public Topic convert(String text) {
            if (!Topic.isValid(text)) {
                throw new TypeConversionException(
                        "a topic has from 1 to " + Topic.MAX_BYTES + " bytes");
            }
            return new Topic(text);
        }
    }
}
