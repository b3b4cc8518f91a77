package org.flowshield.node.tunnel.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InnerPacketTest {

    private static final String HERE = "100.64.0.2";
    private static final String THERE = "192.0.2.80";
    private static final String HERE6 = "fd00::2";
    private static final String THERE6 = "2001:db8::80";

    /** Packets don't begin at a round index in a batch. */
    private static final int AT = 13;

    private static ByteBuffer at(byte[] packet) {
        return ByteBuffer.allocateDirect(AT + packet.length).put(AT, packet);
    }

    private static int version(byte[] packet) {
        return InnerPacket.version(at(packet), AT, packet.length);
    }

    private static int hash(byte[] packet) {
        return InnerPacket.flowHash(at(packet), AT, packet.length, version(packet));
    }

    @Test
    void knows_the_versions() {
        assertThat(version(TestFrames.udp(HERE, THERE, 1, 0))).isEqualTo(4);
        assertThat(version(TestFrames.udp(HERE6, THERE6, 1, 0))).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"0x45, 0", "0x45, 19", "0x60, 0", "0x60, 20", "0x60, 39"})
    void a_packet_shorter_than_its_header_has_no_version(String first, int length) {
        byte[] packet = new byte[length];
        if (length > 0) {
            packet[0] = Integer.decode(first).byteValue();
        }
        assertThat(version(packet)).isZero();
    }

    @Test
    void no_other_version_exists() {
        byte[] packet = new byte[100];
        for (int first = 0; first < 256; first++) {
            packet[0] = (byte) first;
            int nibble = first >>> 4;
            assertThat(version(packet)).isEqualTo(nibble == 4 || nibble == 6 ? nibble : 0);
        }
    }

    @Test
    void finds_addresses() {
        ByteBuffer four = at(TestFrames.tcp(HERE, THERE, 1, 0));
        assertThat(InnerPacket.sourceV4(four, AT)).isEqualTo(0x64400002);
        assertThat(InnerPacket.destinationV4(four, AT)).isEqualTo(0xc0000250);

        ByteBuffer six = at(TestFrames.tcp(HERE6, THERE6, 1, 0));
        assertThat(six.getLong(InnerPacket.sourceV6(AT))).isEqualTo(0xfd00000000000000L);
        assertThat(six.getLong(InnerPacket.destinationV6(AT))).isEqualTo(0x20010db800000000L);
        assertThat(six.getLong(InnerPacket.destinationV6(AT) + 8)).isEqualTo(0x80);
    }

    @Test
    void tells_tcp_from_all_else() {
        assertThat(InnerPacket.isTcp(at(TestFrames.tcp(HERE, THERE, 1, 0)), AT, 4)).isTrue();
        assertThat(InnerPacket.isTcp(at(TestFrames.udp(HERE, THERE, 1, 0)), AT, 4)).isFalse();
        assertThat(InnerPacket.isTcp(at(TestFrames.tcp(HERE6, THERE6, 1, 0)), AT, 6)).isTrue();
        assertThat(InnerPacket.isTcp(at(TestFrames.udp(HERE6, THERE6, 1, 0)), AT, 6)).isFalse();
    }

    @Test
    void packets_of_a_flow_hash_alike_whatever_they_carry() {
        assertThat(hash(TestFrames.tcp(HERE, THERE, 4000, 1)))
                .isEqualTo(hash(TestFrames.tcp(HERE, THERE, 4000, 1300)));
        assertThat(hash(TestFrames.tcp(HERE6, THERE6, 4000, 1)))
                .isEqualTo(hash(TestFrames.tcp(HERE6, THERE6, 4000, 1300)));
    }

    @Test
    void ip_options_move_the_ports() {
        byte[] plain = TestFrames.tcp(HERE, THERE, 4000, 8);
        byte[] options = new byte[plain.length + 4];
        System.arraycopy(plain, 0, options, 0, 20);
        System.arraycopy(plain, 20, options, 24, plain.length - 20);
        options[0] = 0x46;

        assertThat(hash(options)).isEqualTo(hash(plain));
    }

    @Test
    void fragments_hash_by_their_addresses_alone() {
        byte[] first = TestFrames.tcp(HERE, THERE, 4000, 800);
        byte[] later = TestFrames.tcp(HERE, THERE, 31_000, 800);
        ByteBuffer.wrap(first).putShort(6, (short) 0x2000);
        ByteBuffer.wrap(later).putShort(6, (short) 0x0064);

        assertThat(hash(first)).isEqualTo(hash(later));
        assertThat(hash(first)).isNotEqualTo(hash(TestFrames.tcp(HERE, THERE, 4000, 800)));
    }

    /** Linux gives one after another only even ports to those who connect. */
    @ParameterizedTest
    @CsvSource({
        HERE + "," + THERE + ",1",
        HERE + "," + THERE + ",2",
        HERE6 + "," + THERE6 + ",1",
        HERE6 + "," + THERE6 + ",2"
    })
    void spreads_neighbouring_ports_evenly(String from, String to, int step) {
        for (int count = 2; count <= 4; count++) {
            int[] lanes = new int[count];
            for (int flow = 0; flow < 400; flow++) {
                int hash = hash(TestFrames.tcp(from, to, 32_768 + flow * step, 0));
                lanes[Integer.remainderUnsigned(hash, count)]++;
            }
            int fair = 400 / count;
            for (int flows : lanes) {
                assertThat(flows).isBetween(fair * 3 / 4, fair * 5 / 4);
            }
        }
    }

    @Test
    void spreads_servers_and_clients() {
        Set<Integer> lanes = new HashSet<>();
        for (int host = 1; host < 32; host++) {
            lanes.add(hash(TestFrames.tcp(HERE, "192.0.2." + host, 4000, 0)) & 3);
        }
        assertThat(lanes).hasSize(4);
    }

    @Test
    void never_reads_behind_the_packet_however_it_lies() {
        Random random = new Random(4);
        for (int round = 0; round < 100_000; round++) {
            byte[] packet = new byte[random.nextInt(64)];
            random.nextBytes(packet);
            if (packet.length > 0 && random.nextBoolean()) {
                packet[0] = (byte) ((random.nextBoolean() ? 0x40 : 0x60) | (packet[0] & 0xf));
            }
            // The buffer ends with the packet: to read on would throw.
            ByteBuffer batch = at(packet);
            int version = InnerPacket.version(batch, AT, packet.length);
            if (version != 0) {
                InnerPacket.isTcp(batch, AT, version);
                InnerPacket.flowHash(batch, AT, packet.length, version);
            }
        }
    }
}
