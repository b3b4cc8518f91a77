package org.flowshield.node.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.flowshield.node.client.FirewallPolicy.Blocked;
import org.flowshield.node.client.FirewallPolicy.Open;
import org.flowshield.node.client.FirewallPolicy.Tunnel;

/**
 * The client's states. Each names the policy that is put into force before the state is announced;
 * a policy that can't be is an event. Pure.
 *
 * <pre>
 *                 connect                 session open
 *  Disconnected ----------> Connecting ------------------> Connected
 *   ^  ^   open              blocked |                      tunnel |  ^
 *   |  |                             | first attempt failed,       |  |
 *   |  |      session gone           | disconnect        session   |  | session
 *   |  '------------- Disconnecting <+--------.          ended     |  | open
 *   |                  as it was              |                    v  |
 *   |                                         '-------------- Reconnecting <--.
 *   |                                            disconnect    blocked |      |
 *   | disconnect                              policy not in force      |      | time to try
 *   '----------------------------------- BlockingFailed <--------------'------'
 *                                         nobody knows
 * </pre>
 *
 * <p>Where an earlier process was killed while it kept traffic back, it begins as Held instead of
 * Disconnected.
 *
 * <p>Connect leads from every state to Connecting. Once traffic was blocked, only disconnect lets
 * it out again: whoever was connected before and fails to go over to another provider is left
 * reconnecting. Where a {@link Tour} has more than one provider, the next is gone to when one
 * fails; where it has none that is to be trusted, traffic stays blocked until there is one.
 *
 * <p>Sessions are numbered. An event of a session that is not the present one changes nothing.
 */
final class ClientMachine {

    /** Dial, welcome and lanes over a slow path; a user gives up soon after. */
    static final Duration ATTEMPT_WITHIN = Duration.ofSeconds(20);

    /** A goodbye has a second, and a device goes in milliseconds. */
    static final Duration DISCONNECT_WITHIN = Duration.ofSeconds(5);

    /** Where the client stands. */
    sealed interface State {

        /** The number of the last session that was begun; 0 before the first. */
        long session();

        /**
         * What may leave outside of the tunnel, apart from what a person has chosen; empty:
         * whatever may at present.
         */
        Optional<FirewallPolicy> policy();
    }

    /** Nothing is done. */
    record Disconnected(long session, Optional<Failure> why) implements State {
        @Override
        public Optional<FirewallPolicy> policy() {
            return Optional.of(new Open());
        }
    }

    /**
     * An earlier process was killed while it kept traffic back, and it is still held by what is not
     * this machine's: until somebody connects or disconnects.
     */
    record Held() implements State {
        @Override
        public long session() {
            return 0;
        }

        @Override
        public Optional<FirewallPolicy> policy() {
            return Optional.empty();
        }
    }

    /**
     * A user waits for the session.
     *
     * @param asker who asked
     * @param first whether traffic was free before; then it is so again if this fails
     * @param granted once there is a device, in which packets wait for the session to open
     */
    record Connecting(
            long session,
            Tour tour,
            long since,
            long asker,
            boolean first,
            Optional<Tunnel> granted)
            implements State {

        /** Before anything was granted. */
        Connecting(long session, Tour tour, long since, long asker, boolean first) {
            this(session, tour, since, asker, first, Optional.empty());
        }

        @Override
        public Optional<FirewallPolicy> policy() {
            return Optional.of(blockedOr(granted));
        }
    }

    /**
     * Packets flow.
     *
     * @param first whether this is the first session since traffic was free
     */
    record Connected(long session, Tour tour, Tunnel tunnel, boolean first) implements State {
        @Override
        public Optional<FirewallPolicy> policy() {
            return Optional.of(tunnel);
        }
    }

    /**
     * The session broke.
     *
     * @param failures attempts since then
     * @param at when the attempt under way began, or when the next is to begin
     * @param trying whether one is under way
     * @param granted once there is a device, in which packets wait for the session to open
     */
    record Reconnecting(
            long session,
            Tour tour,
            int failures,
            long at,
            boolean trying,
            Failure why,
            Optional<Tunnel> granted)
            implements State {

        /** Before anything was granted. */
        Reconnecting(long session, Tour tour, int failures, long at, boolean trying, Failure why) {
            this(session, tour, failures, at, trying, why, Optional.empty());
        }

        @Override
        public Optional<FirewallPolicy> policy() {
            return Optional.of(blockedOr(granted));
        }
    }

