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
 * The provider's side of a session, as a pure state machine.
 *
 * <pre>
 *                 Hello             granted               last lane attached
 *  AwaitingHello -------> Granting ---------> Attaching --------------------> Open
 *      |                     |                    |                            |
 *      +---------------------+--------------------+----------------------------+--> Ended
 *        silent, not granted, lanes missing, lane or control lost, stopped,
 *        protocol violated, path failed
 * </pre>
 *
 * <p>Packets flow over each lane as soon as it is attached. Times are of a monotonic clock, in
 * nanoseconds.
 */
public final class ProviderSession {

    /** The client says Hello with the opening of the stream. */
    static final Duration HELLO_WITHIN = Duration.ofSeconds(10);

    /** A client that does not come with its lanes holds addresses for nothing. */
    static final Duration LANES_WITHIN = Duration.ofSeconds(20);

    /** Where the session stands. */
    public sealed interface State {}

    /** The control stream is open. */
    public record AwaitingHello(long since) implements State {}

    /** The client has said what it wants; it is being looked at. */
    public record Granting(Hello hello) implements State {}

    /** Welcome is on its way, lanes come. */
    public record Attaching(Welcome welcome, Set<Lane> missing, long since, Liveness liveness)
            implements State {
        public Attaching {
            missing = Set.copyOf(missing);
        }
    }

    /** All lanes are there. */
    public record Open(Welcome welcome, Liveness liveness, Optional<Counters> peerCounted)
            implements State {}

    /** It is over. */
    public record Ended(EndReason reason, String detail) implements State {}

    /** What happens to a session. */
    public sealed interface Event {}

    /** The client said something. */
    public record Received(ControlMessage message, long now) implements Event {}

    /** Addresses and limits allow the session. */
    public record Granted(Welcome welcome, long now) implements Event {}

    /** They don't. */
    public record NotGranted(Refused.Reason reason, String detail) implements Event {}

    /** A lane was attached. */
    public record LaneAttached(Lane lane) implements Event {}

    /** Something broke, or somebody asked to stop. */
    public record Failed(EndReason reason, String detail) implements Event {}

    /** Time goes by; comes at least once a second. */
    public record Tick(long now) implements Event {}

    /** What is to be done. */
    public sealed interface Effect {}

    /** Send this on the control stream. */
    public record Send(ControlMessage message) implements Effect {}

    /** Find addresses and answer with Granted or NotGranted. */
    public record Assign(Hello hello) implements Effect {}

    /** Tell the client what was counted here. */
    public record SendCounters() implements Effect {}

    /** Close the path and the control stream, take the addresses back. */
    public record Release() implements Effect {}

    /** The state after an event and what is to be done, in order. */
    public record Transition(State state, List<Effect> effects) {
        public Transition {
            effects = List.copyOf(effects);
        }
    }

    private ProviderSession() {}

    /** A client has opened the control stream. */
    public static State start(long now) {
        return new AwaitingHello(now);
    }

    public static Transition next(State state, Event event) {
        return switch (state) {
            case AwaitingHello awaiting -> next(awaiting, event);
            case Granting granting -> next(granting, event);
            case Attaching attaching -> next(attaching, event);
            case Open open -> next(open, event);
            case Ended ended -> stay(ended);
        };
    }

    private static Transition next(AwaitingHello state, Event event) {
        return switch (event) {
            case Received(Hello hello, _) ->
                    new Transition(new Granting(hello), List.of(new Assign(hello)));
            case Received(ControlMessage other, _) -> ending(other);
            case Tick(long now) when now - state.since() >= HELLO_WITHIN.toNanos() ->
                    end(EndReason.PEER_SILENT, "the client did not say Hello");
            case Failed failed -> fail(failed);
            case Tick _, Granted _, NotGranted _, LaneAttached _ -> stay(state);
        };
    }

    private static Transition next(Granting state, Event event) {
        return switch (event) {
            case Granted(Welcome welcome, long now) ->
                    new Transition(
                            new Attaching(welcome, lanes(welcome), now, Liveness.start(now)),
                            List.of(new Send(welcome)));
            case NotGranted(Refused.Reason reason, String detail) ->
                    new Transition(
                            new Ended(EndReason.REFUSED, reason + ": " + detail),
                            List.of(new Send(new Refused(reason, detail)), new Release()));
            case Received(ControlMessage message, _) -> ending(message);
            case Failed failed -> fail(failed);
            case Tick _, LaneAttached _ -> stay(state);
        };
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
            case Tick(long now) when now - state.since() >= LANES_WITHIN.toNanos() ->
                    fail(new Failed(EndReason.LANES_MISSING, "the lanes did not come in time"));
            case Tick(long now) ->
                    state.liveness()
                            .tick(now)
                            .map(step -> alive(state, step))
                            .orElseGet(ProviderSession::silent);
            case Granted _, NotGranted _ -> stay(state);
        };
    }

    private static Transition attached(Attaching state, Lane lane) {
        Set<Lane> missing = new HashSet<>(state.missing());
        missing.remove(lane);
        return stay(
                missing.isEmpty()
                        ? new Open(state.welcome(), state.liveness(), Optional.empty())
                        : new Attaching(state.welcome(), missing, state.since(), state.liveness()));
    }

    private static Transition next(Open state, Event event) {
        return switch (event) {
            case Received(ControlMessage message, long now) ->
                    state.liveness()
                            .heard(message, now)
                            .map(step -> alive(counted(state, message), step))
                            .orElseGet(() -> ending(message));
            case Failed failed -> fail(failed);
            case Tick(long now) ->
                    state.liveness()
                            .tick(now)
                            .map(step -> alive(state, step))
                            .orElseGet(ProviderSession::silent);
            case LaneAttached _, Granted _, NotGranted _ -> stay(state);
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

    /** All lanes of a grant. */
    static Set<Lane> lanes(Welcome welcome) {
        Set<Lane> lanes = new HashSet<>();
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
            default -> {
                String detail = "unexpected " + message.getClass().getSimpleName();
                yield new Transition(
                        new Ended(EndReason.PROTOCOL_VIOLATION, detail),
                        List.of(
                                new Send(new Refused(Refused.Reason.BAD_REQUEST, detail)),
                                new Release()));
            }
        };
    }

    private static Transition silent() {
        return end(
                EndReason.PEER_SILENT,
                "nothing came for " + Liveness.DEAD_AFTER.toSeconds() + " s");
    }

    private static Transition end(EndReason reason, String detail) {
        return new Transition(new Ended(reason, detail), List.of(new Release()));
    }

    private static Transition stay(State state) {
        return new Transition(state, List.of());
    }
}
