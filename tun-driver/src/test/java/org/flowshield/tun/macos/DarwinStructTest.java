package org.flowshield.tun.macos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.flowshield.tun.TunAddress;
import org.junit.jupiter.api.Test;

/** Against the structures of Darwin's headers. */
class DarwinStructTest {

    private static final String UTUN4 = HexFormat.of().formatHex("utun4".getBytes(US_ASCII));

    private static String hex(byte[] struct) {
        return HexFormat.of().formatHex(struct);
    }

    /** That, and zeros up to so many bytes. */
    private static String padded(String hex, int bytes) {
        return hex + "0".repeat(2 * bytes - hex.length());
    }

    @Test
    void a_control_is_asked_for_by_name() {
        byte[] info = DarwinStruct.controlInfo("com.apple.net.utun_control");
        assertThat(info).hasSize(100);
        assertThat(new String(info, 4, 26, US_ASCII)).isEqualTo("com.apple.net.utun_control");
        assertThat(info[30]).isZero();
    }

    @Test
    void a_control_is_connected_to_by_id_and_unit() {
        assertThat(hex(DarwinStruct.controlAddress(0x0a0b, 5)))
                .isEqualTo(padded("20200200" + "0b0a0000" + "05000000", 32));
    }

    @Test
    void the_mtu_comes_behind_the_name() {
        assertThat(hex(DarwinStruct.mtuRequest("utun4", 1420)))
                .isEqualTo(padded(padded(UTUN4, 16) + "8c050000", 32));
    }

    @Test
    void an_ipv4_address_has_itself_at_the_far_end() {
        assertThat(hex(DarwinStruct.alias("utun4", TunAddress.parse("100.64.0.2/20"))))
                .isEqualTo(
                        padded(UTUN4, 16)
                                + padded("10020000" + "64400002", 16)
                                + padded("10020000" + "64400002", 16)
                                + padded("10020000" + "fffff000", 16));
    }

    @Test
    void an_ipv6_address_is_for_ever() {
        String struct = hex(DarwinStruct.alias6("utun4", TunAddress.parse("fd00::2/57")));
        assertThat(struct)
                .isEqualTo(
                        padded(UTUN4, 16)
                                + padded("1c1e0000" + "00000000" + "fd" + "0".repeat(29) + "2", 28)
                                + padded("", 28)
                                + padded("1c1e0000" + "00000000" + "ffffffffffffff80", 28)
                                + "20000000"
                                + padded("", 16)
                                + "ffffffffffffffff");
    }

    @Test
    void a_name_leaves_room_for_its_end() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DarwinStruct.request("utun567890123456"));
        assertThat(DarwinStruct.request("utun56789012345")).hasSize(32);
    }

    @Test
    void requests_have_their_structure_s_size_in_them() {
        assertThat(size(Darwin.CTLIOCGINFO)).isEqualTo(DarwinStruct.CONTROL_INFO_SIZE);
        assertThat(size(Darwin.SIOCSIFFLAGS)).isEqualTo(DarwinStruct.REQUEST_SIZE);
        assertThat(size(Darwin.SIOCGIFFLAGS)).isEqualTo(DarwinStruct.REQUEST_SIZE);
        assertThat(size(Darwin.SIOCSIFMTU)).isEqualTo(DarwinStruct.REQUEST_SIZE);
        assertThat(size(Darwin.SIOCAIFADDR)).isEqualTo(DarwinStruct.ALIAS_SIZE);
        assertThat(size(Darwin.SIOCAIFADDR_IN6)).isEqualTo(DarwinStruct.ALIAS6_SIZE);
    }

    private static int size(long request) {
        return (int) (request >> 16) & 0x1fff;
    }
}
