package org.flowshield.node.tunnel;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.KeepAlive;

/**
 * When the peer was last heard and last asked; times are of a monotonic clock, in nanoseconds.
 * Immutable.
 *
 * @param heard when the peer was last heard, on the control stream or by its packets
 * @param asked when it was last asked whether it is there
 * @param nonce of the next question
 * @param carried what had been carried when it was last heard; empty until that is looked at
 * @param waitingSince when packets were first sent to which nothing came back; empty if none were
 */
record Liveness(
        long heard, long asked, long nonce, Optional<Carried> carried, OptionalLong waitingSince) {

    /** Keeps the state of a carrier's NAT, which some drop after 30 s. */
    static final Duration ASK_EVERY = Duration.ofSeconds(10);

    /** Three questions unanswered; a train's tunnel is shorter. */
    static final Duration DEAD_AFTER = Duration.ofSeconds(30);

    /** While somebody waits for an answer: three questions fit into the time below. */
    static final Duration ASK_WHILE_WAITING = Duration.ofSeconds(3);

    /** While somebody waits for an answer; more than a handover between radio cells takes. */
    static final Duration DEAD_WHILE_WAITING = Duration.ofSeconds(10);

    /** Packets that went to the peer and came from it. */
    record Carried(long sent, long received) {
        static final Carried NOTHING = new Carried(0, 0);
    }

    /**
     * How it goes on.
     *
     * @param say what to send, if anything
     * @param count whether to send counters as well
     */
    record Step(Liveness liveness, Optional<ControlMessage> say, boolean count) {}

    static Liveness start(long now) {
        return new Liveness(now, now, 0, Optional.empty(), OptionalLong.empty());
    }

    /** After a message; empty if it is none that keeps a session going. */
    Optional<Step> heard(ControlMessage message, long now) {
        Liveness alive = new Liveness(now, asked, nonce, Optional.empty(), OptionalLong.empty());
        return switch (message) {
            case KeepAlive(long question, boolean reply) when !reply ->
                    Optional.of(new Step(alive, Optional.of(new KeepAlive(question, true)), true));
            case KeepAlive _, Counters _ -> Optional.of(new Step(alive, Optional.empty(), false));
            default -> Optional.empty();
        };
    }

    /** As time goes by, for who does not look at what is carried. */
    Optional<Step> tick(long now) {
        return tick(now, Carried.NOTHING);
    }

    /** As time goes by; empty if the peer has been silent for too long. */
    Optional<Step> tick(long now, Carried total) {
        Liveness current = looking(now, total);
        return current.isDead(now) ? Optional.empty() : Optional.of(current.ask(now));
    }

    private Liveness looking(long now, Carried total) {
        if (carried.isEmpty()) {
            return new Liveness(heard, asked, nonce, Optional.of(total), OptionalLong.empty());
        }
        Carried before = carried.orElseThrow();
        if (total.received() != before.received()) {
            return new Liveness(now, asked, nonce, Optional.of(total), OptionalLong.empty());
        }
        return waitingSince.isEmpty() && total.sent() != before.sent()
                ? new Liveness(heard, asked, nonce, carried, OptionalLong.of(now))
                : this;
    }

    private boolean isDead(long now) {
        return now - heard >= DEAD_AFTER.toNanos()
                || (waitingSince.isPresent()
                        && now - waitingSince.getAsLong() >= DEAD_WHILE_WAITING.toNanos());
    }

    private Step ask(long now) {
        Duration every = waitingSince.isPresent() ? ASK_WHILE_WAITING : ASK_EVERY;
        if (now - asked < every.toNanos()) {
            return new Step(this, Optional.empty(), false);
        }
        Liveness asking = new Liveness(heard, now, nonce + 1, carried, waitingSince);
        return new Step(asking, Optional.of(new KeepAlive(nonce, false)), false);
    }

    /** How long the peer has been silent. */
    Duration silence(long now) {
        return Duration.ofNanos(now - heard);
    }
}
