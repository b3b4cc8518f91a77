package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressCheckTest {

    private static final String V4 = "100.64.0.2";
    private static final String V6 = "fd12:3456:789a::2";
    private static final InnerAddresses BOTH = TestFrames.addresses(V4, V6);
    private static final int AT = 5;

    private final AddressCheck check = new AddressCheck(BOTH);

    private static ByteBuffer at(byte[] packet) {
        return ByteBuffer.allocateDirect(AT + packet.length).put(AT, packet);
    }

    private static boolean isSource(AddressCheck check, byte[] packet) {
        return check.isSource(at(packet), AT, packet.length);
    }

    private static boolean isDestination(AddressCheck check, byte[] packet) {
        return check.isDestination(at(packet), AT, packet.length);
    }

    @Test
    void knows_its_own_addresses() {
        assertThat(isSource(check, TestFrames.udp(V4, "192.0.2.1", 1, 0))).isTrue();
        assertThat(isSource(check, TestFrames.tcp(V6, "2001:db8::1", 1, 0))).isTrue();
        assertThat(isDestination(check, TestFrames.tcp("192.0.2.1", V4, 1, 0))).isTrue();
        assertThat(isDestination(check, TestFrames.udp("2001:db8::1", V6, 1, 0))).isTrue();
    }

    @Test
    void does_not_take_one_side_for_the_other() {
        assertThat(isDestination(check, TestFrames.udp(V4, "192.0.2.1", 1, 0))).isFalse();
        assertThat(isSource(check, TestFrames.udp("2001:db8::1", V6, 1, 0))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.64.0.3", "228.64.0.2", "100.64.0.0", "0.0.0.0", "255.255.255.255"})
    void an_ipv4_address_that_differs_in_any_bit_is_foreign(String other) {
        assertThat(isSource(check, TestFrames.udp(other, "192.0.2.1", 1, 0))).isFalse();
        assertThat(isDestination(check, TestFrames.udp("192.0.2.1", other, 1, 0))).isFalse();
    }

    @Test
    void an_ipv6_address_that_differs_in_any_bit_is_foreign() {
        byte[] packet = TestFrames.udp(V6, V6, 1, 0);
        for (int bit = 0; bit < 128; bit++) {
            byte[] source = packet.clone();
            source[8 + bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(isSource(check, source)).as("bit %d", bit).isFalse();
            assertThat(isDestination(check, source)).isTrue();
        }
    }

    @Test
    void an_address_of_the_other_family_is_no_excuse() {
        AddressCheck four = new AddressCheck(new InnerAddresses(BOTH.v4(), Optional.empty()));
        AddressCheck six = new AddressCheck(new InnerAddresses(Optional.empty(), BOTH.v6()));

        assertThat(isSource(four, TestFrames.udp(V6, V6, 1, 0))).isFalse();
        assertThat(isSource(four, TestFrames.udp("::", "::", 1, 0))).isFalse();
        assertThat(isSource(six, TestFrames.udp(V4, V4, 1, 0))).isFalse();
        assertThat(isSource(six, TestFrames.udp("0.0.0.0", "0.0.0.0", 1, 0))).isFalse();
        assertThat(isDestination(six, TestFrames.udp("0.0.0.0", "0.0.0.0", 1, 0))).isFalse();
    }

    @Test
    void a_packet_cut_short_is_nobodys() {
        byte[] four = TestFrames.udp(V4, V4, 1, 0);
        byte[] six = TestFrames.udp(V6, V6, 1, 0);
        for (int length = 0; length < 20; length++) {
            assertThat(check.isSource(at(four), AT, length)).isFalse();
            assertThat(check.isDestination(at(four), AT, length)).isFalse();
        }
        for (int length = 0; length < 40; length++) {
            assertThat(check.isSource(at(six), AT, length)).isFalse();
            assertThat(check.isDestination(at(six), AT, length)).isFalse();
        }
    }

    @Test
    void a_packet_of_no_known_version_is_nobodys() {
        byte[] packet = TestFrames.udp(V4, V4, 1, 20);
        for (int version = 0; version < 16; version++) {
            packet[0] = (byte) (version << 4 | 5);
            assertThat(isSource(check, packet)).isEqualTo(version == 4);
        }
    }

    @Test
    void a_session_has_an_address() {
        assertThatThrownBy(() -> new InnerAddresses(Optional.empty(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(BOTH.all())
                .containsExactly(InetAddress.ofLiteral(V4), InetAddress.ofLiteral(V6));
    }
}