    /**
     * The session is being closed, and then traffic is let out.
     *
     * @param askers who wait for that
     * @param why if nobody asked
     */
    record Disconnecting(long session, long since, Set<Long> askers, Optional<Failure> why)
            implements State {
        Disconnecting {
            askers = Set.copyOf(askers);
        }

        @Override
        public Optional<FirewallPolicy> policy() {
            return Optional.empty();
        }
    }

    /**
     * The machine refused a change of what may leave, so that nobody knows what may.
     *
     * @param tour whom to connect to once it is blocked again; empty if it was to be let out
     * @param failures how often
     * @param next when it is tried again
     */
    record BlockingFailed(long session, Optional<Tour> tour, int failures, long next, Failure why)
            implements State {
        @Override
        public Optional<FirewallPolicy> policy() {
            return Optional.empty();
        }
    }

    /** What happens to a client. */
    sealed interface Event {}

    /** Somebody wants to be connected. */
    record Connect(long asker, Tour tour, Moment at) implements Event {}

    /** Somebody wants to be disconnected. */
    record Disconnect(long asker, Moment at) implements Event {}

    /** The device of a session is there, its lanes are not yet. */
    record Granted(long session, Tunnel tunnel, Moment at) implements Event {}

    /** A session is open. */
    record Opened(long session, Tunnel tunnel, Moment at) implements Event {}

    /** Nothing is left of a session, or of the attempt to open it. */
    record Ended(long session, Failure why, Moment at) implements Event {}

    /**
     * The state's policy could not be put into force; the state was not announced.
     *
     * @param unanswered who would have been told of it
     */
    record PolicyFailed(Failure why, Set<Long> unanswered, Moment at) implements Event {
        PolicyFailed {
            unanswered = Set.copyOf(unanswered);
        }
    }

    /** Others can be gone to than before, or in another order. */
    record Ranked(List<Tour.Stop> stops) implements Event {
        Ranked {
            stops = List.copyOf(stops);
        }
    }

    /** The machine has other routes to the world than before. */
    record NetworkChanged(Moment at) implements Event {}

    /** It is later; comes at {@link #wakeAt} at the latest. */
    record Tick(Moment at) implements Event {}

    /** What is to be done. */
    sealed interface Effect {}

    /** Begin a session with the tour's present provider. */
    record Begin(long session, Tour tour) implements Effect {}

    /** End a session; {@link Ended} follows. */
    record End(long session) implements Effect {}

    /** Tell who asked how it went, once the state is announced. */
    record Answer(long asker, Optional<Failure> failure) implements Effect {}

    /** The state after an event and what is to be done, in order. */
    record Transition(State state, List<Effect> effects) {
        Transition {
            effects = List.copyOf(effects);
        }
    }

    private ClientMachine() {}

    static State start() {
        return new Disconnected(0, Optional.empty());
    }

    /** In the place of a process that was killed. */
    static State startHeld() {
        return new Held();
    }

    /** When the state wants to hear that it is later; empty if it does not. */
    static OptionalLong wakeAt(State state) {
        return switch (state) {
            case Disconnected _, Held _, Connected _ -> OptionalLong.empty();
            case Connecting connecting ->
                    OptionalLong.of(connecting.since() + ATTEMPT_WITHIN.toNanos());
            case Reconnecting again ->
                    OptionalLong.of(
                            again.trying() ? again.at() + ATTEMPT_WITHIN.toNanos() : again.at());
            case Disconnecting ending ->
                    OptionalLong.of(ending.since() + DISCONNECT_WITHIN.toNanos());
            case BlockingFailed failed ->
                    failed.tour().isPresent()
                            ? OptionalLong.of(failed.next())
                            : OptionalLong.empty();
        };
    }

    static Transition next(State state, Event event) {
        return switch (state) {
            case Disconnected disconnected -> next(disconnected, event);
            case Held held -> next(held, event);
            case Connecting connecting -> next(connecting, event);
            case Connected connected -> next(connected, event);
            case Reconnecting reconnecting -> next(reconnecting, event);
            case Disconnecting disconnecting -> next(disconnecting, event);
            case BlockingFailed failed -> next(failed, event);
        };
    }

    private static Transition next(Disconnected state, Event event) {
        return switch (event) {
            case Connect connect -> connect(state, connect, true);
            case Disconnect(long asker, _) -> new Transition(state, List.of(done(asker)));
            case PolicyFailed failed -> lost(state, Optional.empty(), 0, failed);
            case Granted _, Opened _, Ended _, Ranked _, NetworkChanged _, Tick _ -> stay(state);
        };
    }

