package org.flowshield.node.wallet.agent;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Arrays;

/**
 * Frames on a socket: four bytes of length, then so many bytes. All goes through one buffer outside
 * the heap, which is wiped after each frame. For use by one thread.
 */
public final class Frames {

    /** A status of 256 accounts has some 30 000 bytes; a request never has a tenth of it. */
    public static final int MAX_FRAME = 64 * 1024;

    private final ByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Integer.BYTES + MAX_FRAME);

    public Frames(ByteChannel channel) {
        this.channel = channel;
    }

    /** Reads a frame of at most so many bytes; the caller wipes it if it is secret. */
    public byte[] read(int atMost) throws IOException {
        fill(Integer.BYTES);
        int length = buffer.getInt(0);
        if (length < 0 || length > Math.min(atMost, MAX_FRAME)) {
            throw new IOException("a frame of " + length + " bytes where " + atMost + " may be");
        }
        try {
            fill(length);
            byte[] frame = new byte[length];
            buffer.get(0, frame);
            return frame;
        } finally {
            wipe();
        }
    }

    /** Writes one; the caller wipes it if it is secret. */
    public void write(byte[] frame) throws IOException {
        if (frame.length > MAX_FRAME) {
            throw new IllegalArgumentException("a frame has at most " + MAX_FRAME + " bytes");
        }
        buffer.clear();
        buffer.putInt(frame.length).put(frame).flip();
        try {
            while (buffer.hasRemaining()) {
                int _ = channel.write(buffer);
            }
        } finally {
            wipe();
        }
    }

    /** Reads exactly so many bytes to the buffer's beginning. */
    private void fill(int length) throws IOException {
        buffer.clear().limit(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the other end hung up");
            }
        }
    }

    private void wipe() {
        buffer.clear();
        byte[] zeros = new byte[4096];
        Arrays.fill(zeros, (byte) 0);
        while (buffer.hasRemaining()) {
            buffer.put(zeros, 0, Math.min(zeros.length, buffer.remaining()));
        }
        buffer.clear();
    }
}
