package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumsTest {

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static int folded(ByteBuffer buffer) {
        return Checksums.fold(Checksums.sum(buffer, 0, buffer.limit()));
    }

    @Test
    void sums_the_example_of_rfc_1071() {
        assertThat(folded(bytes("0001f203f4f5f6f7"))).isEqualTo(0xddf2);
    }

    @Test
    void finds_the_checksum_of_a_known_ipv4_header() {
        ByteBuffer header = bytes("450000730000400040110000c0a80001c0a800c7");
        assertThat(~folded(header) & 0xffff).isEqualTo(0xb861);
    }

    @Test
    void counts_an_odd_last_byte_as_the_high_one() {
        assertThat(folded(bytes("0001f2"))).isEqualTo(0xf201);
        assertThat(folded(bytes("ab"))).isEqualTo(0xab00);
        assertThat(folded(bytes(""))).isZero();
    }

    @Test
    void agrees_with_the_plain_sum_at_every_length_and_begin() {
        byte[] random = new byte[257];
        new Random(1071).nextBytes(random);
        ByteBuffer buffer = ByteBuffer.wrap(random);
        for (int from = 0; from < 9; from++) {
            for (int length = 0; length <= random.length - from; length++) {
                assertThat(Checksums.fold(Checksums.sum(buffer, from, length)))
                        .as("from %d, %d bytes", from, length)
                        .isEqualTo(Packets.naiveSum(random, from, from + length));
            }
        }
    }

    @Test
    void does_not_overflow_over_the_longest_packet_of_ones() {
        byte[] ones = new byte[Frame.MAX_PACKET + 1];
        java.util.Arrays.fill(ones, (byte) 0xff);
        assertThat(folded(ByteBuffer.wrap(ones))).isEqualTo(0xffff);
    }

    @Test
    void sends_a_udp_checksum_of_zero_as_ones() {
        ByteBuffer packet = bytes("ffff0000");
        Checksums.complete(packet, 0, 2, 4, true);
        assertThat(packet.getShort(2)).isEqualTo((short) 0xffff);
        packet.putShort(2, (short) 0);
        Checksums.complete(packet, 0, 2, 4, false);
        assertThat(packet.getShort(2)).isZero();
    }
}
