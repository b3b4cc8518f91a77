package org.flowshield.node.tunnel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Bye;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.control.Lane;

/**
 * The client's side of a session, as a pure state machine.
 *
 * <pre>
 *            Welcome              last lane attached
 *  Greeting ---------> Attaching --------------------> Open
 *      |                   |                            |
 *      +-------------------+----------------------------+--> Ended
 *        refused, silent, lane or control lost, stopped,
 *        protocol violated, path failed
 * </pre>
 *
 * <p>Times are of a monotonic clock, in nanoseconds.
 */
public final class ClientSession {

    /**
     * A provider answers at once; a path over three satellites is slower than none that we know.
     */
    static final Duration WELCOME_WITHIN = Duration.ofSeconds(10);

    /** Each lane is a dial with its handshake. */
    static final Duration LANES_WITHIN = Duration.ofSeconds(20);

    /** Where the session stands. */
    public sealed interface State {}

    /** Hello is on its way. */
    public record Greeting(Hello hello, long since) implements State {}

    /** The grant is here, lanes are being made. */
    public record Attaching(Welcome welcome, Set<Lane> missing, long since, Liveness liveness)
            implements State {
        public Attaching {
            missing = Set.copyOf(missing);
        }
    }

    /** Packets flow. */
    public record Open(Welcome welcome, Liveness liveness, Optional<Counters> peerCounted)
            implements State {}

    /** It is over. */
    public record Ended(EndReason reason, String detail) implements State {}

    /** What happens to a session. */
    public sealed interface Event {}

    /** The provider said something. */
    public record Received(ControlMessage message, long now) implements Event {}

    /** A lane was attached. */
    public record LaneAttached(Lane lane) implements Event {}

    /** Something broke, or somebody asked to stop. */
    public record Failed(EndReason reason, String detail) implements Event {}

    /**
     * Time goes by; comes at least once a second.
     *
     * @param sent packets that went into the lanes so far
     * @param received packets that came out of them
     */
    public record Tick(long now, long sent, long received) implements Event {

        /** Before packets flow. */
        public Tick(long now) {
            this(now, 0, 0);
        }
    }

    /** What is to be done. */
    public sealed interface Effect {}

    /** Send this on the control stream. */
    public record Send(ControlMessage message) implements Effect {}

    /** Dial and attach these lanes. */
    public record DialLanes(Welcome welcome, List<Lane> lanes) implements Effect {}

    /** All lanes are there: let packets flow. */
    public record StartPath(Welcome welcome) implements Effect {}

    /** Tell the provider what was counted here. */
    public record SendCounters() implements Effect {}

    /** Close the path, the lanes and the control stream. */
    public record Release() implements Effect {}

    /** The state after an event and what is to be done, in order. */
    public record Transition(State state, List<Effect> effects) {
        public Transition {
            effects = List.copyOf(effects);
        }
    }

    private ClientSession() {}

    /** The control stream is open. */
    public static Transition start(Hello hello, long now) {
        return new Transition(new Greeting(hello, now), List.of(new Send(hello)));
    }

    public static Transition next(State state, Event event) {
        return switch (state) {
            case Greeting greeting -> next(greeting, event);
            case Attaching attaching -> next(attaching, event);
            case Open open -> next(open, event);
            case Ended ended -> stay(ended);
        };
    }

    private static Transition next(Greeting state, Event event) {
        return switch (event) {
            case Received(Welcome welcome, long now) -> welcome(state, welcome, now);
            case Received(Refused refused, _) -> refused(refused);
            case Received(Bye bye, _) -> end(reason(bye), bye.reason());
            case Received(ControlMessage other, _) -> unexpected(other);
            case LaneAttached _ -> stay(state);
            case Failed failed -> fail(failed);
            case Tick(long now, _, _) when now - state.since() >= WELCOME_WITHIN.toNanos() ->
                    end(EndReason.PEER_SILENT, "the provider did not answer");
            case Tick _ -> stay(state);
        };
    }

    private static Transition welcome(Greeting state, Welcome welcome, long now) {
        Hello hello = state.hello();
        boolean wanted =
                welcome.version() <= hello.version()
                        && welcome.lanes() <= hello.lanes()
                        && (hello.datagramLane() || !welcome.datagramLane())
                        && (hello.ipv4() || welcome.grant().inner().v4().isEmpty())
                        && (hello.ipv6() || welcome.grant().inner().v6().isEmpty());
        if (!wanted) {
            return violation("the provider granted more than was asked for");
        }
        List<Lane> lanes = lanes(welcome);
        return new Transition(
                new Attaching(welcome, Set.copyOf(lanes), now, Liveness.start(now)),
                List.of(new DialLanes(welcome, lanes)));
    }

