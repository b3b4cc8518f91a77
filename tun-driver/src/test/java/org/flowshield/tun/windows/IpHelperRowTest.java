package org.flowshield.tun.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.plan.IpPrefix;
import org.junit.jupiter.api.Test;

/** Against the sizes and offsets that Windows documents for 64-bit systems. */
class IpHelperRowTest {

    private static final long LUID = 0x0035_0000_0000_1234L;

    private static String hex(ByteBuffer row, int from, int to) {
        byte[] bytes = new byte[to - from];
        row.get(from, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void an_interface_has_168_bytes() {
        assertThat(IpHelperRow.INTERFACE_SIZE).isEqualTo(168);
        ByteBuffer row = ByteBuffer.allocate(168);
        IpHelperRow.putInterface(row, LUID, true);
        assertThat(hex(row, 0, 16)).isEqualTo("1700" + "0".repeat(12) + "3412000000003500");
        row.putInt(144, 64).putInt(52, 1).putInt(56, 3);
        IpHelperRow.putMtu(row, true, 1420);
        assertThat(hex(row, 52, 60)).isEqualTo("0000000000000000");
        assertThat(hex(row, 144, 156)).isEqualTo("40000000" + "00000000" + "8c050000");
    }

    @Test
    void windows_wants_no_site_prefix_for_ipv4() {
        ByteBuffer row = ByteBuffer.allocate(168);
        IpHelperRow.putInterface(row, LUID, false);
        row.putInt(144, 64);
        IpHelperRow.putMtu(row, false, 1280);
        assertThat(hex(row, 0, 2)).isEqualTo("0200");
        assertThat(hex(row, 144, 148)).isEqualTo("00000000");
    }

    @Test
    void an_address_has_80_bytes() {
        assertThat(IpHelperRow.ADDRESS_SIZE).isEqualTo(80);
        ByteBuffer row = ByteBuffer.allocate(80);
        IpHelperRow.putAddress(row, LUID, TunAddress.parse("100.64.0.2/24"));
        assertThat(hex(row, 0, 8)).isEqualTo("0200000064400002");
        assertThat(hex(row, 32, 40)).isEqualTo("3412000000003500");
        assertThat(hex(row, 60, 61)).isEqualTo("18");
        assertThat(hex(row, 64, 68)).isEqualTo("04000000");
        IpHelperRow.putAddress(row, LUID, TunAddress.parse("fd00::2/64"));
        assertThat(hex(row, 0, 28))
                .isEqualTo(
                        "17000000" + "00000000" + "fd000000000000000000000000000002" + "00000000");
        assertThat(hex(row, 60, 61)).isEqualTo("40");
    }

    @Test
    void a_route_has_104_bytes() {
        assertThat(IpHelperRow.ROUTE_SIZE).isEqualTo(104);
        ByteBuffer row = ByteBuffer.allocate(104);
        IpHelperRow.putRoute(
                row, LUID, IpPrefix.parse("8000::/1"), InetAddress.ofLiteral("fe80::1"), 7);
        assertThat(hex(row, 0, 8)).isEqualTo("3412000000003500");
        assertThat(hex(row, 12, 36)).isEqualTo("17000000" + "00000000" + "80" + "0".repeat(30));
        assertThat(hex(row, 40, 41)).isEqualTo("01");
        assertThat(hex(row, 44, 68))
                .isEqualTo("17000000" + "00000000" + "fe80" + "0".repeat(24) + "0001");
        assertThat(hex(row, 84, 92)).isEqualTo("07000000" + "03000000");
    }
}
