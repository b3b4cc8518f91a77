package org.flowshield.node.tunnel;

import java.time.Duration;
import java.util.Optional;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.KeepAlive;

/**
 * When the peer was last heard and last asked; times are of a monotonic clock, in nanoseconds.
 * Immutable.
 */
record Liveness(long heard, long asked, long nonce) {

    /** Keeps the state of a carrier's NAT, which some drop after 30 s. */
    static final Duration ASK_EVERY = Duration.ofSeconds(10);

    /** Three questions unanswered; a train's tunnel is shorter. */
    static final Duration DEAD_AFTER = Duration.ofSeconds(30);

    /**
     * How it goes on.
     *
     * @param say what to send, if anything
     * @param count whether to send counters as well
     */
    record Step(Liveness liveness, Optional<ControlMessage> say, boolean count) {}

    static Liveness start(long now) {
        return new Liveness(now, now, 0);
    }

    /** After a message; empty if it is none that keeps a session going. */
    Optional<Step> heard(ControlMessage message, long now) {
        Liveness alive = new Liveness(now, asked, nonce);
        return switch (message) {
            case KeepAlive(long question, boolean reply) when !reply ->
                    Optional.of(new Step(alive, Optional.of(new KeepAlive(question, true)), true));
            case KeepAlive _, Counters _ -> Optional.of(new Step(alive, Optional.empty(), false));
            default -> Optional.empty();
        };
    }

    /** As time goes by; empty if the peer has been silent for too long. */
    Optional<Step> tick(long now) {
        if (now - heard >= DEAD_AFTER.toNanos()) {
            return Optional.empty();
        }
        if (now - asked < ASK_EVERY.toNanos()) {
            return Optional.of(new Step(this, Optional.empty(), false));
        }
        Liveness asking = new Liveness(heard, now, nonce + 1);
        return Optional.of(new Step(asking, Optional.of(new KeepAlive(nonce, false)), false));
    }
}
