package org.flowshield.node.market.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.flowshield.node.identity.NodeKey;

/**
 * The newest heartbeat of each node. Bounded: the node that was silent for longest makes room,
 * since newcomers can't be told to wait by those who came before them. For one thread. A node's
 * sequence only grows, so that nobody keeps a dead provider alive by saying again what it said.
 */
public final class Pulse {

    /** The largest directory that is planned for has a million offers. */
    public static final int MAX_NODES = 1 << 20;

    /** Clocks of honest nodes differ by less, and messages are not longer on their way. */
    public static final Duration DRIFT = Duration.ofSeconds(30);

    /** What was heard of a node, and when. */
    public record Beat(Heartbeat heartbeat, Instant heardAt) {}

    /** What became of a heartbeat. */
    public enum Outcome {
        ACCEPTED,
        /** Its time is not ours: replayed, or a clock that is wrong. */
        NOT_NOW,
        /** The node has said this, or something newer, before. */
        OLD,
        /** It is nobody for whom there is room. */
        FULL
    }

    private final int maxNodes;

    /** Those that were silent for longest come first. */
    private final LinkedHashMap<NodeKey, Beat> beats = new LinkedHashMap<>();

    public Pulse() {
        this(MAX_NODES);
    }

    Pulse(int maxNodes) {
        this.maxNodes = maxNodes;
    }

    /** Hears a heartbeat that was verified. */
    public Outcome hear(SignedHeartbeat signed, Instant now) {
        Heartbeat heartbeat = signed.heartbeat();
        if (Duration.between(heartbeat.sentAt(), now).abs().compareTo(DRIFT) > 0) {
            return Outcome.NOT_NOW;
        }
        Beat before = beats.get(signed.node());
        if (before != null && heartbeat.sequence() <= before.heartbeat().sequence()) {
            return Outcome.OLD;
        }
        if (before == null && beats.size() == maxNodes) {
            beats.pollFirstEntry();
        }
        beats.putLast(signed.node(), new Beat(heartbeat, now));
        return Outcome.ACCEPTED;
    }

    /** What was last heard of a node. */
    public Optional<Beat> of(NodeKey node) {
        return Optional.ofNullable(beats.get(node));
    }

    /** Whether a node is there; empty if it was never heard of, or is forgotten. */
    public Optional<Liveness> liveness(NodeKey node, Instant now) {
        return of(node).map(beat -> Liveness.of(beat.heardAt(), now));
    }

    public int size() {
        return beats.size();
    }
}
