package org.flowshield.tun.macos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.flowshield.tun.Drops;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunContract;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.TunUnavailableException;
import org.flowshield.tun.TunUnavailableException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver for macOS on a stub of Darwin; needs gcc. Never was on macOS itself. */
class MacTunIT extends TunContract {

    private static final String NAME = "flowshield";
    private static final TunSettings SETTINGS =
            TunSettings.of(NAME, MTU, Offloads.ALL)
                    .withAddresses(
                            TunAddress.parse("100.64.77.1/24"), TunAddress.parse("fd77::1/64"));

    /** What the stub's utun holds in one direction. */
    private static final int QUEUE_BYTES = 512 * 1024;

    private static final int FAMILY = 4;

    private final byte[] room = new byte[FAMILY + 65_575];
    private boolean loaded;

    @BeforeEach
    void load() throws Exception {
        DarwinStub.load();
        loaded = true;
    }

    /** Every descriptor was closed once, and nobody used one that was not his. */
    @AfterEach
    void everything_was_given_back() {
        if (loaded) { // without gcc it is not
            assertThat(DarwinStub.stub_count(DarwinStub.MISUSES)).as("misuses").isZero();
            assertThat(DarwinStub.stub_count(DarwinStub.DESCRIPTORS)).as("descriptors").isZero();
        }
    }

    private static Tun open(TunSettings settings) throws TunUnavailableException {
        return new MacTunDriver().open(settings, 1).getFirst();
    }

    @Override
    protected Tun open() throws TunUnavailableException {
        return open(SETTINGS);
    }

    @Override
    protected boolean send(byte[] packet) {
        return sendAs((packet[0] & 0xf0) == 0x40 ? 2 : 30, packet);
    }

    private static boolean sendAs(int family, byte[] packet) {
        byte[] bytes =
                ByteBuffer.allocate(FAMILY + packet.length).putInt(family).put(packet).array();
        return DarwinStub.stub_inject(bytes, bytes.length) == 1;
    }

    @Override
    protected byte @Nullable [] receive() {
        int size = DarwinStub.stub_take(room, room.length);
        if (size == 0) {
            return null;
        }
        assertThat(ByteBuffer.wrap(room).getInt()).isEqualTo((room[4] & 0xf0) == 0x40 ? 2 : 30);
        return Arrays.copyOfRange(room, FAMILY, size);
    }

    @Test
    void structures_and_requests_are_as_a_compiler_makes_them() {
        assertThat(DarwinStub.stub_layout(0)).isEqualTo(DarwinStruct.CONTROL_INFO_SIZE);
        assertThat(DarwinStub.stub_layout(1)).isEqualTo(DarwinStruct.CONTROL_ADDRESS_SIZE);
        assertThat(DarwinStub.stub_layout(2)).isEqualTo(DarwinStruct.REQUEST_SIZE);
        assertThat(DarwinStub.stub_layout(3)).isEqualTo(DarwinStruct.ALIAS_SIZE);
        assertThat(DarwinStub.stub_layout(4)).isEqualTo(DarwinStruct.ALIAS6_SIZE);
        assertThat(DarwinStub.stub_layout(10)).isEqualTo(Darwin.CTLIOCGINFO);
        assertThat(DarwinStub.stub_layout(11)).isEqualTo(Darwin.SIOCSIFFLAGS);
        assertThat(DarwinStub.stub_layout(12)).isEqualTo(Darwin.SIOCGIFFLAGS);
        assertThat(DarwinStub.stub_layout(13)).isEqualTo(Darwin.SIOCAIFADDR);
        assertThat(DarwinStub.stub_layout(14)).isEqualTo(Darwin.SIOCAIFADDR_IN6);
        assertThat(DarwinStub.stub_layout(15)).isEqualTo(Darwin.SIOCSIFMTU);
    }

