package org.flowshield.node.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.flowshield.node.tunnel.ProviderSession.Assign;
import org.flowshield.node.tunnel.ProviderSession.Ended;
import org.flowshield.node.tunnel.ProviderSession.Event;
import org.flowshield.node.tunnel.ProviderSession.Failed;
import org.flowshield.node.tunnel.ProviderSession.Granted;
import org.flowshield.node.tunnel.ProviderSession.LaneAttached;
import org.flowshield.node.tunnel.ProviderSession.NotGranted;
import org.flowshield.node.tunnel.ProviderSession.Open;
import org.flowshield.node.tunnel.ProviderSession.Received;
import org.flowshield.node.tunnel.ProviderSession.Release;
import org.flowshield.node.tunnel.ProviderSession.Send;
import org.flowshield.node.tunnel.ProviderSession.SendCounters;
import org.flowshield.node.tunnel.ProviderSession.State;
import org.flowshield.node.tunnel.ProviderSession.Tick;
import org.flowshield.node.tunnel.ProviderSession.Transition;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Bye;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.KeepAlive;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.node.tunnel.control.Messages;
import org.junit.jupiter.api.Test;

final class ProviderSessionTest {

    private static final long START = Long.MAX_VALUE - 1; // a monotonic clock may wrap

    private final Welcome welcome = Messages.welcome();
    private final State awaiting = ProviderSession.start(START);
    private final State granting = after(awaiting, new Received(Messages.HELLO, START));
    private final State attaching = after(granting, new Granted(welcome, START));
    private final State open =
            after(
                    attaching,
                    new LaneAttached(Lane.bulk(0)),
                    new LaneAttached(Lane.bulk(1)),
                    new LaneAttached(Lane.DATAGRAM));

    @Test
    void hello_is_looked_at() {
        assertThat(ProviderSession.next(awaiting, new Received(Messages.HELLO, START)).effects())
                .containsExactly(new Assign(Messages.HELLO));
    }

    @Test
    void what_was_granted_is_said() {
        assertThat(ProviderSession.next(granting, new Granted(welcome, START)).effects())
                .containsExactly(new Send(welcome));
    }

    @Test
    void what_was_not_granted_is_refused_and_nothing_stays() {
        Transition transition =
                ProviderSession.next(
                        granting, new NotGranted(Refused.Reason.NO_ADDRESS, "none left"));
        assertThat(transition.effects())
                .containsExactly(
                        new Send(new Refused(Refused.Reason.NO_ADDRESS, "none left")),
                        new Release());
        assertThat(reason(transition.state())).isEqualTo(EndReason.REFUSED);
    }

    @Test
    void a_session_is_open_when_all_lanes_are_there() {
        assertThat(open).isInstanceOf(Open.class);
    }

    @Test
    void a_client_that_says_nothing_is_given_up() {
        assertThat(reason(after(awaiting, tick(Duration.ofSeconds(10)))))
                .isEqualTo(EndReason.PEER_SILENT);
    }

    @Test
    void a_client_that_does_not_bring_its_lanes_loses_its_addresses() {
        State heard =
                after(
                        attaching,
                        new LaneAttached(Lane.bulk(0)),
                        new Received(new KeepAlive(3, true), at(Duration.ofSeconds(19))));
        Transition transition = ProviderSession.next(heard, tick(Duration.ofSeconds(20)));
        assertThat(reason(transition.state())).isEqualTo(EndReason.LANES_MISSING);
        assertThat(transition.effects()).last().isEqualTo(new Release());
    }

    @Test
    void a_client_silent_for_thirty_seconds_is_dead() {
        State asked = after(open, tick(Duration.ofSeconds(10)), tick(Duration.ofSeconds(29)));
        assertThat(asked).isInstanceOf(Open.class);
        assertThat(reason(after(asked, tick(Duration.ofSeconds(30)))))
                .isEqualTo(EndReason.PEER_SILENT);
    }

    @Test
    void a_question_is_answered_also_while_lanes_are_missing() {
        for (State state : List.of(attaching, open)) {
            assertThat(
                            ProviderSession.next(
                                            state, new Received(new KeepAlive(9, false), START))
                                    .effects())
                    .containsExactly(new Send(new KeepAlive(9, true)), new SendCounters());
        }
    }

    @Test
    void anything_but_hello_first_cuts_the_client_off() {
        for (ControlMessage message :
                List.of(welcome, new Counters(1, 1), new KeepAlive(1, false))) {
            assertThat(reason(after(awaiting, new Received(message, START))))
                    .isEqualTo(EndReason.PROTOCOL_VIOLATION);
        }
    }

    @Test
    void a_second_hello_cuts_the_client_off() {
        for (State state : List.of(granting, attaching, open)) {
            assertThat(reason(after(state, new Received(Messages.HELLO, START))))
                    .isEqualTo(EndReason.PROTOCOL_VIOLATION);
        }
    }

    @Test
    void every_end_releases_what_the_session_held_exactly_once() {
        List<Event> ends =
                List.of(
                        new Failed(EndReason.CONTROL_LOST, "reset"),
                        new Received(new Bye("bye"), START),
                        new Received(welcome, START));
        for (State state : List.of(awaiting, granting, attaching, open)) {
            for (Event end : ends) {
                Transition transition = ProviderSession.next(state, end);
                assertThat(transition.state()).isInstanceOf(Ended.class);
                assertThat(transition.effects()).filteredOn(new Release()::equals).hasSize(1);
                for (Event more : ends) {
                    assertThat(ProviderSession.next(transition.state(), more).effects()).isEmpty();
                }
            }
        }
    }

    private static EndReason reason(State state) {
        return ((Ended) state).reason();
    }

    private static Tick tick(Duration afterStart) {
        return new Tick(at(afterStart));
    }

    private static long at(Duration afterStart) {
        return START + afterStart.toNanos();
    }

    private static State after(State state, Event... events) {
        State current = state;
        for (Event event : events) {
            current = ProviderSession.next(current, event).state();
        }
        return current;
    }
}