    /** Who connects is blocked if it fails, as ever after a session. */
    private static Transition next(Held state, Event event) {
        return switch (event) {
            case Connect connect -> connect(state, connect, false);
            case Disconnect(long asker, _) ->
                    new Transition(
                            new Disconnected(state.session(), Optional.empty()),
                            List.of(done(asker)));
            case Granted _, Opened _, Ended _, PolicyFailed _, Ranked _, NetworkChanged _, Tick _ ->
                    stay(state);
        };
    }

    private static Transition next(Connecting state, Event event) {
        return switch (event) {
            case Connect connect ->
                    connect(
                            state,
                            connect,
                            state.first(),
                            new End(state.session()),
                            failed(state.asker(), Failure.SUPERSEDED));
            case Disconnect(long asker, Moment at) ->
                    disconnect(
                            state.session(), at, asker, failed(state.asker(), Failure.CANCELLED));
            case Granted(long session, Tunnel tunnel, _) when session == state.session() ->
                    stay(
                            new Connecting(
                                    session,
                                    state.tour(),
                                    state.since(),
                                    state.asker(),
                                    state.first(),
                                    Optional.of(tunnel)));
            case Opened opened when opened.session() == state.session() ->
                    new Transition(
                            new Connected(
                                    state.session(),
                                    state.tour().arrived(),
                                    opened.tunnel(),
                                    state.first()),
                            List.of(done(state.asker())));
            case Ended(long session, Failure why, Moment at)
                    when session == state.session() && state.tour().hasMore() ->
                    tryNext(state, why, at);
            case Ended(long session, Failure why, Moment at) when session == state.session() ->
                    attemptFailed(state, why, at);
            case PolicyFailed failed when state.first() ->
                    giveUp(state.session(), failed, state.asker());
            case PolicyFailed(Failure why, _, Moment at) when state.granted().isPresent() ->
                    new Transition(
                            waiting(state.session(), state.tour(), 1, why, at),
                            List.of(new End(state.session()), failed(state.asker(), why)));
            case PolicyFailed failed ->
                    lost(
                            state,
                            Optional.of(state.tour()),
                            0,
                            failed,
                            new End(state.session()),
                            failed(state.asker(), failed.why()));
            case Tick(Moment at)
                    when at.isPast(state.since(), ATTEMPT_WITHIN) && state.tour().hasMore() ->
                    tryNext(state, Failure.TOO_SLOW, at, new End(state.session()));
            case Tick(Moment at) when at.isPast(state.since(), ATTEMPT_WITHIN) ->
                    tooSlow(state, at);
            case Ranked(List<Tour.Stop> stops) ->
                    stay(
                            new Connecting(
                                    state.session(),
                                    state.tour().ranked(stops),
                                    state.since(),
                                    state.asker(),
                                    state.first(),
                                    state.granted()));
            case Granted _, Opened _, Ended _, NetworkChanged _, Tick _ -> stay(state);
        };
    }

    /** Who asked waits on, and traffic stays as it is. */
    private static Transition tryNext(Connecting state, Failure why, Moment at, Effect... before) {
        Tour tour = state.tour().failed(why);
        List<Effect> effects = new ArrayList<>(List.of(before));
        effects.add(new Begin(state.session() + 1, tour));
        return new Transition(
                new Connecting(state.session() + 1, tour, at.nanos(), state.asker(), state.first()),
                effects);
    }

    private static Transition attemptFailed(Connecting state, Failure why, Moment at) {
        State after =
                state.first()
                        ? new Disconnected(state.session(), Optional.of(why))
                        : waiting(state.session(), state.tour().failed(why), 1, why, at);
        return new Transition(after, List.of(failed(state.asker(), why)));
    }

    private static Transition tooSlow(Connecting state, Moment at) {
        Failure why = Failure.TOO_SLOW;
        State after =
                state.first()
                        ? new Disconnecting(state.session(), at.nanos(), Set.of(), Optional.of(why))
                        : waiting(state.session(), state.tour().failed(why), 1, why, at);
        return new Transition(after, List.of(new End(state.session()), failed(state.asker(), why)));
    }

