package org.flowshield.node.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.node.tunnel.ClientSession.Attaching;
import org.flowshield.node.tunnel.ClientSession.DialLanes;
import org.flowshield.node.tunnel.ClientSession.Ended;
import org.flowshield.node.tunnel.ClientSession.Event;
import org.flowshield.node.tunnel.ClientSession.Failed;
import org.flowshield.node.tunnel.ClientSession.Greeting;
import org.flowshield.node.tunnel.ClientSession.LaneAttached;
import org.flowshield.node.tunnel.ClientSession.Open;
import org.flowshield.node.tunnel.ClientSession.Received;
import org.flowshield.node.tunnel.ClientSession.Release;
import org.flowshield.node.tunnel.ClientSession.Send;
import org.flowshield.node.tunnel.ClientSession.SendCounters;
import org.flowshield.node.tunnel.ClientSession.StartPath;
import org.flowshield.node.tunnel.ClientSession.State;
import org.flowshield.node.tunnel.ClientSession.Tick;
import org.flowshield.node.tunnel.ClientSession.Transition;
import org.flowshield.node.tunnel.control.ControlMessage;
import org.flowshield.node.tunnel.control.ControlMessage.Attached;
import org.flowshield.node.tunnel.control.ControlMessage.Bye;
import org.flowshield.node.tunnel.control.ControlMessage.Counters;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.KeepAlive;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.node.tunnel.control.Messages;
import org.flowshield.tun.Offloads;
import org.junit.jupiter.api.Test;

final class ClientSessionTest {

    private static final long START = -5_000_000_000L; // a monotonic clock may be negative

    private final Welcome welcome = Messages.welcome();
    private final State greeting = ClientSession.start(Messages.HELLO, START).state();
    private final State attaching = after(greeting, new Received(welcome, START));
    private final State open =
            after(
                    attaching,
                    new LaneAttached(Lane.bulk(0)),
                    new LaneAttached(Lane.bulk(1)),
                    new LaneAttached(Lane.DATAGRAM));

    @Test
    void a_session_begins_with_hello() {
        Transition start = ClientSession.start(Messages.HELLO, START);
        assertThat(start.state()).isInstanceOf(Greeting.class);
        assertThat(start.effects()).containsExactly(new Send(Messages.HELLO));
    }

    @Test
    void a_welcome_is_followed_by_dialling_the_lanes_granted() {
        Transition transition = ClientSession.next(greeting, new Received(welcome, START));
        List<Lane> lanes = List.of(Lane.bulk(0), Lane.bulk(1), Lane.DATAGRAM);
        assertThat(transition.effects()).containsExactly(new DialLanes(welcome, lanes));
        assertThat(((Attaching) transition.state()).missing()).isEqualTo(Set.copyOf(lanes));
    }

    @Test
    void packets_flow_when_the_last_lane_is_attached() {
        State almost =
                after(attaching, new LaneAttached(Lane.DATAGRAM), new LaneAttached(Lane.bulk(1)));
        Transition last = ClientSession.next(almost, new LaneAttached(Lane.bulk(0)));
        assertThat(last.state()).isInstanceOf(Open.class);
        assertThat(last.effects()).containsExactly(new StartPath(welcome));
    }

    @Test
    void a_refusal_ends_the_session_with_its_reason() {
        Refused refused = new Refused(Refused.Reason.BUSY, "full");
        assertThat(after(greeting, new Received(refused, START)))
                .isEqualTo(new Ended(EndReason.REFUSED, "BUSY: full"));
    }

    @Test
    void a_provider_that_grants_more_than_was_asked_for_is_cut_off() {
        Hello modest = new Hello(1, 1, false, Offloads.NONE, true, true);
        State modestly = ClientSession.start(modest, START).state();
        Transition transition = ClientSession.next(modestly, new Received(welcome, START));
        assertThat(transition.state())
                .isInstanceOfSatisfying(
                        Ended.class,
                        ended ->
                                assertThat(ended.reason()).isEqualTo(EndReason.PROTOCOL_VIOLATION));
        assertThat(transition.effects()).last().isEqualTo(new Release());
    }

