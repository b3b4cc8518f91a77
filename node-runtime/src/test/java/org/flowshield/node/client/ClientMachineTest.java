package org.flowshield.node.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.client.ClientMachine.Answer;
import org.flowshield.node.client.ClientMachine.Begin;
import org.flowshield.node.client.ClientMachine.BlockingFailed;
import org.flowshield.node.client.ClientMachine.Connect;
import org.flowshield.node.client.ClientMachine.Connected;
import org.flowshield.node.client.ClientMachine.Connecting;
import org.flowshield.node.client.ClientMachine.Disconnect;
import org.flowshield.node.client.ClientMachine.Disconnected;
import org.flowshield.node.client.ClientMachine.Disconnecting;
import org.flowshield.node.client.ClientMachine.Effect;
import org.flowshield.node.client.ClientMachine.End;
import org.flowshield.node.client.ClientMachine.Ended;
import org.flowshield.node.client.ClientMachine.Event;
import org.flowshield.node.client.ClientMachine.Granted;
import org.flowshield.node.client.ClientMachine.NetworkChanged;
import org.flowshield.node.client.ClientMachine.Opened;
import org.flowshield.node.client.ClientMachine.PolicyFailed;
import org.flowshield.node.client.ClientMachine.Ranked;
import org.flowshield.node.client.ClientMachine.Reconnecting;
import org.flowshield.node.client.ClientMachine.State;
import org.flowshield.node.client.ClientMachine.Tick;
import org.flowshield.node.client.ClientMachine.Transition;
import org.flowshield.node.routing.RoutePlan;
import org.junit.jupiter.api.Test;

/** Each state with each event that means something in it. */
final class ClientMachineTest {

    private static final Failure BROKEN = failure("broken");
    private static final Failure REVOKED = failure("provider_revoked");
    private static final Failure NO_ROUTES = failure("network_not_changed");
    private static final Tour HERE = tour("/ip4/203.0.113.2/tcp/4001");
    private static final Tour THERE = tour("/ip4/203.0.113.3/tcp/4001");
    private static final FirewallPolicy.Tunnel TUNNEL =
            new FirewallPolicy.Tunnel(new RoutePlan("flowshield0", true, true), List.of());
    private static final long NOW = Long.MAX_VALUE - 1000; // a monotonic clock may overflow
    private static final Moment AT = new Moment(NOW, 0);

    private final Disconnected disconnected = new Disconnected(6, Optional.empty());
    private final Connecting first = new Connecting(7, HERE, NOW, 70, true);
    private final Connecting goingOver = new Connecting(7, HERE, NOW, 70, false);
    private final Connected connected = new Connected(7, HERE, TUNNEL, true);
    private final Reconnecting waiting = new Reconnecting(7, HERE, 3, NOW, false, BROKEN);
    private final Reconnecting trying = new Reconnecting(7, HERE, 3, NOW, true, BROKEN);
    private final Disconnecting disconnecting =
            new Disconnecting(7, NOW, Set.of(80L), Optional.empty());
    private final BlockingFailed unblocked =
            new BlockingFailed(7, Optional.of(HERE), 2, NOW, NO_ROUTES);
    private final BlockingFailed unrestored =
            new BlockingFailed(7, Optional.empty(), 1, NOW, NO_ROUTES);

    @Test
    void what_is_held_since_a_kill_is_held_until_somebody_connects_or_disconnects() {
        ClientMachine.Held held = new ClientMachine.Held();
        assertThat(held.policy()).isEmpty();
        assertThat(ClientMachine.wakeAt(held)).isEmpty();
        stays(held, tick(Duration.ofDays(1)));
        expect(
                held,
                new Connect(70, HERE, AT),
                new Connecting(1, HERE, NOW, 70, false),
                new Begin(1, HERE));
        expect(held, new Disconnect(80, AT), new Disconnected(0, Optional.empty()), done(80));
    }

    @Test
    void it_starts_disconnected() {
        assertThat(ClientMachine.start()).isEqualTo(new Disconnected(0, Optional.empty()));
    }

    // ---- disconnected ----

