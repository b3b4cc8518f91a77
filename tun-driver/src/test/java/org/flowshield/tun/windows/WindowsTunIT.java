package org.flowshield.tun.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.flowshield.tun.Drops;
import org.flowshield.tun.NativeStub;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver for Windows on a stub of Windows; needs gcc. Never was on Windows itself. */
class WindowsTunIT extends TunContract {

    private static final String NAME = "flowshield";
    private static final TunSettings SETTINGS =
            TunSettings.of(NAME, MTU, Offloads.ALL)
                    .withAddresses(
                            TunAddress.parse("100.64.77.1/24"), TunAddress.parse("fd77::1/64"));

    private final byte[] room = new byte[Wintun.MAX_PACKET];
    private Path dll = Path.of("");

    @BeforeEach
    void load() throws Exception {
        dll = WindowsStub.load();
    }

    /** Each packet was given back once, and nothing that was made is left. */
    @AfterEach
    void everything_was_given_back() {
        if (dll.isAbsolute()) { // without gcc there is none
            assertThat(WindowsStub.stub_count(WindowsStub.MISUSES)).as("misuses").isZero();
            assertThat(WindowsStub.stub_count(WindowsStub.RELEASED))
                    .isEqualTo(WindowsStub.stub_count(WindowsStub.TAKEN));
            assertThat(WindowsStub.stub_count(WindowsStub.SESSIONS)).as("sessions").isZero();
            assertThat(WindowsStub.stub_count(WindowsStub.ADAPTERS)).as("adapters").isZero();
            assertThat(WindowsStub.stub_count(WindowsStub.EVENTS)).as("events").isZero();
        }
    }

    private Tun open(TunSettings settings) throws TunUnavailableException {
        return new WindowsTunDriver(dll).open(settings, 1).getFirst();
    }

    @Override
    protected Tun open() throws TunUnavailableException {
        return open(SETTINGS);
    }

    @Override
    protected boolean send(byte[] packet) {
        return WindowsStub.stub_inject(packet, packet.length) == 1;
    }

    @Override
    protected byte @Nullable [] receive() {
        int size = WindowsStub.stub_take(room, room.length);
        return size > 0 ? Arrays.copyOf(room, size) : null;
    }