    private static Transition next(Connected state, Event event) {
        return switch (event) {
            case Connect connect -> connect(state, connect, false, new End(state.session()));
            case Disconnect(long asker, Moment at) -> disconnect(state.session(), at, asker);
            case Ended(long session, Failure why, Moment at) when session == state.session() ->
                    new Transition(
                            waiting(session, state.tour().broken(why), 0, why, at), List.of());
            // Who was told of the session relies on it: then traffic is held, as ever after.
            case PolicyFailed failed when state.first() && !failed.unanswered().isEmpty() ->
                    giveUp(state.session(), failed);
            case PolicyFailed(Failure why, Set<Long> unanswered, Moment at) -> {
                List<Effect> effects = new ArrayList<>(List.of(new End(state.session())));
                unanswered.forEach(asker -> effects.add(failed(asker, why)));
                yield new Transition(waiting(state.session(), state.tour(), 1, why, at), effects);
            }
            case Ranked(List<Tour.Stop> stops) ->
                    stay(
                            new Connected(
                                    state.session(),
                                    state.tour().ranked(stops),
                                    state.tunnel(),
                                    state.first()));
            case Granted _, Opened _, Ended _, NetworkChanged _, Tick _ -> stay(state);
        };
    }

    private static Transition next(Reconnecting state, Event event) {
        return switch (event) {
            case Connect connect -> connect(state, connect, false, new End(state.session()));
            case Disconnect(long asker, Moment at) when state.trying() ->
                    disconnect(state.session(), at, asker);
            case Disconnect(long asker, _) ->
                    new Transition(
                            new Disconnected(state.session(), Optional.empty()),
                            List.of(done(asker)));
            case Granted(long session, Tunnel tunnel, _)
                    when state.trying() && session == state.session() ->
                    stay(
                            new Reconnecting(
                                    session,
                                    state.tour(),
                                    state.failures(),
                                    state.at(),
                                    true,
                                    state.why(),
                                    Optional.of(tunnel)));
            case Opened opened when state.trying() && opened.session() == state.session() ->
                    new Transition(
                            new Connected(
                                    state.session(),
                                    state.tour().arrived(),
                                    opened.tunnel(),
                                    false),
                            List.of());
            case Ended(long session, Failure why, Moment at)
                    when state.trying() && session == state.session() ->
                    new Transition(
                            waiting(
                                    session,
                                    state.tour().failed(why),
                                    state.failures() + 1,
                                    why,
                                    at),
                            List.of());
            case PolicyFailed(Failure why, _, Moment at) when state.granted().isPresent() ->
                    new Transition(
                            waiting(state.session(), state.tour(), state.failures() + 1, why, at),
                            List.of(new End(state.session())));
            case PolicyFailed failed ->
                    lost(
                            state,
                            Optional.of(state.tour()),
                            state.failures(),
                            failed,
                            new End(state.session()));
            case NetworkChanged(Moment at) -> attempt(state, 0, at);
            case Tick(Moment at) when state.trying() ->
                    at.isPast(state.at(), ATTEMPT_WITHIN)
                            ? new Transition(
                                    waiting(
                                            state.session(),
                                            state.tour().failed(Failure.TOO_SLOW),
                                            state.failures() + 1,
                                            Failure.TOO_SLOW,
                                            at),
                                    List.of(new End(state.session())))
                            : stay(state);
            case Tick(Moment at) when at.nanos() - state.at() >= 0 ->
                    attempt(state, state.failures(), at);
            case Ranked(List<Tour.Stop> stops) ->
                    stay(
                            new Reconnecting(
                                    state.session(),
                                    state.tour().ranked(stops),
                                    state.failures(),
                                    state.at(),
                                    state.trying(),
                                    state.why(),
                                    state.granted()));
            case Granted _, Opened _, Ended _, Tick _ -> stay(state);
        };
    }

    /** Begins the next attempt; one that is under way may be on a network that is gone. */
    private static Transition attempt(Reconnecting state, int failures, Moment at) {
        if (state.tour().isSpent()) {
            return stay(
                    waiting(state.session(), state.tour(), state.failures() + 1, state.why(), at));
        }
        List<Effect> effects = new ArrayList<>();
        if (state.trying()) {
            effects.add(new End(state.session()));
        }
        effects.add(new Begin(state.session() + 1, state.tour()));
        return new Transition(
                new Reconnecting(
                        state.session() + 1, state.tour(), failures, at.nanos(), true, state.why()),
                effects);
    }

