package org.flowshield.node.fullnode.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class VisitorsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Visitors<String> visitors = new Visitors<>(nanos::get);

    private static ByteString place(String ip) throws UnknownHostException {
        return Visitors.place(new InetSocketAddress(InetAddress.getByName(ip), 1));
    }

    private void fill(ByteString place) {
        for (int i = 0; i < Visitors.MOST_OF_ONE; i++) {
            nanos.incrementAndGet();
            assertThat(visitors.opened("connection " + i, place)).isEmpty();
        }
    }

    @Test
    void one_address_has_so_many_connections_and_others_have_theirs() throws Exception {
        ByteString place = place("203.0.113.7");
        fill(place);
        assertThat(visitors.opened("one more", place)).contains("connection 0");
        assertThat(visitors.opened("and one", place)).contains("connection 1");
        assertThat(visitors.opened("another", place("203.0.113.8"))).isEmpty();
    }

    @Test
    void who_has_a_network_of_ipv6_is_one() throws Exception {
        fill(place("2001:db8::1"));
        assertThat(visitors.opened("one more", place("2001:db8::ffff:2"))).isPresent();
        assertThat(visitors.opened("another", place("2001:db8:0:1::1"))).isEmpty();
    }

    @Test
    void who_is_being_answered_is_not_cut_off_for_a_newcomer() throws Exception {
        ByteString place = place("203.0.113.7");
        fill(place);
        visitors.busy("connection 0");
        assertThat(visitors.opened("one more", place)).contains("connection 1");
        for (int i = 2; i < Visitors.MOST_OF_ONE; i++) {
            visitors.busy("connection " + i);
        }
        visitors.busy("one more");
        assertThat(visitors.opened("too many", place)).contains("too many");
        visitors.closed("connection 0");
        assertThat(visitors.opened("in its place", place)).isEmpty();
    }

    @Test
    void who_does_not_finish_its_request_in_time_leaves() throws Exception {
        var _ = visitors.opened("silent", place("203.0.113.7"));
        var _ = visitors.opened("asks", place("203.0.113.7"));
        nanos.addAndGet(Visitors.ASKS_WITHIN.toNanos());
        assertThat(visitors.overdue()).isEmpty();
        visitors.busy("asks");
        nanos.incrementAndGet();
        assertThat(visitors.overdue()).containsExactly("silent");
        visitors.closed("silent");
        nanos.addAndGet(Visitors.READS_WITHIN.toNanos());
        assertThat(visitors.overdue()).containsExactly("asks");
        visitors.waiting("asks");
        assertThat(visitors.overdue()).isEmpty();
    }
}
