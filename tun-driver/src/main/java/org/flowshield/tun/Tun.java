package org.flowshield.tun;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A layer-3 network device whose far end is this process.
 *
 * <p>Packets come and go in <em>batches</em>: frames one after another in one direct buffer, each a
 * header of {@link Frame#HEADER} bytes (kind, flags, segment size, length; see {@link Frame}) and
 * an IP packet. A batch is byte for byte what a tunnel lane carries, so that a packet is never
 * copied between the device and the record layer.
 *
 * <p>One thread reads, any number write, each from its own buffer; {@link #close} wakes the reader.
 * Blocking calls belong on platform threads. Buffers are direct and big-endian.
 */
public interface Tun extends AutoCloseable {

    /** The device's name, as the system knows it. */
    String name();

    /** The largest plain packet, in bytes. */
    int mtu();

    /** What the device gives and takes beyond plain packets. */
    Offloads offloads();

    /**
     * What {@link #write} dropped of what it was given, and {@link #read} of what it was handed.
     */
    Drops drops();

    /** The number that poll takes; -1 where the platform has none. */
    int descriptor();

    /**
     * Appends packets to {@code batch} until the device has no more or the buffer has no room for
     * the largest one ({@link Frame#MAX}).
     *
     * @param block true to wait for the first packet
     * @return how many packets; 0 only if {@code block} is false
     * @throws IllegalArgumentException if there is no room for one
     * @throws java.nio.channels.AsynchronousCloseException when the device was closed
     */
    int read(ByteBuffer batch, boolean block) throws IOException;

    /**
     * Writes the whole frames at the front of {@code batch} and moves its position behind them; an
     * incomplete last frame stays. The frames may come from a hostile peer: each is parsed and
     * bounded, and whatever the device needs to be told of it is built from the packet itself. A
     * frame that does not hold together is dropped and counted.
     *
     * <p>The headers of the frames taken are overwritten; bytes outside the frames are as before
     * when this returns. Frames that begin at index 2 or later are the fastest.
     *
     * @return how many packets the device took
     * @throws MalformedFrameException if a length can't be believed, so that the next frame's begin
     *     is unknown
     * @throws java.nio.channels.AsynchronousCloseException when the device was closed
     */
    int write(ByteBuffer batch) throws IOException, MalformedFrameException;

    /**
     * Removes the device; a blocked reader wakes. When this returns nobody is inside a call any
     * more and the device (or this queue of it) is gone. Idempotent, any thread.
     */
    @Override
    void close();
}
