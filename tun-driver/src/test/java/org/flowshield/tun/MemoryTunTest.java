package org.flowshield.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.flowshield.tun.MemoryTun.Overflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryTunTest {

    private static final int MTU = 1420;
    private static final Packets BULK = Packets.tcp("100.64.0.1", "192.0.2.1", new byte[60_000]);

    private static MemoryTun.Pair pair(Offloads left, Offloads right, Overflow overflow) {
        return MemoryTun.pair(MTU, left, right, overflow, MemoryTun.MIN_QUEUE);
    }

    private static ByteBuffer read(Tun tun, boolean block) throws Exception {
        ByteBuffer batch = ByteBuffer.allocateDirect(4 * Frame.MAX);
        tun.read(batch, block);
        return batch.flip();
    }

    private static <T> FutureTask<T> start(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        Thread.ofPlatform().daemon().start(future);
        return future;
    }

    @Test
    void gives_the_one_what_the_other_was_written() throws Exception {
        try (MemoryTun.Pair pair = pair(Offloads.ALL, Offloads.ALL, Overflow.DROP)) {
            ByteBuffer frame = BULK.superFrame(9, 1000);
            assertThat(pair.left().write(frame)).isEqualTo(1);
            assertThat(read(pair.right(), true)).isEqualTo(frame.flip());
            assertThat(read(pair.right(), false).hasRemaining()).isFalse();
            assertThat(read(pair.left(), false).hasRemaining()).isFalse();
        }
    }

    @Test
    void cuts_super_packets_for_an_end_without_them() throws Exception {
        try (MemoryTun.Pair pair = pair(Offloads.ALL, Offloads.NONE, Overflow.DROP)) {
            pair.left().write(BULK.superFrame(9, 1000));
            ByteBuffer batch = ByteBuffer.allocateDirect(4 * Frame.MAX);
            assertThat(pair.right().read(batch, true)).isEqualTo(60);
        }
    }

    @Test
    void refuses_frames_as_a_real_device_does() throws Exception {
        try (MemoryTun.Pair pair = pair(Offloads.NONE, Offloads.ALL, Overflow.DROP)) {
            assertThat(pair.left().write(BULK.superFrame(9, 1000))).isZero();
            assertThat(pair.left().drops().count(Drops.Reason.NOT_OFFERED)).isEqualTo(1);
            ByteBuffer malformed = Packets.frame(0, 0, 0, new byte[20]).putInt(4, -1);
            assertThatThrownBy(() -> pair.left().write(malformed))
                    .isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void drops_and_counts_what_finds_the_queue_full() throws Exception {
        try (MemoryTun.Pair pair = pair(Offloads.ALL, Offloads.ALL, Overflow.DROP)) {
            int taken = 0;
            for (int i = 0; i < 5; i++) {
                taken += pair.left().write(BULK.superFrame(9, 1000));
            }
            assertThat(taken).isEqualTo(2);
            assertThat(pair.left().drops().count(Drops.Reason.NO_ROOM)).isEqualTo(3);
            assertThat(read(pair.right(), true).remaining())
                    .isEqualTo(2 * BULK.superFrame(9, 1000).capacity());
        }
    }

    @Test
    void a_waiting_writer_loses_nothing() throws Exception {
        try (MemoryTun.Pair pair = pair(Offloads.ALL, Offloads.NONE, Overflow.WAIT)) {
            int rounds = 200;
            FutureTask<Integer> writer =
                    start(
                            () -> {
                                int taken = 0;
                                for (int i = 0; i < rounds; i++) {
                                    taken += pair.left().write(BULK.superFrame(9, 1000));
                                }
                                return taken;
                            });
            ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX);
            int segments = 0;
            while (segments < rounds * 60) {
                segments += pair.right().read(batch.clear(), true);
            }
            assertThat(segments).isEqualTo(rounds * 60);
            assertThat(writer.get()).isEqualTo(rounds);
            assertThat(pair.left().drops().total()).isZero();
        }
    }

    @Test
    void close_wakes_a_reader_and_a_waiting_writer() {
        MemoryTun.Pair pair = pair(Offloads.ALL, Offloads.ALL, Overflow.WAIT);
        FutureTask<ByteBuffer> reader = start(() -> read(pair.left(), true));
        FutureTask<Integer> writer =
                start(
                        () -> {
                            while (true) {
                                pair.left().write(BULK.superFrame(9, 1000));
                            }
                        });
        pair.left().close();
        assertThatThrownBy(reader::get).hasCauseInstanceOf(AsynchronousCloseException.class);
        assertThatThrownBy(writer::get).hasCauseInstanceOf(AsynchronousCloseException.class);
        pair.close();
    }

    @Test
    void a_writer_does_not_wait_for_a_closed_end() throws Exception {
        try (MemoryTun.Pair pair = pair(Offloads.ALL, Offloads.ALL, Overflow.WAIT)) {
            pair.right().close();
            for (int i = 0; i < 5; i++) {
                pair.left().write(BULK.superFrame(9, 1000));
            }
            assertThat(pair.left().drops().count(Drops.Reason.NO_ROOM)).isEqualTo(3);
        }
    }
}
