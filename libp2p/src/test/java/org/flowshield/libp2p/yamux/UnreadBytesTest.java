package org.flowshield.libp2p.yamux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class UnreadBytesTest {

    private static final int RECORD = 16 * 1024;

    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final UnreadBytes unread = new UnreadBytes();

    @Test
    void gives_bytes_back_in_their_order_whether_copied_or_not() {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String part = String.valueOf((char) ('a' + i % 26)).repeat(1 + i * 7 % 900);
            expected.append(part);
            unread.add(Unpooled.copiedBuffer(part, US_ASCII), allocator);
        }

        assertThat(drain()).isEqualTo(expected.toString());
    }

    @Test
    void keeps_a_large_part_as_it_is() {
        ByteBuf record = record();
        ByteBuf part = record.readRetainedSlice(RECORD - 12);
        record.release();
        unread.add(part, allocator);

        assertThat(unread.peek()).isSameAs(part);
        unread.clear();
        assertThat(record.refCnt()).isZero();
    }

    /**
     * A peer that hides one byte for a stream that nobody reads in each record of others' bytes.
     */
    @Test
    void ten_thousand_single_bytes_do_not_keep_the_records_they_came_in() {
        for (int i = 0; i < 10_000; i++) {
            ByteBuf record = record();
            unread.add(record.readRetainedSlice(1), allocator);
            record.release();
            assertThat(record.refCnt()).isZero();
        }

        assertThat(drain()).hasSize(10_000);
    }

    @Test
    void ten_thousand_small_buffers_become_a_few() {
        for (int i = 0; i < 10_000; i++) {
            unread.add(Unpooled.wrappedBuffer(new byte[] {'x', 'y'}), allocator);
        }
        int buffers = 0;
        for (ByteBuf part = unread.poll(); part != null; part = unread.poll()) {
            buffers++;
            part.release();
        }

        assertThat(buffers).isLessThan(10);
    }

    @Test
    void a_buffer_that_was_given_away_is_not_written_to_any_more() {
        unread.add(Unpooled.wrappedBuffer(new byte[] {1}), allocator);
        ByteBuf given = Objects.requireNonNull(unread.poll());
        unread.add(Unpooled.wrappedBuffer(new byte[] {2}), allocator);

        assertThat(given.readableBytes()).isEqualTo(1);
        given.release();
        unread.clear();
        assertThat(unread.isEmpty()).isTrue();
    }

    private ByteBuf record() {
        return allocator.directBuffer(RECORD, RECORD).writeZero(RECORD);
    }

    private String drain() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf part = unread.poll(); part != null; part = unread.poll()) {
            text.append(part.toString(US_ASCII));
            part.release();
        }
        return text.toString();
    }
}