    @Test
    void connect_blocks_and_begins_a_session() {
        expect(
                disconnected,
                new Connect(70, HERE, AT),
                new Connecting(7, HERE, NOW, 70, true),
                new Begin(7, HERE));
    }

    @Test
    void disconnect_while_disconnected_is_done_already() {
        expect(disconnected, new Disconnect(80, AT), disconnected, done(80));
    }

    @Test
    void disconnected_says_so_when_the_machine_can_not_be_put_back() {
        expect(
                disconnected,
                new PolicyFailed(NO_ROUTES, Set.of(80L), AT),
                new BlockingFailed(6, Optional.empty(), 1, in(Backoff.pause(1, 0)), NO_ROUTES),
                failed(80, NO_ROUTES));
    }

    // ---- connecting ----

    @Test
    void an_open_session_is_connected() {
        expect(first, new Opened(7, TUNNEL, AT), connected, done(70));
        expect(
                goingOver,
                new Opened(7, TUNNEL, AT),
                new Connected(7, HERE, TUNNEL, false),
                done(70));
    }

    @Test
    void a_first_attempt_that_fails_is_disconnected() {
        expect(
                first,
                new Ended(7, BROKEN, AT),
                new Disconnected(7, Optional.of(BROKEN)),
                failed(70, BROKEN));
    }

    @Test
    void who_can_not_go_over_stays_blocked_and_tries_again() {
        expect(
                goingOver,
                new Ended(7, BROKEN, AT),
                new Reconnecting(7, HERE, 1, in(Backoff.pause(1, 0)), false, BROKEN),
                failed(70, BROKEN));
    }

    @Test
    void a_first_attempt_that_takes_too_long_is_ended() {
        stays(first, tick(ClientMachine.ATTEMPT_WITHIN.minusNanos(1)));
        Moment late = at(ClientMachine.ATTEMPT_WITHIN);
        expect(
                first,
                new Tick(late),
                new Disconnecting(7, late.nanos(), Set.of(), Optional.of(Failure.TOO_SLOW)),
                new End(7),
                failed(70, Failure.TOO_SLOW));
        expect(
                goingOver,
                new Tick(late),
                new Reconnecting(
                        7, HERE, 1, late.plus(Backoff.pause(1, 0)), false, Failure.TOO_SLOW),
                new End(7),
                failed(70, Failure.TOO_SLOW));
    }

    @Test
    void disconnect_cancels_connecting() {
        expect(
                first,
                new Disconnect(80, AT),
                disconnecting,
                new End(7),
                failed(70, Failure.CANCELLED));
    }

    @Test
    void a_newer_connect_supersedes_an_older_one() {
        expect(
                first,
                new Connect(71, THERE, AT),
                new Connecting(8, THERE, NOW, 71, true),
                new End(7),
                failed(70, Failure.SUPERSEDED),
                new Begin(8, THERE));
    }

    @Test
    void when_blocking_can_not_begin_nothing_is_connected() {
        expect(
                first,
                new PolicyFailed(NO_ROUTES, Set.of(), AT),
                new Disconnecting(7, NOW, Set.of(), Optional.of(NO_ROUTES)),
                new End(7),
                failed(70, NO_ROUTES));
    }

    @Test
    void when_blocking_fails_on_the_way_over_that_is_a_state() {
        expect(
                goingOver,
                new PolicyFailed(NO_ROUTES, Set.of(), AT),
                new BlockingFailed(7, Optional.of(HERE), 1, in(Backoff.pause(1, 0)), NO_ROUTES),
                new End(7),
                failed(70, NO_ROUTES));
    }

    @Test
    void packets_are_led_into_the_device_before_the_session_is_open() {
        Connecting granted = new Connecting(7, HERE, NOW, 70, true, Optional.of(TUNNEL));
        expect(first, new Granted(7, TUNNEL, AT), granted);
        assertThat(granted.policy()).contains(TUNNEL);
        expect(granted, new Opened(7, TUNNEL, AT), connected, done(70));
        Reconnecting again = new Reconnecting(7, HERE, 3, NOW, true, BROKEN, Optional.of(TUNNEL));
        expect(trying, new Granted(7, TUNNEL, AT), again);
        assertThat(again.policy()).contains(TUNNEL);
        for (State state : List.of(disconnected, connected, waiting, disconnecting, unblocked)) {
            stays(state, new Granted(state.session(), TUNNEL, AT));
        }
    }