    /** Waits until the reader has found nothing and is about to wait, or waits. */
    private static void awaitWaitingReader() {
        while (WindowsStub.stub_count(WindowsStub.READER_WAITS) == 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void rows_lie_where_a_compiler_puts_them() {
        assertThat(layout(0, 6))
                .containsExactly(
                        IpHelperRow.INTERFACE_SIZE,
                        IpHelperRow.INTERFACE_FAMILY,
                        IpHelperRow.INTERFACE_LUID,
                        IpHelperRow.INTERFACE_ROUTER_DISCOVERY,
                        IpHelperRow.INTERFACE_DAD_TRANSMITS,
                        IpHelperRow.INTERFACE_SITE_PREFIX_LENGTH,
                        IpHelperRow.INTERFACE_MTU);
        assertThat(layout(10, 13))
                .containsExactly(
                        IpHelperRow.ADDRESS_SIZE,
                        IpHelperRow.ADDRESS_LUID,
                        IpHelperRow.ADDRESS_PREFIX_LENGTH,
                        IpHelperRow.ADDRESS_DAD_STATE);
        assertThat(layout(20, 26))
                .containsExactly(
                        IpHelperRow.ROUTE_SIZE,
                        IpHelperRow.ROUTE_LUID,
                        IpHelperRow.ROUTE_DESTINATION,
                        IpHelperRow.ROUTE_PREFIX_LENGTH,
                        IpHelperRow.ROUTE_NEXT_HOP,
                        IpHelperRow.ROUTE_METRIC,
                        IpHelperRow.ROUTE_PROTOCOL);
        assertThat(layout(30, 30)).containsExactly(IpHelperRow.SOCKET_ADDRESS_SIZE);
    }

    private static List<Integer> layout(int from, int to) {
        List<Integer> offsets = new ArrayList<>();
        for (int what = from; what <= to; what++) {
            offsets.add(WindowsStub.stub_layout(what));
        }
        return offsets;
    }

    @Test
    void sets_the_mtu_and_the_addresses_of_both_families() throws Exception {
        try (Tun tun = open()) {
            assertThat(tun.name()).isEqualTo(NAME);
            assertThat(tun.mtu()).isEqualTo(MTU);
            assertThat(tun.offloads()).isEqualTo(Offloads.ALL);
            assertThat(tun.descriptor()).isEqualTo(-1);
            long luid = WindowsStub.stub_count(WindowsStub.LUID);
            assertThat(WindowsStub.stub_count(WindowsStub.INTERFACES_SET)).isEqualTo(2);
            int[] fields = new int[6];
            assertThat(WindowsStub.stub_interface(0, fields)).isEqualTo(luid);
            assertThat(fields).containsExactly(2, 1, 0, 0, 0, MTU);
            assertThat(WindowsStub.stub_interface(1, fields)).isEqualTo(luid);
            assertThat(fields).containsExactly(23, 1, 0, 0, 64, MTU);

            assertThat(WindowsStub.stub_count(WindowsStub.ADDRESSES_SET)).isEqualTo(2);
            int[] row = new int[4];
            byte[] address = new byte[16];
            assertThat(WindowsStub.stub_address(0, row, address)).isEqualTo(luid);
            assertThat(row).containsExactly(2, 24, 4, 0);
            assertThat(Arrays.copyOf(address, 4)).containsExactly(100, 64, 77, 1);
            assertThat(WindowsStub.stub_address(1, row, address)).isEqualTo(luid);
            assertThat(row).containsExactly(23, 64, 4, 0);
            assertThat(HexFormat.of().formatHex(address))
                    .isEqualTo("fd770000000000000000000000000001");
        }
    }

    @Test
    void waits_for_the_settings_of_a_new_adapter() throws Exception {
        WindowsStub.stub_set(WindowsStub.SETTINGS_AFTER, 3);
        try (Tun tun = open()) {
            assertThat(tun.mtu()).isEqualTo(MTU);
            assertThat(WindowsStub.stub_count(WindowsStub.INTERFACES_SET)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 2097152", "1, 131072", "100000, 67108864"})
    void asks_for_a_ring_that_holds_the_queue(int packets, long capacity) throws Exception {
        try (Tun tun = open(SETTINGS.withQueueLength(packets))) {
            assertThat(WindowsStub.stub_count(WindowsStub.CAPACITY)).isEqualTo(capacity);
            assertThat(send(udp(1).complete(PORT))).isTrue();
            assertThat(tun.read(batch(), true)).isEqualTo(1);
        }
    }

    @Test
    void a_ring_goes_round_many_times() throws Exception {
        try (Tun tun = open(SETTINGS.withQueueLength(1))) {
            ByteBuffer batch = batch();
            for (int i = 0; i < 5_000; i++) {
                byte[] packet = udp(i % (MTU - 28)).complete(PORT);
                assertThat(send(packet)).isTrue();
                assertThat(tun.read(batch.clear(), true)).isEqualTo(1);
                assertThat(plainPackets(batch.flip())).containsExactly(packet);
                assertThat(tun.write(udp(i % 1000).plainFrame(PORT))).isEqualTo(1);
                assertThat(receive()).isEqualTo(udp(i % 1000).complete(PORT));
            }
        }
    }

    @Test
    void counts_what_finds_the_ring_full_and_waits_for_nobody() throws Exception {
        try (Tun tun = open(SETTINGS.withQueueLength(1))) {
            int taken = 0;
            while (tun.write(udp(1300).plainFrame(PORT)) == 1) {
                taken++;
            }
            assertThat(taken).isEqualTo(0x20000 / (8 + 1328));
            assertThat(tun.drops().count(Drops.Reason.NO_ROOM)).isEqualTo(1);
            assertThat(tun.write(udp(5000).superFrame(PORT, 1300))).isZero();
            assertThat(tun.drops().count(Drops.Reason.NO_ROOM)).isEqualTo(5);
            assertThat(receiveAll()).hasSize(taken);
            assertThat(tun.write(udp(5000).superFrame(PORT, 1300))).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-16, BAD_LENGTH",
        "65536, BAD_LENGTH",
        "-1, BAD_LENGTH",
        "-2147483648, BAD_LENGTH",
        "65535, LONGER_THAN_MTU",
        "1421, LONGER_THAN_MTU"
    })
    void believes_no_size_that_a_packet_can_not_have(int size, Drops.Reason reason)
            throws Exception {
        try (Tun tun = open()) {
            assertThat(WindowsStub.SIZE_ZERO).isEqualTo(-16);
            WindowsStub.stub_lie_about_size(size);
            assertThat(send(udp(9).complete(PORT))).isTrue();
            assertThat(send(udp(10).complete(PORT))).isTrue();
            ByteBuffer batch = batch();
            assertThat(tun.read(batch, true)).isEqualTo(1);
            assertThat(plainPackets(batch.flip())).containsExactly(udp(10).complete(PORT));
            assertThat(tun.drops().count(reason)).isEqualTo(1);
            assertThat(tun.drops().total()).isEqualTo(1);
        }
    }

    @Test
    void drops_what_is_no_ip_packet() throws Exception {
        try (Tun tun = open()) {
            assertThat(send(new byte[60])).isTrue();
            assertThat(tun.read(batch(), false)).isZero();
            assertThat(tun.drops().count(Drops.Reason.NOT_IP)).isEqualTo(1);
        }
    }

    @Test
    void tells_reader_and_writer_that_somebody_removed_the_adapter() throws Exception {
        try (Tun tun = open()) {
            FutureTask<Integer> reader = start(() -> tun.read(batch(), true));
            awaitWaitingReader();
            WindowsStub.stub_break(WindowsStub.REMOVED);
            assertThatThrownBy(reader::get)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody removed it");
            assertThatThrownBy(() -> tun.write(udp(1).plainFrame(PORT)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("somebody removed it")
                    .hasMessageContaining("Connect again");
            assertThatThrownBy(() -> tun.write(udp(9000).superFrame(PORT, 1000)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void tells_the_reader_that_the_ring_is_damaged() throws Exception {
        try (Tun tun = open()) {
            WindowsStub.stub_break(WindowsStub.DAMAGED);
            assertThatThrownBy(() -> tun.read(batch(), true))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("error 13: the ring is damaged");
        }
    }

    @Test
    void tells_the_reader_that_it_can_not_wait() throws Exception {
        try (Tun tun = open()) {
            FutureTask<Integer> reader = start(() -> tun.read(batch(), true));
            awaitWaitingReader();
            WindowsStub.stub_break_wait();
            assertThatThrownBy(reader::get)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("waiting failed, error 6");
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

    @ParameterizedTest
    @CsvSource({
        "5, NO_RIGHT, as administrator",
        "183, NAME_TAKEN, an adapter with this name exists",
        "577, NO_DRIVER, signature is not accepted",
        "1275, NO_DRIVER, blocked on this machine",
        "31, SYSTEM_ERROR, net helpmsg 31"
    })
    void says_why_no_adapter_can_be_made(int error, Reason reason, String words) {
        WindowsStub.stub_set(WindowsStub.REFUSE_CREATE, error);
        assertUnavailable(SETTINGS, reason, words);
    }

    private void assertUnavailable(TunSettings settings, Reason reason, String words) {
        assertThatThrownBy(() -> open(settings))
                .isInstanceOfSatisfying(
                        TunUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(words)
                .hasMessageContaining("Can't make the network device " + NAME)
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void takes_nobody_elses_adapter() throws Exception {
        try (Tun tun = open()) {
            assertUnavailable(SETTINGS, Reason.NAME_TAKEN, "an adapter with this name exists");
            assertThat(send(udp(1).complete(PORT))).isTrue();
            assertThat(tun.read(batch(), true)).isEqualTo(1);
        }
    }

    @Test
    void leaves_nothing_when_a_later_step_fails() {
        WindowsStub.stub_set(WindowsStub.REFUSE_SESSION, 8);
        assertUnavailable(SETTINGS, Reason.SYSTEM_ERROR, "starting a session failed, error 8");
        WindowsStub.stub_reset();
        WindowsStub.stub_set(WindowsStub.REFUSE_ADDRESS, 5010);
        assertUnavailable(
                SETTINGS, Reason.ADDRESS_REFUSED, "refuses the address 100.64.77.1/24, error 5010");
        WindowsStub.stub_reset();
        WindowsStub.stub_set(WindowsStub.DRIVER_VERSION, 13);
        assertUnavailable(SETTINGS, Reason.NO_DRIVER, "that runs is version 0.13, and 0.14");
        WindowsStub.stub_set(WindowsStub.DRIVER_VERSION, 0);
        assertUnavailable(SETTINGS, Reason.SYSTEM_ERROR, "asking for the driver's version");
        assertThat(WindowsStub.stub_count(WindowsStub.ADAPTERS)).isZero();
    }

    @Test
    void says_that_ipv6_is_switched_off() throws Exception {
        WindowsStub.stub_set(WindowsStub.WITHOUT_IPV6, 1);
        assertUnavailable(SETTINGS, Reason.ADDRESS_REFUSED, "IPv6 is switched off here");
        TunAddress ipv4 = TunAddress.parse("100.64.77.1/24");
        try (Tun tun = open(SETTINGS.withAddresses(ipv4))) {
            assertThat(tun.mtu()).isEqualTo(MTU);
        }
    }

    @Test
    void refuses_several_queues() {
        assertThatThrownBy(() -> new WindowsTunDriver(dll).open(SETTINGS, 2))
                .isInstanceOf(TunUnavailableException.class)
                .hasMessageContaining("a wintun adapter has one");
    }

    @Test
    void uses_one_dll_from_the_place_that_is_named(@TempDir Path folder) throws Exception {
        open().close();
        Path copy = Files.copy(dll, folder.resolve("wintun.dll"));
        assertNoDriver(copy.toString(), "uses the one at " + dll + " already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wintun.dll", "./wintun.dll", "/usr/lib/../lib/wintun.dll"})
    void searches_nowhere_for_the_dll(String path) {
        assertNoDriver(path, "already");
        assertThatThrownBy(() -> Wintun.requireFile(Path.of(path)))
                .hasMessageContaining("is not an absolute path without detours");
    }

    @Test
    void says_that_the_dll_is_missing_or_no_file(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("wintun.dll");
        assertThatThrownBy(() -> Wintun.requireFile(missing))
                .hasMessage("there is no file " + missing);
        Path link = Files.createSymbolicLink(folder.resolve("link.dll"), dll);
        assertThatThrownBy(() -> Wintun.requireFile(link)).hasMessage("there is no file " + link);
    }

    @Test
    void says_that_the_dll_is_another_version_or_none_at_all(@TempDir Path folder)
            throws Exception {
        Path other = NativeStub.compile(WindowsStub.class, "wintun_stub.c", "-DANOTHER_VERSION");
        assertThatThrownBy(() -> Wintun.open(other))
                .hasMessage(other + " is another version: it lacks WintunSetLogger");
        Path text = Files.writeString(folder.resolve("wintun.dll"), "no library");
        assertThatThrownBy(() -> Wintun.open(text)).hasMessageContaining("does not load");
    }

    @Test
    void says_that_nobody_named_the_dll() {
        assertThat(System.getProperty(WindowsTunDriver.DLL_PROPERTY)).isNull();
        assertThatThrownBy(() -> new WindowsTunDriver().open(SETTINGS, 1))
                .isInstanceOfSatisfying(
                        TunUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NO_DRIVER))
                .hasMessageContaining("nobody said where wintun.dll is")
                .hasMessageContaining("-D" + WindowsTunDriver.DLL_PROPERTY);
    }

    private static void assertNoDriver(String path, String words) {
        assertThatThrownBy(() -> new WindowsTunDriver(Path.of(path)).open(SETTINGS, 1))
                .isInstanceOfSatisfying(
                        TunUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NO_DRIVER))
                .hasMessageContaining("wintun can't be used")
                .hasMessageContaining(words)
                .hasMessageContaining("Install FlowShield again");
    }

    @Test
    void logs_what_the_driver_says_within_bounds() throws Exception {
        Logger logger = Logger.getLogger(WindowsTunDriver.class.getName());
        List<LogRecord> records = new ArrayList<>();
        Handler handler = collecting(records);
        logger.addHandler(handler);
        Level before = logger.getLevel();
        logger.setLevel(Level.FINE);
        try {
            open().close();
            WindowsStub.log(1, "Something\r\nodd \u00e9");
            WindowsStub.log(2, "x".repeat(5000));
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(before);
        }
        assertThat(records).hasSize(3);
        assertThat(records.get(0).getMessage()).isEqualTo("wintun: Made ");
        assertThat(records.get(1).getLevel()).isEqualTo(Level.WARNING);
        assertThat(records.get(1).getMessage()).isEqualTo("wintun: Something  odd \u00e9");
        assertThat(records.get(2).getMessage()).hasSize("wintun: ".length() + 1024);
    }

    private static Handler collecting(List<LogRecord> records) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    @Test
    void the_stub_detects_what_it_is_there_to_detect() throws Exception {
        Tun tun = open();
        assertThat(send(udp(9).complete(PORT))).isTrue();
        long session = 0x30000;
        try (Memory size = new Memory(4)) {
            long address = Pointer.nativeValue(size);
            long packet = Wintun.WintunReceivePacket(session, address);
            assertThat(Wintun.WintunReceivePacket(session, address)).isZero();
            assertThat(Native.getLastError()).isEqualTo(WindowsCalls.ERROR_NO_MORE_ITEMS);
            Wintun.WintunReleaseReceivePacket(session, packet);
            assertThat(WindowsStub.stub_count(WindowsStub.MISUSES)).isZero();
            Wintun.WintunReleaseReceivePacket(session, packet);
            assertThat(WindowsStub.stub_count(WindowsStub.MISUSES)).isEqualTo(1);
            Wintun.WintunAllocateSendPacket(session, 100);
        }
        tun.close();
        assertThat(WindowsStub.stub_count(WindowsStub.MISUSES)).isEqualTo(2);
        Wintun.WintunEndSession(session);
        assertThat(WindowsStub.stub_count(WindowsStub.MISUSES)).isEqualTo(3);
        WindowsStub.stub_reset();
    }
}
