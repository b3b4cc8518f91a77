package org.flowshield.node.swarm.reach;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Delimited;

/** Asks a peer to dial this node. */
public final class ReachClient {

    /** The peer's time to dial, and both ways. */
    private static final Duration ANSWER_WITHIN =
            ReachProtocol.DIAL_WITHIN.plus(Duration.ofSeconds(10));

    private ReachClient() {}

    /**
     * Asks the peer at the other end of a connection; blocks for at most 18 seconds.
     *
     * @param addresses 1 to 16, without {@code /p2p}, each once
     * @return what became of each, by the peer's word
     * @throws IOException if the peer does not answer, or not with what is one
     */
    public static Map<Multiaddr, DialOutcome> ask(Connection connection, List<Multiaddr> addresses)
            throws IOException {
        byte[] request = ReachWire.encodeAddresses(addresses);
        try (Stream stream = connection.newStream(List.of(ReachProtocol.PROTOCOL))) {
            byte[] answer =
                    Deadline.within(
                            ANSWER_WITHIN,
                            stream,
                            () -> {
                                Delimited.write(stream.output(), request);
                                stream.output().flush();
                                stream.closeWrite();
                                return ReachProtocol.read(stream);
                            });
            List<DialOutcome> outcomes = ReachWire.parseOutcomes(answer, addresses.size());
            Map<Multiaddr, DialOutcome> all = new LinkedHashMap<>();
            for (int i = 0; i < addresses.size(); i++) {
                all.put(addresses.get(i), outcomes.get(i));
            }
            return all;
        } catch (MalformedReachException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
