package org.flowshield.tun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.flowshield.tun.Frame;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Segmenter;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunDevices;
import org.flowshield.tun.TunSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TCP between two kernels' network stacks (namespaces) whose devices are joined by copying. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinuxTunTcpIT {

    private static final int MTU = 1420;
    private static final int BYTES = 32 << 20;

    private NetworkNamespace left;
    private NetworkNamespace right;
    private final AtomicInteger superPackets = new AtomicInteger();

    @BeforeEach
    void make_two_namespaces() throws Exception {
        left = NetworkNamespace.create();
        right = NetworkNamespace.create();
    }

    @AfterEach
    void close_them() {
        for (NetworkNamespace made : new NetworkNamespace[] {left, right}) {
            if (made != null) { // without root there is none
                made.close();
            }
        }
    }

    private static Tun open(NetworkNamespace in, int host, Offloads offloads) throws Exception {
        TunSettings settings =
                TunSettings.of("fstest" + host, MTU, offloads)
                        .withAddresses(
                                TunAddress.parse("100.64.77." + host + "/24"),
                                TunAddress.parse("fd77::" + host + "/64"));
        return in.call(() -> TunDevices.open(settings));
    }

    private FutureTask<Void> copy(Tun from, Tun to) {
        FutureTask<Void> copier =
                new FutureTask<>(
                        () -> {
                            ByteBuffer batch = ByteBuffer.allocateDirect(8 * Frame.MAX);
                            ByteBuffer adapted = ByteBuffer.allocateDirect(8 * Frame.MAX);
                            Segmenter segmenter =
                                    new Segmenter(
                                            MTU, from.offloads(), to.offloads(), from.drops());
                            while (true) {
                                from.read(batch.clear(), true);
                                batch.flip();
                                count(batch);
                                boolean done;
                                do {
                                    done = segmenter.adapt(batch, adapted.clear());
                                    to.write(adapted.flip());
                                } while (!done);
                            }
                        });
        Thread.ofPlatform().daemon().start(copier);
        return copier;
    }

    private void count(ByteBuffer batch) {
        int at = batch.position();
        while (at < batch.limit()) {
            superPackets.addAndGet(Frame.kind(batch, at) == Frame.TCP ? 1 : 0);
            at += Frame.HEADER + Frame.length(batch, at);
        }
    }

    /** Sends from left to right and returns whether it arrived as it was. */
    private boolean transfers(String address) throws Exception {
        byte[] bytes = new byte[BYTES];
        new Random(7).nextBytes(bytes);
        CRC32 sent = new CRC32();
        sent.update(bytes);
        try (ServerSocket server =
                right.call(() -> new ServerSocket(0, 1, InetAddress.ofLiteral(address)))) {
            FutureTask<Long> receiver = new FutureTask<>(() -> receive(server));
            Thread.ofPlatform().daemon().start(receiver);
            try (Socket socket = left.call(Socket::new)) {
                left.call(
                        () -> {
                            socket.connect(new InetSocketAddress(address, server.getLocalPort()));
                            return null;
                        });
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                return receiver.get() == sent.getValue();
            }
        }
    }

    private static long receive(ServerSocket server) throws Exception {
        CRC32 received = new CRC32();
        byte[] part = new byte[1 << 16];
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            int length;
            while ((length = in.read(part)) > 0) {
                received.update(part, 0, length);
            }
        }
        return received.getValue();
    }

    private void join(Offloads leftOffloads, Offloads rightOffloads) throws Exception {
        Tun one = open(left, 1, leftOffloads);
        Tun other = open(right, 2, rightOffloads);
        FutureTask<Void> there = copy(one, other);
        FutureTask<Void> back = copy(other, one);
        try {
            assertThat(transfers("100.64.77.2")).as("IPv4").isTrue();
            assertThat(transfers("fd77::2")).as("IPv6").isTrue();
        } finally {
            one.close();
            other.close();
        }
        for (FutureTask<Void> copier : List.of(there, back)) {
            assertThatThrownBy(copier::get).hasCauseInstanceOf(AsynchronousCloseException.class);
        }
        assertThat(one.drops().total()).as("%s", one.drops()).isZero();
        assertThat(other.drops().total()).as("%s", other.drops()).isZero();
    }

    @Test
    void goes_in_super_packets_where_both_take_them() throws Exception {
        join(Offloads.ALL, Offloads.ALL);
        // Were each of 20 KiB only.
        assertThat(superPackets.get()).isBetween(2 * BYTES / 65_536, 2 * BYTES / 20_000);
    }

    @Test
    void goes_to_a_device_without_offloads() throws Exception {
        join(Offloads.ALL, Offloads.NONE);
        assertThat(superPackets.get()).isPositive();
    }

    @Test
    void goes_between_devices_that_leave_only_the_checksum() throws Exception {
        Offloads checksum = new Offloads(true, false, false, false);
        join(checksum, checksum);
        assertThat(superPackets.get()).isZero();
    }
}
