package org.flowshield.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of one stream that wait for their reader. Holds at most a few times as much memory as there
 * are bytes: a part that keeps a much larger buffer alive, or is so small that its buffer's object
 * outweighs it, is copied. Without that a peer that sends single bytes among others would make us
 * keep every buffer that was read. Not thread-safe.
 */
public final class UnreadBytes {

    /** Copies share buffers of this size. */
    private static final int CHUNK = 4 * 1024;

    /** A part smaller than this costs more as a buffer than as a copy. */
    private static final int SMALL = 512;

    /** A part is kept as it is if it has one byte in so many of the buffer behind it. */
    private static final int SHARE = 4;

    private final ArrayDeque<ByteBuf> parts = new ArrayDeque<>();

    /** The last of the parts if copies can be added to it. */
    private @Nullable ByteBuf tail;

    /** Takes over a part. */
    public void add(ByteBuf part, ByteBufAllocator allocator) {
        int length = part.readableBytes();
        if (length >= SMALL && (long) length * SHARE >= behind(part).capacity()) {
            parts.add(part);
            tail = null;
            return;
        }
        try {
            room(length, allocator).writeBytes(part);
        } finally {
            part.release();
        }
    }

    private ByteBuf room(int length, ByteBufAllocator allocator) {
        ByteBuf last = tail;
        if (last != null && last.writableBytes() >= length) {
            return last;
        }
        int size = Math.max(parts.isEmpty() ? SMALL : CHUNK, length);
        ByteBuf chunk = allocator.directBuffer(size, size);
        parts.add(chunk);
        tail = chunk;
        return chunk;
    }

    private static ByteBuf behind(ByteBuf part) {
        ByteBuf behind = part;
        for (ByteBuf next = part.unwrap(); next != null; next = next.unwrap()) {
            behind = next;
        }
        return behind;
    }

    /** Gives the oldest part to the caller; null if there is none. */
    public @Nullable ByteBuf poll() {
        ByteBuf first = parts.poll();
        if (parts.isEmpty()) {
            tail = null;
        }
        return first;
    }

    /** The oldest part, to be read from; null if there is none. */
    public @Nullable ByteBuf peek() {
        return parts.peek();
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Releases everything. */
    public void clear() {
        for (ByteBuf part = poll(); part != null; part = poll()) {
            part.release();
        }
    }
}
