package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.junit.jupiter.api.Test;

final class ConnectionsTest {

    private final AtomicLong clock = new AtomicLong();
    private final Connections connections =
            new Connections(new AccessPolicy(Path.of("/")), clock::incrementAndGet);

    @Test
    void at_the_limit_the_one_that_waits_the_longest_makes_room() {
        List<EndPoint> open = fill();
        connections.busy(open.get(0));
        connections.busy(open.get(1));
        connections.waiting(open.get(1));
        EndPoint late = open(true);
        assertThat(late.isOpen()).isTrue();
        assertThat(open.get(0).isOpen()).as("is being answered").isTrue();
        assertThat(open.get(1).isOpen()).as("was answered just now").isTrue();
        assertThat(open.get(2).isOpen()).as("waits the longest").isFalse();
        assertThat(connections.isAllowed(open.get(2))).isFalse();
        assertThat(open.stream().filter(EndPoint::isOpen)).hasSize(Connections.MAX_ALLOWED - 1);
    }

    @Test
    void if_all_are_being_answered_the_new_one_is_closed() {
        List<EndPoint> open = fill();
        open.forEach(connections::busy);
        EndPoint late = open(true);
        assertThat(late.isOpen()).isFalse();
        assertThat(open).allMatch(EndPoint::isOpen);
        connections.closed(open.getFirst());
        assertThat(open(true).isOpen()).isTrue();
    }

    @Test
    void strangers_take_no_place_from_the_others() {
        EndPoint ours = open(true);
        List<EndPoint> strangers = new ArrayList<>();
        for (int i = 0; i < 10 * Connections.MAX_ALLOWED; i++) {
            strangers.add(open(false));
        }
        assertThat(ours.isOpen()).isTrue();
        assertThat(strangers.stream().filter(EndPoint::isOpen)).hasSize(Connections.MAX_STRANGERS);
        assertThat(connections.isAllowed(ours)).isTrue();
        assertThat(connections.isAllowed(strangers.getLast())).isFalse();
    }

    private List<EndPoint> fill() {
        List<EndPoint> all = new ArrayList<>();
        for (int i = 0; i < Connections.MAX_ALLOWED; i++) {
            all.add(open(true));
        }
        assertThat(all).allMatch(EndPoint::isOpen);
        return all;
    }

    private EndPoint open(boolean allowed) {
        EndPoint endPoint = new ByteArrayEndPoint();
        connections.opened(endPoint, allowed);
        return endPoint;
    }
}