    private static Transition next(Disconnecting state, Event event) {
        return switch (event) {
            case Connect connect ->
                    connect(
                            state,
                            connect,
                            true,
                            state.askers().stream()
                                    .map(asker -> failed(asker, Failure.SUPERSEDED))
                                    .toArray(Effect[]::new));
            case Disconnect(long asker, _) -> {
                Set<Long> askers = new HashSet<>(state.askers());
                askers.add(asker);
                yield stay(new Disconnecting(state.session(), state.since(), askers, state.why()));
            }
            case Ended(long session, _, _) when session == state.session() -> released(state);
            case Tick(Moment at) when at.isPast(state.since(), DISCONNECT_WITHIN) ->
                    released(state);
            case Granted _, Opened _, Ended _, PolicyFailed _, Ranked _, NetworkChanged _, Tick _ ->
                    stay(state);
        };
    }

    private static Transition released(Disconnecting state) {
        return new Transition(
                new Disconnected(state.session(), state.why()),
                state.askers().stream().map(asker -> (Effect) done(asker)).toList());
    }

    private static Transition next(BlockingFailed state, Event event) {
        return switch (event) {
            case Connect connect -> connect(state, connect, state.tour().isEmpty());
            case Disconnect(long asker, _) ->
                    new Transition(
                            new Disconnected(state.session(), Optional.empty()),
                            List.of(done(asker)));
            case Tick(Moment at) when state.tour().isPresent() && at.nanos() - state.next() >= 0 ->
                    attempt(
                            new Reconnecting(
                                    state.session(),
                                    state.tour().orElseThrow(),
                                    state.failures(),
                                    at.nanos(),
                                    false,
                                    state.why()),
                            state.failures(),
                            at);
            case Ranked(List<Tour.Stop> stops) ->
                    stay(
                            new BlockingFailed(
                                    state.session(),
                                    state.tour().map(tour -> tour.ranked(stops)),
                                    state.failures(),
                                    state.next(),
                                    state.why()));
            case Granted _, Opened _, Ended _, PolicyFailed _, NetworkChanged _, Tick _ ->
                    stay(state);
        };
    }

    /** Traffic is blocked first and the session begun beside it. */
    private static Transition connect(
            State state, Connect connect, boolean first, Effect... before) {
        long session = state.session() + 1;
        List<Effect> effects = new ArrayList<>(List.of(before));
        effects.add(new Begin(session, connect.tour()));
        return new Transition(
                new Connecting(
                        session, connect.tour(), connect.at().nanos(), connect.asker(), first),
                effects);
    }

    private static Transition disconnect(long session, Moment at, long asker, Effect... more) {
        List<Effect> effects = new ArrayList<>(List.of(new End(session)));
        effects.addAll(List.of(more));
        return new Transition(
                new Disconnecting(session, at.nanos(), Set.of(asker), Optional.empty()), effects);
    }

    /** Blocking could not be begun, so that there is nothing to hold on to. */
    private static Transition giveUp(long session, PolicyFailed failed, Long... askers) {
        Set<Long> all = new HashSet<>(failed.unanswered());
        all.addAll(List.of(askers));
        List<Effect> effects = new ArrayList<>(List.of(new End(session)));
        all.forEach(asker -> effects.add(failed(asker, failed.why())));
        return new Transition(
                new Disconnecting(
                        session, failed.at().nanos(), Set.of(), Optional.of(failed.why())),
                effects);
    }

    private static Transition lost(
            State state,
            Optional<Tour> tour,
            int failuresBefore,
            PolicyFailed failed,
            Effect... more) {
        List<Effect> effects = new ArrayList<>(List.of(more));
        failed.unanswered().forEach(asker -> effects.add(failed(asker, failed.why())));
        int failures = failuresBefore + 1;
        return new Transition(
                new BlockingFailed(
                        state.session(),
                        tour,
                        failures,
                        failed.at().plus(Backoff.pause(failures, failed.at().chance())),
                        failed.why()),
                effects);
    }

    /** Those that are gone to next; the pauses grow when all have failed. */
    private static Reconnecting waiting(
            long session, Tour tour, int failures, Failure why, Moment at) {
        return new Reconnecting(
                session,
                tour,
                failures,
                at.plus(Backoff.pause(failures / tour.size(), at.chance())),
                false,
                why);
    }

    private static FirewallPolicy blockedOr(Optional<Tunnel> granted) {
        return granted.isPresent() ? granted.orElseThrow() : new Blocked();
    }

    private static Answer done(long asker) {
        return new Answer(asker, Optional.empty());
    }

    private static Answer failed(long asker, Failure why) {
        return new Answer(asker, Optional.of(why));
    }

    private static Transition stay(State state) {
        return new Transition(state, List.of());
    }
}