    @Test
    void a_device_into_which_packets_can_not_be_led_is_given_up_and_traffic_stays_blocked() {
        expect(
                new Connecting(7, HERE, NOW, 70, false, Optional.of(TUNNEL)),
                new PolicyFailed(NO_ROUTES, Set.of(), AT),
                new Reconnecting(7, HERE, 1, in(Backoff.pause(1, 0)), false, NO_ROUTES),
                new End(7),
                failed(70, NO_ROUTES));
        expect(
                new Reconnecting(7, HERE, 3, NOW, true, BROKEN, Optional.of(TUNNEL)),
                new PolicyFailed(NO_ROUTES, Set.of(), AT),
                new Reconnecting(7, HERE, 4, in(Backoff.pause(4, 0)), false, NO_ROUTES),
                new End(7));
    }

    // ---- connected ----

    @Test
    void a_broken_session_is_made_anew_almost_at_once() {
        expect(
                connected,
                new Ended(7, BROKEN, AT),
                new Reconnecting(7, HERE, 0, in(Backoff.pause(0, 0)), false, BROKEN));
    }

    @Test
    void connect_while_connected_goes_over() {
        expect(
                connected,
                new Connect(71, THERE, AT),
                new Connecting(8, THERE, NOW, 71, false),
                new End(7),
                new Begin(8, THERE));
    }

    @Test
    void disconnect_ends_the_session() {
        expect(connected, new Disconnect(80, AT), disconnecting, new End(7));
    }

    @Test
    void a_first_session_into_which_packets_can_not_be_led_is_given_up() {
        expect(
                connected,
                new PolicyFailed(NO_ROUTES, Set.of(70L), AT),
                new Disconnecting(7, NOW, Set.of(), Optional.of(NO_ROUTES)),
                new End(7),
                failed(70, NO_ROUTES));
    }

    @Test
    void who_was_told_of_the_first_session_is_held_when_its_policy_fails_later() {
        expect(
                connected,
                new PolicyFailed(NO_ROUTES, Set.of(), AT),
                new Reconnecting(7, HERE, 1, in(Backoff.pause(1, 0)), false, NO_ROUTES),
                new End(7));
    }

    @Test
    void a_later_session_into_which_packets_can_not_be_led_is_tried_again() {
        expect(
                new Connected(7, HERE, TUNNEL, false),
                new PolicyFailed(NO_ROUTES, Set.of(70L), AT),
                new Reconnecting(7, HERE, 1, in(Backoff.pause(1, 0)), false, NO_ROUTES),
                new End(7),
                failed(70, NO_ROUTES));
    }

    // ---- reconnecting ----

    @Test
    void it_tries_when_it_is_time() {
        Moment early = new Moment(NOW - 1, 0);
        stays(waiting, new Tick(early));
        expect(
                waiting,
                new Tick(AT),
                new Reconnecting(8, HERE, 3, NOW, true, BROKEN),
                new Begin(8, HERE));
    }

    @Test
    void each_failure_makes_the_pause_longer() {
        expect(
                trying,
                new Ended(7, BROKEN, AT),
                new Reconnecting(7, HERE, 4, in(Backoff.pause(4, 0)), false, BROKEN));
    }

    @Test
    void an_attempt_that_takes_too_long_has_failed() {
        stays(trying, tick(ClientMachine.ATTEMPT_WITHIN.minusNanos(1)));
        Moment late = at(ClientMachine.ATTEMPT_WITHIN);
        expect(
                trying,
                new Tick(late),
                new Reconnecting(
                        7, HERE, 4, late.plus(Backoff.pause(4, 0)), false, Failure.TOO_SLOW),
                new End(7));
    }

    @Test
    void a_session_made_anew_is_connected() {
        expect(trying, new Opened(7, TUNNEL, AT), new Connected(7, HERE, TUNNEL, false));
    }