    @Test
    void a_provider_that_does_not_answer_is_given_up() {
        assertThat(after(greeting, tick(Duration.ofMillis(9_999)))).isEqualTo(greeting);
        assertThat(reason(after(greeting, tick(Duration.ofSeconds(10)))))
                .isEqualTo(EndReason.PEER_SILENT);
    }

    @Test
    void lanes_that_do_not_come_about_end_the_session() {
        State heard =
                after(attaching, new Received(new KeepAlive(1, true), at(Duration.ofSeconds(15))));
        assertThat(reason(after(heard, tick(Duration.ofSeconds(20)))))
                .isEqualTo(EndReason.LANES_MISSING);
    }

    @Test
    void the_provider_is_asked_every_ten_seconds_whether_it_is_there() {
        assertThat(ClientSession.next(open, tick(Duration.ofSeconds(9))).effects()).isEmpty();
        Transition first = ClientSession.next(open, tick(Duration.ofSeconds(10)));
        assertThat(first.effects()).containsExactly(new Send(new KeepAlive(0, false)));
        Transition second = ClientSession.next(first.state(), tick(Duration.ofSeconds(20)));
        assertThat(second.effects()).containsExactly(new Send(new KeepAlive(1, false)));
    }

    @Test
    void a_provider_silent_for_thirty_seconds_is_dead() {
        State asked = after(open, tick(Duration.ofSeconds(10)), tick(Duration.ofSeconds(20)));
        assertThat(reason(after(asked, tick(Duration.ofSeconds(30)))))
                .isEqualTo(EndReason.PEER_SILENT);
        State heard =
                after(asked, new Received(new KeepAlive(0, true), at(Duration.ofSeconds(25))));
        assertThat(after(heard, tick(Duration.ofSeconds(54)))).isInstanceOf(Open.class);
        assertThat(reason(after(heard, tick(Duration.ofSeconds(55)))))
                .isEqualTo(EndReason.PEER_SILENT);
    }

    @Test
    void a_question_is_answered_with_its_nonce_and_the_counters() {
        Transition transition =
                ClientSession.next(open, new Received(new KeepAlive(77, false), START));
        assertThat(transition.effects())
                .containsExactly(new Send(new KeepAlive(77, true)), new SendCounters());
    }

    @Test
    void what_the_provider_counted_is_remembered() {
        Counters counters = new Counters(5, 6);
        State counted = after(open, new Received(counters, START), tick(Duration.ofSeconds(10)));
        assertThat(((Open) counted).peerCounted()).isEqualTo(Optional.of(counters));
    }

    @Test
    void a_goodbye_ends_the_session_without_an_answer() {
        Transition transition =
                ClientSession.next(open, new Received(new Bye("closing time"), START));
        assertThat(transition.state())
                .isEqualTo(new Ended(EndReason.PEER_SAID_BYE, "closing time"));
        assertThat(transition.effects()).containsExactly(new Release());
    }

    @Test
    void a_stop_is_said_to_the_provider_with_the_last_counters() {
        Transition transition =
                ClientSession.next(open, new Failed(EndReason.STOPPED, "by the user"));
        assertThat(transition.effects())
                .containsExactly(
                        new SendCounters(), new Send(new Bye("by the user")), new Release());
    }

    @Test
    void a_message_out_of_place_cuts_the_provider_off() {
        for (ControlMessage message : List.of(Messages.HELLO, welcome, new Attached())) {
            assertThat(reason(after(open, new Received(message, START))))
                    .isEqualTo(EndReason.PROTOCOL_VIOLATION);
        }
        assertThat(reason(after(greeting, new Received(new Counters(0, 0), START))))
                .isEqualTo(EndReason.PROTOCOL_VIOLATION);
    }

    @Test
    void nothing_happens_after_the_end() {
        State ended = after(open, new Failed(EndReason.LANE_LOST, "gone"));
        for (Event event :
                List.of(
                        tick(Duration.ofDays(1)),
                        new Received(welcome, START),
                        new LaneAttached(Lane.DATAGRAM),
                        new Failed(EndReason.STOPPED, ""))) {
            assertThat(ClientSession.next(ended, event))
                    .isEqualTo(new Transition(ended, List.of()));
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
            current = ClientSession.next(current, event).state();
        }
        return current;
    }
}
