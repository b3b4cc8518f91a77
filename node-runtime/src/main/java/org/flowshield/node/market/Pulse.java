package org.flowshield.node.market;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.flowshield.node.identity.NodeKey;

/**
 * The newest heartbeat of each node. Bounded; for one thread. A node's sequence only grows, so that
 * nobody keeps a dead provider alive by saying again what it said.
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
        /** There is no room, and none of those that are known is gone. */
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
        if (before == null && beats.size() == maxNodes && !forgetOne(now)) {
            return Outcome.FULL;
        }
        beats.putLast(signed.node(), new Beat(heartbeat, now));
        return Outcome.ACCEPTED;
    }

    /** A node that is gone makes room; one that may be back does not. */
    private boolean forgetOne(Instant now) {
        var longestSilent = beats.entrySet().iterator().next();
        if (Liveness.of(longestSilent.getValue().heardAt(), now) instanceof Liveness.Offline) {
            beats.remove(longestSilent.getKey());
            return true;
        }
        return false;
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