    @Test
    void another_network_is_tried_at_once_and_from_the_beginning() {
        expect(
                waiting,
                new NetworkChanged(AT),
                new Reconnecting(8, HERE, 0, NOW, true, BROKEN),
                new Begin(8, HERE));
        expect(
                trying,
                new NetworkChanged(AT),
                new Reconnecting(8, HERE, 0, NOW, true, BROKEN),
                new End(7),
                new Begin(8, HERE));
    }

    @Test
    void connect_while_reconnecting_does_not_wait() {
        expect(
                waiting,
                new Connect(71, HERE, AT),
                new Connecting(8, HERE, NOW, 71, false),
                new End(7),
                new Begin(8, HERE));
    }

    @Test
    void disconnect_while_nothing_runs_is_done_at_once() {
        expect(waiting, new Disconnect(80, AT), new Disconnected(7, Optional.empty()), done(80));
        expect(trying, new Disconnect(80, AT), disconnecting, new End(7));
    }

    @Test
    void when_it_can_not_block_any_more_that_is_a_state() {
        expect(
                trying,
                new PolicyFailed(NO_ROUTES, Set.of(), AT),
                new BlockingFailed(7, Optional.of(HERE), 4, in(Backoff.pause(4, 0)), NO_ROUTES),
                new End(7));
    }

    // ---- disconnecting ----

    @Test
    void traffic_is_let_out_when_the_session_is_gone() {
        expect(
                disconnecting,
                new Ended(7, BROKEN, AT),
                new Disconnected(7, Optional.empty()),
                done(80));
    }

    @Test
    void a_session_that_does_not_go_is_not_waited_for_longer_than_that() {
        stays(disconnecting, tick(ClientMachine.DISCONNECT_WITHIN.minusNanos(1)));
        expect(
                disconnecting,
                tick(ClientMachine.DISCONNECT_WITHIN),
                new Disconnected(7, Optional.empty()),
                done(80));
    }

    @Test
    void whoever_disconnects_meanwhile_waits_as_well() {
        expect(
                disconnecting,
                new Disconnect(81, AT),
                new Disconnecting(7, NOW, Set.of(80L, 81L), Optional.empty()));
    }

    @Test
    void connect_supersedes_disconnecting() {
        expect(
                disconnecting,
                new Connect(71, THERE, AT),
                new Connecting(8, THERE, NOW, 71, true),
                failed(80, Failure.SUPERSEDED),
                new Begin(8, THERE));
    }

    // ---- blocking failed ----

    @Test
    void it_tries_to_block_again_when_it_is_time() {
        stays(unblocked, new Tick(new Moment(NOW - 1, 0)));
        expect(
                unblocked,
                new Tick(AT),
                new Reconnecting(8, HERE, 2, NOW, true, NO_ROUTES),
                new Begin(8, HERE));
    }

    @Test
    void what_could_not_be_put_back_is_not_tried_by_itself() {
        stays(unrestored, tick(Duration.ofDays(1)));
        assertThat(ClientMachine.wakeAt(unrestored)).isEmpty();
    }

    @Test
    void disconnect_tries_to_put_back() {
        for (BlockingFailed state : List.of(unblocked, unrestored)) {
            expect(state, new Disconnect(80, AT), new Disconnected(7, Optional.empty()), done(80));
        }
    }

    @Test
    void connect_tries_to_block() {
        expect(
                unblocked,
                new Connect(71, THERE, AT),
                new Connecting(8, THERE, NOW, 71, false),
                new Begin(8, THERE));
        expect(
                unrestored,
                new Connect(71, THERE, AT),
                new Connecting(8, THERE, NOW, 71, true),
                new Begin(8, THERE));
    }

    // ---- all states ----

    @Test
    void a_session_that_is_not_the_present_one_changes_nothing() {
        for (State state : all()) {
            stays(state, new Opened(5, TUNNEL, AT));
            stays(state, new Ended(5, BROKEN, AT));
        }
    }

    @Test
    void a_session_that_opens_too_late_changes_nothing() {
        for (State state : List.of(disconnected, waiting, disconnecting, unblocked)) {
            stays(state, new Opened(state.session(), TUNNEL, AT));
        }
    }