    @Test
    void sets_mtu_and_addresses_and_brings_the_device_up() throws Exception {
        try (Tun tun = open()) {
            assertThat(tun.name()).isEqualTo("utun4");
            assertThat(tun.mtu()).isEqualTo(MTU);
            assertThat(tun.offloads()).isEqualTo(Offloads.ALL);
            assertThat(tun.descriptor()).isPositive();
            assertThat(DarwinStub.stub_count(DarwinStub.MTU)).isEqualTo(MTU);
            assertThat((short) DarwinStub.stub_count(DarwinStub.FLAGS)).isEqualTo((short) 0x8011);
            assertThat(DarwinStub.stub_count(DarwinStub.ADDRESSES)).isEqualTo(1);
            byte[] ipv4 = new byte[12];
            DarwinStub.stub_alias(ipv4);
            assertThat(HexFormat.of().formatHex(ipv4)).isEqualTo("64404d0164404d01ffffff00");
            assertThat(DarwinStub.stub_count(DarwinStub.ADDRESSES6)).isEqualTo(1);
            byte[] ipv6 = new byte[32];
            DarwinStub.stub_alias6(ipv6);
            assertThat(HexFormat.of().formatHex(ipv6))
                    .isEqualTo(
                            "fd770000000000000000000000000001"
                                    + "ffffffffffffffff0000000000000000");
            assertThat(DarwinStub.stub_count(DarwinStub.ADDRESS6_FLAGS)).isEqualTo(0x20);
        }
    }

    @Test
    void takes_the_number_that_is_asked_for_or_the_next() throws Exception {
        TunSettings seventh = TunSettings.of("utun7", MTU, Offloads.ALL);
        try (Tun tun = open(seventh);
                Tun other = open(TunSettings.of("utun", MTU, Offloads.ALL))) {
            assertThat(tun.name()).isEqualTo("utun7");
            assertThat(other.name()).isEqualTo("utun4");
            assertUnavailable(seventh, Reason.NAME_TAKEN, "a device with this name exists");
        }
        open(seventh).close();
    }

