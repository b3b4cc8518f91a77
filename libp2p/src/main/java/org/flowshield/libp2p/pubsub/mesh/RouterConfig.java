package org.flowshield.libp2p.pubsub.mesh;

import org.flowshield.libp2p.pubsub.memory.PeerRates;
import org.flowshield.libp2p.pubsub.score.ScoreParams;
import org.flowshield.libp2p.pubsub.score.Thresholds;
import org.flowshield.libp2p.pubsub.wire.MessageIds;
import org.flowshield.libp2p.pubsub.wire.Rpc;

/**
 * All that a router can be told. Immutable.
 *
 * @param maxPayload bytes of the application's in one message; longer ones are not heeded
 */
public record RouterConfig(
        GossipParams gossip,
        PeerRates rates,
        ScoreParams score,
        Thresholds thresholds,
        MessageIds ids,
        int maxPayload) {

    /** Room for what surrounds a payload in an RPC: an RSA author's key and signature fit. */
    private static final int OVERHEAD = 4 * 1024;

    /** A message of this length and its RPC fit into what rust-libp2p takes. */
    public static final int DEFAULT_PAYLOAD = Rpc.PREFERRED_BYTES - OVERHEAD;

    /** The most that {@code maxPayload} can be. */
    public static final int MAX_PAYLOAD = Rpc.MAX_BYTES - OVERHEAD;

    public static final RouterConfig DEFAULT =
            new RouterConfig(
                    GossipParams.DEFAULT,
                    PeerRates.DEFAULT,
                    ScoreParams.DEFAULT,
                    Thresholds.DEFAULT,
                    MessageIds.AUTHOR_AND_SEQNO,
                    DEFAULT_PAYLOAD);

    public RouterConfig {
        if (maxPayload < 1 || maxPayload > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a message has from 1 to " + MAX_PAYLOAD + " bytes of the application's");
        }
    }

    public RouterConfig with(GossipParams value) {
        return new RouterConfig(value, rates, score, thresholds, ids, maxPayload);
    }

    public RouterConfig with(PeerRates value) {
        return new RouterConfig(gossip, value, score, thresholds, ids, maxPayload);
    }

    public RouterConfig with(ScoreParams value) {
        return new RouterConfig(gossip, rates, value, thresholds, ids, maxPayload);
    }

    public RouterConfig with(MessageIds value) {
        return new RouterConfig(gossip, rates, score, thresholds, value, maxPayload);
    }
}