    @Test
    void only_disconnected_lets_everything_out() {
        for (State state : all()) {
            assertThat(state.policy().equals(Optional.of(new FirewallPolicy.Open())))
                    .as(state.toString())
                    .isEqualTo(state instanceof Disconnected);
        }
    }

    @Test
    void a_step_of_the_clock_can_not_be_told_to_it() {
        for (Class<?> event : Event.class.getPermittedSubclasses()) {
            assertThat(event.getRecordComponents())
                    .extracting(component -> component.getType().getName())
                    .noneMatch(type -> type.startsWith("java.time."));
        }
    }

    // ---- going over to another provider ----

    private static Tour ranked(boolean thereIsReady) {
        return HERE.ranked(
                List.of(
                        new Tour.Stop(HERE.present(), true),
                        new Tour.Stop(THERE.present(), thereIsReady)));
    }

    private static Tour over() {
        return ((Reconnecting)
                        ClientMachine.next(
                                        new Connected(7, ranked(true), TUNNEL, true),
                                        new Ended(7, BROKEN, AT))
                                .state())
                .tour();
    }

    @Test
    void a_broken_session_is_followed_by_one_with_a_provider_that_is_ready() {
        assertThat(over().present()).isEqualTo(THERE.present());
        assertThat(over().left()).containsExactly(new Tour.Left(HERE.present().asked(), BROKEN));
        Reconnecting over = new Reconnecting(7, over(), 0, in(Backoff.pause(0, 0)), false, BROKEN);
        Transition next = ClientMachine.next(over, new Tick(at(Backoff.pause(0, 0))));
        assertThat(next.effects()).containsExactly(new Begin(8, over()));
        assertThat(over.policy()).contains(new FirewallPolicy.Blocked());
    }

    @Test
    void without_one_that_is_ready_the_same_is_tried_first() {
        Tour tour = ranked(false);
        Tour after = tour.broken(BROKEN);
        assertThat(after.present()).isEqualTo(HERE.present());
        assertThat(after.failed(BROKEN).present()).isEqualTo(THERE.present());
    }

    @Test
    void when_all_have_failed_the_best_is_tried_again_and_pauses_grow() {
        Reconnecting second = new Reconnecting(8, over(), 0, NOW, true, BROKEN);
        expect(
                second,
                new Ended(8, NO_ROUTES, AT),
                new Reconnecting(
                        8, over().failed(NO_ROUTES), 1, in(Backoff.pause(0, 0)), false, NO_ROUTES));
        Tour again = over().failed(NO_ROUTES);
        assertThat(again.present()).isEqualTo(HERE.present());
        assertThat(again.left())
                .containsExactly(
                        new Tour.Left(HERE.present().asked(), BROKEN),
                        new Tour.Left(THERE.present().asked(), NO_ROUTES));
        expect(
                new Reconnecting(9, again, 1, NOW, true, NO_ROUTES),
                new Ended(9, BROKEN, AT),
                new Reconnecting(
                        9, again.failed(BROKEN), 2, in(Backoff.pause(1, 0)), false, BROKEN));
    }

    @Test
    void why_others_were_left_is_kept_while_connected_and_forgotten_of_who_is_open_again() {
        Reconnecting second = new Reconnecting(8, over(), 0, NOW, true, BROKEN);
        Connected open = (Connected) ClientMachine.next(second, new Opened(8, TUNNEL, AT)).state();
        assertThat(open.tour().left())
                .containsExactly(new Tour.Left(HERE.present().asked(), BROKEN));
        Tour back = open.tour().broken(NO_ROUTES).arrived();
        assertThat(back.present()).isEqualTo(HERE.present());
        assertThat(back.left()).containsExactly(new Tour.Left(THERE.present().asked(), NO_ROUTES));
    }