    private static Transition next(Attaching state, Event event) {
        return switch (event) {
            case LaneAttached(Lane lane) -> attached(state, lane);
            case Received(ControlMessage message, long now) ->
                    state.liveness()
                            .heard(message, now)
                            .map(step -> alive(state, step))
                            .orElseGet(() -> ending(message));
            case Failed failed -> fail(failed);
            case Tick(long now, _, _) when now - state.since() >= LANES_WITHIN.toNanos() ->
                    end(EndReason.LANES_MISSING, "the lanes did not come about in time");
            case Tick(long now, _, _) ->
                    state.liveness()
                            .tick(now)
                            .map(step -> alive(state, step))
                            .orElseGet(() -> silent(state.liveness(), now));
        };
    }

    private static Transition attached(Attaching state, Lane lane) {
        Set<Lane> missing = new HashSet<>(state.missing());
        missing.remove(lane);
        if (missing.isEmpty()) {
            return new Transition(
                    new Open(state.welcome(), state.liveness(), Optional.empty()),
                    List.of(new StartPath(state.welcome())));
        }
        return stay(new Attaching(state.welcome(), missing, state.since(), state.liveness()));
    }

    private static Transition next(Open state, Event event) {
        return switch (event) {
            case Received(ControlMessage message, long now) ->
                    state.liveness()
                            .heard(message, now)
                            .map(step -> alive(counted(state, message), step))
                            .orElseGet(() -> ending(message));
            case LaneAttached _ -> stay(state);
            case Failed failed -> fail(failed);
            case Tick(long now, long sent, long received) ->
                    state.liveness()
                            .tick(now, new Liveness.Carried(sent, received))
                            .map(step -> alive(state, step))
                            .orElseGet(() -> silent(state.liveness(), now));
        };
    }

    private static Transition alive(Attaching state, Liveness.Step step) {
        return new Transition(
                new Attaching(state.welcome(), state.missing(), state.since(), step.liveness()),
                effects(step));
    }

    private static Transition alive(Open state, Liveness.Step step) {
        return new Transition(
                new Open(state.welcome(), step.liveness(), state.peerCounted()), effects(step));
    }

    private static Open counted(Open state, ControlMessage message) {
        return message instanceof Counters counters
                ? new Open(state.welcome(), state.liveness(), Optional.of(counters))
                : state;
    }

    private static List<Effect> effects(Liveness.Step step) {
        List<Effect> effects = new ArrayList<>();
        step.say().ifPresent(message -> effects.add(new Send(message)));
        if (step.count()) {
            effects.add(new SendCounters());
        }
        return effects;
    }

    private static Bye bye(Failed failed) {
        return new Bye(
                failed.reason() == EndReason.PAYMENT ? Bye.Kind.PAYMENT : Bye.Kind.UNSPECIFIED,
                failed.detail());
    }

    private static EndReason reason(Bye bye) {
        return switch (bye.kind()) {
            case UNSPECIFIED -> EndReason.PEER_SAID_BYE;
            case PAYMENT -> EndReason.PAYMENT;
        };
    }

    private static Transition ending(ControlMessage message) {
        return switch (message) {
            case Bye bye -> end(reason(bye), bye.reason());
            case Refused refused -> refused(refused);
            default -> unexpected(message);
        };
    }

    private static List<Lane> lanes(Welcome welcome) {
        List<Lane> lanes = new ArrayList<>();
        for (int number = 0; number < welcome.lanes(); number++) {
            lanes.add(Lane.bulk(number));
        }
        if (welcome.datagramLane()) {
            lanes.add(Lane.DATAGRAM);
        }
        return lanes;
    }

    private static Transition fail(Failed failed) {
        return new Transition(
                new Ended(failed.reason(), failed.detail()),
                List.of(new SendCounters(), new Send(bye(failed)), new Release()));
    }

    private static Transition refused(Refused refused) {
        return end(EndReason.REFUSED, refused.reason() + ": " + refused.detail());
    }

    private static Transition silent(Liveness liveness, long now) {
        return end(
                EndReason.PEER_SILENT,
                "nothing came for %d s".formatted(liveness.silence(now).toSeconds()));
    }

    private static Transition unexpected(ControlMessage message) {
        return violation("unexpected " + message.getClass().getSimpleName());
    }

    private static Transition violation(String detail) {
        return new Transition(
                new Ended(EndReason.PROTOCOL_VIOLATION, detail),
                List.of(new Send(new Bye(detail)), new Release()));
    }

    private static Transition end(EndReason reason, String detail) {
        return new Transition(new Ended(reason, detail), List.of(new Release()));
    }

    private static Transition stay(State state) {
        return new Transition(state, List.of());
    }
}
