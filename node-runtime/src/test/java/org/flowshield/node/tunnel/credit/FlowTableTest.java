package org.flowshield.node.tunnel.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.node.tunnel.path.TestFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FlowTableTest {

    private static final String NEAR = "100.64.0.2";
    private static final String NEAR6 = "fd00::2";
    private static final String FAR = "192.0.2.80";
    private static final String FAR6 = "2001:db8::80";
    private static final String ROUTER = "203.0.113.1";
    private static final String ROUTER6 = "2001:db8::1";

    /** Packets don't begin at a round index in a batch. */
    private static final int AT = 13;

    private final AtomicLong clock = new AtomicLong();
    private final FlowTable table = new FlowTable(clock::get);
    private final FlowTable.View sending = table.new View();
    private final FlowTable.View receiving = table.new View();

    private static ByteBuffer at(byte[] packet) {
        return ByteBuffer.allocateDirect(AT + packet.length).put(AT, packet);
    }

    private void out(byte[] packet) {
        sending.tick();
        sending.mark(at(packet), AT, packet.length);
    }

    private boolean in(byte[] packet) {
        receiving.tick();
        return receiving.isSolicited(at(packet), AT, packet.length);
    }

    private void pass(long seconds) {
        clock.addAndGet(seconds * 1_000_000_000L);
    }

    /** With the ports of what {@link TestFrames} makes exchanged: what the far end answers. */
    private static byte[] answer(byte[] packet) {
        byte[] answer = packet.clone();
        boolean v4 = packet[0] >>> 4 == 4;
        int address = v4 ? 12 : 8;
        int length = v4 ? 4 : 16;
        swap(answer, address, address + length, length);
        swap(answer, address + 2 * length, address + 2 * length + 2, 2);
        return answer;
    }

    private static void swap(byte[] packet, int one, int other, int length) {
        byte[] kept = Arrays.copyOfRange(packet, one, one + length);
        System.arraycopy(packet, other, packet, one, length);
        System.arraycopy(kept, 0, packet, other, length);
    }

    private static byte[] tcp(int port) {
        return TestFrames.tcp(NEAR, FAR, port, 10);
    }

    private static byte[] udp(int port) {
        return TestFrames.udp(NEAR, FAR, port, 10);
    }

    private static byte[] withFlags(byte[] tcp, int flags) {
        tcp[20 + 13] = (byte) flags;
        return tcp;
    }

    private static byte[] icmp(String from, String to, int type, int id, byte[] body) {
        byte[] shell = TestFrames.udp(from, to, 0, body.length);
        boolean v4 = shell[0] >>> 4 == 4;
        int transport = v4 ? 20 : 40;
        shell[v4 ? 9 : 6] = (byte) (v4 ? 1 : 58);
        Arrays.fill(shell, transport, transport + 8, (byte) 0);
        shell[transport] = (byte) type;
        shell[transport + 4] = (byte) (id >>> 8);
        shell[transport + 5] = (byte) id;
        System.arraycopy(body, 0, shell, transport + 8, body.length);
        return shell;
    }

    @Test
    void what_was_asked_for_is_solicited_and_nothing_else() {
        out(tcp(1000));
        out(udp(2000));
        out(TestFrames.tcp(NEAR6, FAR6, 3000, 10));

        assertThat(in(answer(tcp(1000)))).isTrue();
        assertThat(in(answer(udp(2000)))).isTrue();
        assertThat(in(answer(TestFrames.tcp(NEAR6, FAR6, 3000, 10)))).isTrue();

        assertThat(in(answer(tcp(1001)))).isFalse();
        assertThat(in(answer(udp(1000)))).isFalse();
        assertThat(in(answer(TestFrames.tcp(NEAR, "192.0.2.81", 1000, 10)))).isFalse();
        assertThat(in(answer(TestFrames.tcp(NEAR6, "2001:db8::81", 3000, 10)))).isFalse();
    }

    @Test
    void a_run_of_frames_is_marked_whole() {
        ByteBuffer batch = TestFrames.batch(tcp(1), udp(2), tcp(1), tcp(3));

        sending.mark(batch);

        assertThat(in(answer(tcp(1)))).isTrue();
        assertThat(in(answer(udp(2)))).isTrue();
        assertThat(in(answer(tcp(3)))).isTrue();
    }

    @Test
    void a_tcp_flow_is_remembered_through_any_silence() {
        out(tcp(1000));
        pass(5L * 24 * 3600);
        assertThat(in(answer(tcp(1000)))).isTrue();
    }

    @Test
    void other_flows_are_remembered_for_longer_than_a_nat_does() {
        out(udp(1000));
        pass(FlowTable.IDLE.toSeconds());
        assertThat(in(answer(udp(1000)))).isTrue();
        pass(1);
        assertThat(in(answer(udp(1000)))).isFalse();

        out(udp(1000));
        assertThat(in(answer(udp(1000)))).isTrue();
    }

    @Test
    void what_comes_does_not_keep_a_flow_alive() {
        out(udp(1000));
        for (int i = 0; i < 11; i++) {
            pass(60);
            in(answer(udp(1000)));
        }
        assertThat(in(answer(udp(1000)))).isFalse();
    }

    @Test
    void echoes_belong_to_who_asked() {
        byte[] nothing = {};
        out(icmp(NEAR, FAR, 8, 77, nothing));
        out(icmp(NEAR6, FAR6, 128, 78, nothing));

        assertThat(in(icmp(FAR, NEAR, 0, 77, nothing))).isTrue();
        assertThat(in(icmp(FAR6, NEAR6, 129, 78, nothing))).isTrue();
        assertThat(in(icmp(FAR, NEAR, 0, 78, nothing))).isFalse();
        assertThat(in(icmp(FAR, NEAR, 8, 77, nothing))).isFalse();
        assertThat(in(icmp(FAR6, NEAR6, 128, 78, nothing))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 11, 13, 14})
    void what_a_system_answers_by_icmp_makes_no_flow(int type) {
        out(icmp(NEAR, FAR, type, 5, answer(udp(9))));

        assertThat(in(icmp(FAR, NEAR, 0, 5, new byte[0]))).isFalse();
        assertThat(in(answer(udp(9)))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3, true", "11, true", "12, true", "5, false", "8, false", "200, false"})
    void errors_are_solicited_if_what_they_quote_was_sent(int type, boolean counts) {
        byte[] sent = udp(1000);
        out(sent);
        byte[] quote = Arrays.copyOf(sent, 28); // RFC 792: the header and 64 bits

        assertThat(in(icmp(ROUTER, NEAR, type, 0, quote))).isEqualTo(counts);
        assertThat(in(icmp(ROUTER, NEAR, type, 0, Arrays.copyOf(udp(1001), 28)))).isFalse();
        assertThat(in(icmp(ROUTER, NEAR, type, 0, Arrays.copyOf(sent, 20)))).isFalse();
    }

    @Test
    void errors_of_ipv6_and_of_echoes_count_too() {
        byte[] sent = TestFrames.udp(NEAR6, FAR6, 1000, 10);
        out(sent);
        byte[] echo = icmp(NEAR, FAR, 8, 77, new byte[20]);
        out(echo);

        assertThat(in(icmp(ROUTER6, NEAR6, 2, 0, sent))).isTrue();
        assertThat(in(icmp(ROUTER6, NEAR6, 2, 0, TestFrames.udp(NEAR6, FAR6, 1, 10)))).isFalse();
        assertThat(in(icmp(ROUTER, NEAR, 11, 0, echo))).isTrue();
    }

    @Test
    void a_reset_makes_no_flow_of_what_nobody_asked_for() {
        out(withFlags(tcp(1000), 0x14));
        assertThat(in(answer(tcp(1000)))).isFalse();
    }

    @Test
    void what_is_under_way_when_a_flow_is_reset_stays_solicited() {
        out(tcp(1000));
        out(withFlags(tcp(1000), 0x14));
        assertThat(in(answer(tcp(1000)))).isTrue();
    }

    @Test
    void a_connection_that_the_far_end_opened_is_not_solicited() {
        out(withFlags(tcp(1000), 0x12));
        out(tcp(1000));
        assertThat(in(answer(tcp(1000)))).isFalse();
    }

    private static byte[] fragment(byte[] packet, int offset, boolean more) {
        byte[] fragment = packet.clone();
        fragment[6] = (byte) ((more ? 0x20 : 0) | offset >>> 8);
        fragment[7] = (byte) offset;
        return fragment;
    }

    @Test
    void fragments_count_by_their_addresses_once_a_first_one_was_solicited() {
        out(udp(1000));
        byte[] later = fragment(answer(udp(1)), 185, false);
        assertThat(in(later)).isFalse();

        assertThat(in(fragment(answer(udp(1000)), 0, true))).isTrue();

        assertThat(in(later)).isTrue();
        assertThat(in(fragment(answer(TestFrames.udp(NEAR, "192.0.2.81", 1, 9)), 9, true)))
                .isFalse();
    }

    @Test
    void fragments_that_are_sent_mark_their_address() {
        out(udp(1000));
        out(fragment(udp(1000), 0, true));
        out(fragment(udp(1000), 185, false));
        assertThat(in(fragment(answer(udp(1)), 185, false))).isTrue();
        assertThat(in(answer(udp(1)))).isFalse();
    }

    private static byte[] behindExtensions(byte[] packet, int count) {
        ByteBuffer longer = ByteBuffer.allocate(packet.length + 8 * count);
        longer.put(packet, 0, 40);
        for (int i = 0; i < count; i++) {
            longer.put(i == count - 1 ? packet[6] : 60).put(new byte[7]);
        }
        longer.put(packet, 40, packet.length - 40);
        return longer.put(6, (byte) 60).array();
    }

    @Test
    void ports_are_found_behind_extension_headers() {
        byte[] sent = TestFrames.udp(NEAR6, FAR6, 1000, 10);
        out(behindExtensions(sent, 3));

        assertThat(in(answer(sent))).isTrue();
        assertThat(in(behindExtensions(answer(sent), 1))).isTrue();
        assertThat(in(behindExtensions(answer(sent), 100))).isFalse();
    }

    @Test
    void protocols_without_ports_count_by_their_addresses() {
        byte[] esp = udp(7);
        esp[9] = 50;
        out(esp);
        byte[] other = answer(udp(8));
        other[9] = 50;
        assertThat(in(other)).isTrue();
        other[9] = 47;
        assertThat(in(other)).isFalse();
    }

    @Test
    void packets_that_are_cut_short_belong_to_nothing() {
        byte[] whole = behindExtensions(TestFrames.udp(NEAR6, FAR6, 1000, 0), 2);
        for (int length = 0; length < 60; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            out(cut);
            assertThat(in(cut)).isFalse();
        }
    }

    @Test
    void thirty_thousand_flows_are_remembered_and_the_oldest_go_first() {
        Random random = new Random(7);
        Set<Integer> ports = new HashSet<>();
        while (ports.size() < 30_000) {
            ports.add(1024 + random.nextInt(64_000));
        }
        for (int port : ports) {
            out(TestFrames.udp(NEAR, FAR, port, 0));
        }
        long known = ports.stream().filter(port -> in(answer(udp(port)))).count();
        assertThat(known).isGreaterThan(29_900);

        pass(1);
        for (int i = 0; i < 80_000; i++) {
            out(TestFrames.udp(NEAR6, "2001:db8::" + Integer.toHexString(i & 0xffff), i / 4, 0));
            if (i % 100 == 0) {
                pass(1);
                out(udp(1));
            }
        }

        assertThat(in(answer(udp(1)))).isTrue();
    }
}