    @Test
    void counts_what_finds_the_queue_full_and_waits_for_nobody() throws Exception {
        try (Tun tun = open()) {
            int taken = 0;
            while (tun.write(udp(1300).plainFrame(PORT)) == 1) {
                taken++;
            }
            assertThat(taken).isEqualTo(QUEUE_BYTES / (FAMILY + 1328));
            assertThat(tun.drops().count(Drops.Reason.NO_ROOM)).isEqualTo(1);
            assertThat(receiveAll()).hasSize(taken);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, NOT_IP", "30, NOT_IP", "33554432, NOT_IP", "2, LONGER_THAN_MTU"})
    void drops_what_the_kernel_should_not_have_sent(int family, Drops.Reason reason)
            throws Exception {
        try (Tun tun = open()) {
            assertThat(sendAs(family, udp(family == 2 ? MTU : 9).complete(PORT))).isTrue();
            assertThat(send(udp(10).complete(PORT))).isTrue();
            ByteBuffer batch = batch();
            assertThat(tun.read(batch, true)).isEqualTo(1);
            assertThat(plainPackets(batch.flip())).containsExactly(udp(10).complete(PORT));
            assertThat(tun.drops().count(reason)).isEqualTo(1);
            assertThat(tun.drops().total()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void drops_what_is_shorter_than_its_family(int size) throws Exception {
        try (Tun tun = open()) {
            assertThat(DarwinStub.stub_inject(new byte[size], size)).isEqualTo(1);
            assertThat(tun.read(batch(), false)).isZero();
            assertThat(tun.drops().count(Drops.Reason.BAD_LENGTH)).isEqualTo(1);
        }
    }

    @Test
    void goes_on_after_a_signal() throws Exception {
        try (Tun tun = open()) {
            DarwinStub.stub_set(DarwinStub.REFUSE_READ, Darwin.EINTR);
            DarwinStub.stub_set(DarwinStub.REFUSE_POLL, Darwin.EINTR);
            FutureTask<Integer> reader = start(() -> tun.read(batch(), true));
            assertThat(send(udp(1).complete(PORT))).isTrue();
            assertThat(reader.get()).isEqualTo(1);
        }
    }

    @Test
    void tells_reader_and_writer_that_somebody_removed_the_device() throws Exception {
        try (Tun tun = open()) {
            FutureTask<Integer> reader = start(() -> tun.read(batch(), true));
            DarwinStub.stub_remove();
            assertThatThrownBy(reader::get)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody removed it");
            assertThatThrownBy(() -> tun.write(udp(1).plainFrame(PORT)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("writing failed: Socket is not connected (errno 57)")
                    .hasMessageContaining("Connect again");
            assertThatThrownBy(() -> tun.write(udp(9000).superFrame(PORT, 1000)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void tells_the_reader_what_the_system_answered() throws Exception {
        try (Tun tun = open()) {
            DarwinStub.stub_set(DarwinStub.REFUSE_READ, Darwin.EBADF);
            assertThatThrownBy(() -> tun.read(batch(), true))
                    .hasMessageContaining("utun4 does not work any more (reading failed: Bad file");
            DarwinStub.stub_set(DarwinStub.REFUSE_POLL, Darwin.EBADF);
            assertThatThrownBy(() -> tun.read(batch(), true))
                    .hasMessageContaining("waiting failed: Bad file descriptor (errno 9)");
        }
    }

    @Test
    void counts_what_the_system_refuses() throws Exception {
        try (Tun tun = open()) {
            DarwinStub.stub_set(DarwinStub.REFUSE_WRITE, 40);
            assertThat(tun.write(udp(1).plainFrame(PORT))).isZero();
            assertThat(tun.drops().count(Drops.Reason.REFUSED_BY_SYSTEM)).isEqualTo(1);
            DarwinStub.stub_set(DarwinStub.REFUSE_WRITE, Darwin.ENETDOWN);
            assertThat(tun.write(udp(1).plainFrame(PORT))).isZero();
            assertThat(tun.drops().count(Drops.Reason.NO_ROOM)).isEqualTo(1);
        }
    }

    @Test
    void refuses_buffers_that_native_code_can_not_use() throws Exception {
        try (Tun tun = open()) {
            ByteBuffer direct = batch();
            for (ByteBuffer wrong :
                    List.of(
                            ByteBuffer.allocate(8 * 65_583),
                            direct.asReadOnlyBuffer(),
                            direct.duplicate().order(ByteOrder.LITTLE_ENDIAN))) {
                assertThatIllegalArgumentException().isThrownBy(() -> tun.read(wrong, false));
                assertThatIllegalArgumentException().isThrownBy(() -> tun.write(wrong));
            }
        }
    }

    private static void assertUnavailable(TunSettings settings, Reason reason, String words) {
        assertThatThrownBy(() -> open(settings))
                .isInstanceOfSatisfying(
                        TunUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(words)
                .hasMessageContaining("Can't make the network device ")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void says_what_to_do_when_there_is_no_right() {
        DarwinStub.stub_set(DarwinStub.REFUSE_CONNECT, Darwin.EPERM);
        assertUnavailable(SETTINGS, Reason.NO_RIGHT, "Run it as root");
    }

    @Test
    void says_that_the_system_has_no_utun() {
        DarwinStub.stub_set(DarwinStub.WITHOUT_UTUN, 1);
        assertUnavailable(SETTINGS, Reason.NO_DRIVER, "this system has no utun");
    }

    @Test
    void leaves_nothing_when_an_address_is_refused() {
        DarwinStub.stub_set(DarwinStub.REFUSE_ADDRESS, 49);
        assertUnavailable(SETTINGS, Reason.ADDRESS_REFUSED, "refuses the address 100.64.77.1/24");
        assertThat(DarwinStub.stub_count(DarwinStub.DESCRIPTORS)).isZero();
    }

    @Test
    void says_that_there_is_no_ipv6() throws Exception {
        DarwinStub.stub_set(DarwinStub.WITHOUT_IPV6, 1);
        assertUnavailable(SETTINGS, Reason.ADDRESS_REFUSED, "this system has no IPv6");
        open(SETTINGS.withAddresses(TunAddress.parse("100.64.77.1/24"))).close();
    }

    @Test
    void refuses_several_queues() {
        assertThatThrownBy(() -> new MacTunDriver().open(SETTINGS, 3))
                .isInstanceOf(TunUnavailableException.class)
                .hasMessageContaining("a utun device has one");
    }

    @Test
    void the_stub_detects_what_it_is_there_to_detect() throws Exception {
        Tun tun = open();
        int descriptor = tun.descriptor();
        tun.close();
        assertThat(DarwinStub.stub_count(DarwinStub.MISUSES)).isZero();
        Darwin.close(descriptor);
        assertThat(DarwinStub.stub_count(DarwinStub.MISUSES)).isEqualTo(1);
        int blocking = Darwin.socket(Darwin.PF_SYSTEM, Darwin.SOCK_DGRAM, Darwin.SYSPROTO_CONTROL);
        assertThat(DarwinStub.stub_count(DarwinStub.DESCRIPTORS)).isEqualTo(1);
        Darwin.close(blocking);
        DarwinStub.stub_reset();
    }
}