    @Test
    void a_first_attempt_goes_through_all_before_it_has_failed() {
        Tour tour = ranked(false);
        Tour second = tour.failed(BROKEN);
        expect(
                new Connecting(7, tour, NOW, 70, true),
                new Ended(7, BROKEN, AT),
                new Connecting(8, second, NOW, 70, true),
                new Begin(8, second));
        Moment late = at(ClientMachine.ATTEMPT_WITHIN);
        Tour slow = tour.failed(Failure.TOO_SLOW);
        expect(
                new Connecting(7, tour, NOW, 70, true),
                new Tick(late),
                new Connecting(8, slow, late.nanos(), 70, true),
                new End(7),
                new Begin(8, slow));
        expect(
                new Connecting(8, second, NOW, 70, true),
                new Ended(8, NO_ROUTES, AT),
                new Disconnected(8, Optional.of(NO_ROUTES)),
                failed(70, NO_ROUTES));
    }

    @Test
    void another_ranking_holds_from_the_next_step_on() {
        List<Tour.Stop> stops = List.of(new Tour.Stop(THERE.present(), true));
        Transition told = ClientMachine.next(connected, new Ranked(stops));
        assertThat(told.effects()).isEmpty();
        Tour tour = ((Connected) told.state()).tour();
        assertThat(tour.present()).isEqualTo(HERE.present());
        assertThat(tour.broken(BROKEN).present()).isEqualTo(THERE.present());
    }

    @Test
    void who_was_revoked_is_not_gone_to_again_whoever_else_is_there() {
        Tour other = ranked(false).broken(REVOKED);
        assertThat(other.present()).as("one that is not ready").isEqualTo(THERE.present());
        Tour last = other.failed(BROKEN);
        assertThat(last.present()).as("the best again is the other").isEqualTo(THERE.present());
        assertThat(last.failed(REVOKED).isSpent()).isTrue();
    }

    @Test
    void with_nobody_to_trust_traffic_stays_blocked_until_there_is_one() {
        Transition broken = ClientMachine.next(connected, new Ended(7, REVOKED, AT));
        Reconnecting left = (Reconnecting) broken.state();
        assertThat(left.tour().left())
                .containsExactly(new Tour.Left(HERE.present().asked(), REVOKED));
        Transition due = ClientMachine.next(left, new Tick(at(Backoff.pause(0, 0))));
        assertThat(due.effects()).isEmpty();
        assertThat(due.state().policy()).contains(new FirewallPolicy.Blocked());
        Transition moved = ClientMachine.next(due.state(), new NetworkChanged(AT));
        assertThat(moved.effects()).isEmpty();
        List<Tour.Stop> stops =
                List.of(new Tour.Stop(HERE.present(), true), new Tour.Stop(THERE.present(), false));
        Reconnecting found =
                (Reconnecting) ClientMachine.next(due.state(), new Ranked(stops)).state();
        assertThat(found.tour().present()).isEqualTo(THERE.present());
        assertThat(ClientMachine.next(found, new NetworkChanged(AT)).effects())
                .containsExactly(new Begin(8, found.tour()));
    }

    private List<State> all() {
        return List.of(
                disconnected,
                first,
                goingOver,
                connected,
                waiting,
                trying,
                disconnecting,
                unblocked,
                unrestored);
    }

    private static void stays(State state, Event event) {
        assertThat(ClientMachine.next(state, event)).isEqualTo(new Transition(state, List.of()));
    }

    private static void expect(State state, Event event, State after, Effect... effects) {
        Transition transition = ClientMachine.next(state, event);
        assertThat(transition.state()).isEqualTo(after);
        assertThat(transition.effects()).containsExactly(effects);
    }

    private static Answer done(long asker) {
        return new Answer(asker, Optional.empty());
    }

    private static Answer failed(long asker, Failure why) {
        return new Answer(asker, Optional.of(why));
    }

    private static Tick tick(Duration later) {
        return new Tick(at(later));
    }

    private static Moment at(Duration later) {
        return new Moment(in(later), 0);
    }

    private static long in(Duration later) {
        return NOW + later.toNanos();
    }

    static Failure failure(String code) {
        return new Failure(Kind.FAILED, new Problem(code, "It broke.", "Mend it."));
    }

    private static Tour tour(String address) {
        return Tour.to(70, target(address));
    }

    static Target target(String address) {
        try {
            Multiaddr parsed = Multiaddr.parse(address);
            return new Target(parsed, List.of(parsed), 1, Optional.empty());
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }
}
