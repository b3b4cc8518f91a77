package org.flowshield.node.tunnel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.flowshield.node.tunnel.path.TestFrames;
import org.flowshield.node.tunnel.queue.Backlog.Overflow;
import org.flowshield.tun.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BacklogTest {

    private static final int MTU = 1420;

    /** CoDel looks at how long frames wait: for these none does. */
    private static final long NO_TIME = 0;

    /** Fills a chunk to the last byte, with what stands before it. */
    private static final int CHUNKFUL = BacklogMemory.CHUNK - 12 - Frame.HEADER;

    private final BacklogMemory memory = new BacklogMemory(16 << 20);
    private final ByteBuffer out = ByteBuffer.allocateDirect(2 * Frame.MAX);

    private static ByteBuffer frames(byte[]... packets) {
        return TestFrames.batch(packets);
    }

    private static byte[] packet(int length, int fill) {
        byte[] packet = new byte[length];
        for (int i = 0; i < length; i++) {
            packet[i] = (byte) (fill + i);
        }
        return packet;
    }

    private List<byte[]> take(Backlog backlog, long now) {
        out.clear();
        int taken = backlog.take(out, MTU, now);
        List<byte[]> packets = TestFrames.packets(out.flip());
        assertThat(packets).hasSize(taken);
        return packets;
    }

    @Test
    void gives_frames_back_as_they_came() {
        Backlog backlog = new Backlog(Frame.MAX, 10, Overflow.DROP_NEWEST, memory);
        ByteBuffer batch = frames(packet(1, 1), packet(1420, 2), packet(40, 3));

        backlog.add(batch, NO_TIME);

        assertThat(batch.hasRemaining()).isFalse();
        assertThat(backlog.isEmpty()).isFalse();
        assertThat(take(backlog, NO_TIME))
                .containsExactly(packet(1, 1), packet(1420, 2), packet(40, 3));
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(take(backlog, NO_TIME)).isEmpty();
    }

    @Test
    void holds_the_longest_frame_to_the_last_byte() {
        Backlog backlog = new Backlog(Frame.MAX, 2, Overflow.DROP_NEWEST, memory);
        backlog.add(frames(packet(Frame.MAX_PACKET, 5)), NO_TIME);
        backlog.add(frames(packet(1, 6)), NO_TIME);

        assertThat(backlog.dropped()).isEqualTo(1);
        assertThat(take(backlog, NO_TIME)).containsExactly(packet(Frame.MAX_PACKET, 5));
    }

    @Test
    void without_room_the_newest_goes_for_bulk() {
        Backlog backlog = new Backlog(Frame.MAX, 2, Overflow.DROP_NEWEST, memory);
        backlog.add(frames(packet(9, 1), packet(9, 2), packet(9, 3), packet(9, 4)), NO_TIME);

        assertThat(backlog.dropped()).isEqualTo(2);
        assertThat(take(backlog, NO_TIME)).containsExactly(packet(9, 1), packet(9, 2));
    }

    @Test
    void without_room_the_oldest_go_for_datagrams() {
        Backlog backlog = new Backlog(Frame.MAX, 3, Overflow.DROP_OLDEST, memory);
        backlog.add(frames(packet(30_000, 1), packet(30_000, 2), packet(9, 3)), NO_TIME);
        backlog.add(frames(packet(60_000, 4)), NO_TIME);

        assertThat(backlog.dropped()).isEqualTo(2);
        assertThat(take(backlog, NO_TIME)).containsExactly(packet(9, 3), packet(60_000, 4));
    }

    @Test
    void takes_only_what_fits_and_goes_on_from_there() {
        Backlog backlog = new Backlog(Frame.MAX, 3, Overflow.DROP_NEWEST, memory);
        backlog.add(frames(packet(100, 1), packet(100, 2)), NO_TIME);

        out.clear().limit(Frame.HEADER + 100 + Frame.HEADER + 99);
        assertThat(backlog.take(out, MTU, NO_TIME)).isEqualTo(1);
        assertThat(take(backlog, NO_TIME)).containsExactly(packet(100, 2));
    }

    @Test
    void drops_and_counts_what_has_stood_too_long() {
        Backlog backlog = new Backlog(Frame.MAX, 4, Overflow.DROP_NEWEST, memory);
        backlog.add(frames(packet(20_000, 1)), NO_TIME);
        take(backlog, NO_TIME);
        backlog.add(frames(packet(20_000, 1), packet(20_000, 2)), NO_TIME);
        out.clear().limit(Frame.HEADER + 20_000);
        backlog.take(out, MTU, CoDel.TARGET);
        backlog.add(frames(packet(20_000, 3), packet(20_000, 4)), CoDel.TARGET);

        List<byte[]> late = take(backlog, CoDel.TARGET + CoDel.INTERVAL);

        assertThat(late).containsExactly(packet(20_000, 3), packet(20_000, 4));
        assertThat(backlog.dropped()).isEqualTo(1);
    }

    @Test
    void the_last_frame_is_never_dropped_for_its_age() {
        Backlog backlog = new Backlog(Frame.MAX, 4, Overflow.DROP_NEWEST, memory);
        for (int i = 1; i < 50; i++) {
            backlog.add(frames(packet(1000, i)), (i - 1) * CoDel.INTERVAL);
            assertThat(take(backlog, i * CoDel.INTERVAL)).containsExactly(packet(1000, i));
        }
        assertThat(backlog.dropped()).isZero();
    }

    @Test
    void without_memory_the_newest_goes_for_bulk_and_the_oldest_for_datagrams() {
        BacklogMemory two = new BacklogMemory(2 * BacklogMemory.CHUNK);
        Backlog bulk = new Backlog(Frame.MAX, 9, Overflow.DROP_NEWEST, two);
        bulk.add(frames(packet(CHUNKFUL, 1), packet(CHUNKFUL, 2), packet(CHUNKFUL, 3)), NO_TIME);
        assertThat(bulk.dropped()).isEqualTo(1);
        assertThat(take(bulk, NO_TIME)).containsExactly(packet(CHUNKFUL, 1), packet(CHUNKFUL, 2));
        assertThat(two.used()).isZero();

        Backlog datagrams = new Backlog(Frame.MAX, 9, Overflow.DROP_OLDEST, two);
        datagrams.add(
                frames(packet(CHUNKFUL, 1), packet(CHUNKFUL, 2), packet(CHUNKFUL, 3)), NO_TIME);
        assertThat(datagrams.dropped()).isEqualTo(1);
        assertThat(take(datagrams, NO_TIME))
                .containsExactly(packet(CHUNKFUL, 2), packet(CHUNKFUL, 3));
    }

    @Test
    void a_backlog_without_a_frame_does_not_make_another_one_drop() {
        BacklogMemory one = new BacklogMemory(BacklogMemory.CHUNK);
        Backlog holds = new Backlog(Frame.MAX, 9, Overflow.DROP_NEWEST, one);
        holds.add(frames(packet(9, 1)), NO_TIME);
        Backlog empty = new Backlog(Frame.MAX, 9, Overflow.DROP_OLDEST, one);

        empty.add(frames(packet(9, 2)), NO_TIME);

        assertThat(empty.dropped()).isEqualTo(1);
        assertThat(take(holds, NO_TIME)).containsExactly(packet(9, 1));
    }

    @Test
    void a_cleared_backlog_holds_nothing() {
        Backlog backlog = new Backlog(Frame.MAX, 9, Overflow.DROP_NEWEST, memory);
        backlog.add(frames(packet(40_000, 1), packet(9, 2)), NO_TIME);

        backlog.clear();

        assertThat(memory.used()).isZero();
        assertThat(backlog.isEmpty()).isTrue();
        backlog.add(frames(packet(9, 3)), NO_TIME);
        assertThat(take(backlog, NO_TIME)).containsExactly(packet(9, 3));
    }

    @Test
    void refuses_to_be_smaller_than_a_frame() {
        assertThatThrownBy(() -> new Backlog(Frame.MAX - 1, 1, Overflow.DROP_NEWEST, memory))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backlog(Frame.MAX, 0, Overflow.DROP_NEWEST, memory))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void behaves_like_a_list_whatever_is_added_and_taken(Overflow overflow) {
        for (long seed = 1; seed <= 40; seed++) {
            new AgainstAList(overflow, seed).run(300);
        }
    }

    /** A backlog and a list with the same rules, driven by one random sequence. */
    private static final class AgainstAList {
        private final Overflow overflow;
        private final long seed;
        private final Random random;
        private final int capacity;
        private final int frameLimit;
        private final Backlog backlog;
        private final ArrayDeque<byte[]> model = new ArrayDeque<>();
        private final BacklogMemory memory = new BacklogMemory(16 << 20);
        private final ByteBuffer out = ByteBuffer.allocateDirect(3 * Frame.MAX);
        private int modelBytes;
        private long modelDropped;

        AgainstAList(Overflow overflow, long seed) {
            this.overflow = overflow;
            this.seed = seed;
            random = new Random(seed);
            capacity = Frame.MAX + random.nextInt(Frame.MAX);
            frameLimit = 1 + random.nextInt(60);
            backlog = new Backlog(capacity, frameLimit, overflow, memory);
        }

        void run(int steps) {
            for (int step = 0; step < steps; step++) {
                if (random.nextBoolean()) {
                    add();
                } else {
                    take();
                }
                assertThat(backlog.isEmpty()).as("seed %d", seed).isEqualTo(model.isEmpty());
                assertThat(backlog.dropped()).as("seed %d", seed).isEqualTo(modelDropped);
                assertThat(memory.used())
                        .as("seed %d", seed)
                        .isBetween((long) modelBytes, mostMemory());
            }
        }

        /** Twelve bytes a frame more, and two chunks that are not full. */
        private long mostMemory() {
            return model.isEmpty() ? 0 : modelBytes + 12L * model.size() + 2 * BacklogMemory.CHUNK;
        }

        private void add() {
            List<byte[]> packets = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int longest = random.nextInt(10) == 0 ? 40_000 : 1420;
                byte[] packet = new byte[1 + random.nextInt(longest)];
                random.nextBytes(packet);
                packets.add(packet);
                addToModel(packet);
            }
            backlog.add(TestFrames.batch(packets), NO_TIME);
        }

        private void addToModel(byte[] packet) {
            int length = Frame.HEADER + packet.length;
            while (model.size() == frameLimit || modelBytes + length > capacity) {
                modelDropped++;
                if (overflow == Overflow.DROP_NEWEST) {
                    return;
                }
                removeFromModel();
            }
            model.add(packet);
            modelBytes += length;
        }

        private byte[] removeFromModel() {
            byte[] packet = model.remove();
            modelBytes -= Frame.HEADER + packet.length;
            return packet;
        }

        private void take() {
            int room = random.nextInt(out.capacity());
            List<byte[]> expected = new ArrayList<>();
            for (int left = room;
                    !model.isEmpty() && Frame.HEADER + model.element().length <= left; ) {
                left -= Frame.HEADER + model.element().length;
                expected.add(removeFromModel());
            }
            out.clear().limit(room);
            assertThat(backlog.take(out, MTU, NO_TIME)).isEqualTo(expected.size());
            assertThat(TestFrames.packets(out.flip()))
                    .as("seed %d", seed)
                    .containsExactly(expected.toArray(byte[][]::new));
        }
    }
}
