package org.flowshield.tun;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Gives the frames of a batch, which may come from a hostile peer, to a device that takes plain
 * packets alone. Each frame is parsed and bounded; what does not hold together is dropped and
 * counted. A plain packet is handed on where it lies, a super-packet is cut and completed before.
 *
 * <p>Any thread, each with its own batch; super-packets are cut by one thread at a time. Allocates
 * nothing from packet to packet.
 */
public final class PlainPackets {

    /** Where the packets go. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes one packet of at most the device's MTU with complete checksums. The frame header
         * before it may be overwritten.
         *
         * @param buffer holds the frame, at index {@code at}
         * @param frame the address of the frame
         * @param length of the packet, which begins {@link Frame#HEADER} bytes later
         * @return false if the device did not take it, which was counted
         */
        boolean take(ByteBuffer buffer, int at, long frame, int length) throws IOException;
    }

    /** Two of the longest frames: room for one super-packet's segments at usual sizes. */
    private static final int SCRATCH = 2 * Frame.MAX;

    private final int mtu;
    private final Offloads accepted;
    private final Drops drops;

    /** Guards {@link #segmenter} and {@link #scratch}. */
    private final ReentrantLock cutting = new ReentrantLock();

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
    private final long scratchAddress = NativeBatch.address(scratch);
    private Segmenter segmenter;

    /**
     * @param mtu the longest packet that comes out
     * @param accepted the super-packets that may come in
     * @param drops counts what was dropped
     */
    public PlainPackets(int mtu, Offloads accepted, Drops drops) {
        this.mtu = mtu;
        this.accepted = accepted;
        this.drops = drops;
        segmenter = newSegmenter();
    }

    private Segmenter newSegmenter() {
        return new Segmenter(mtu, accepted, Offloads.NONE, drops);
    }

    /**
     * Hands on the whole frames at the front of {@code batch} and moves its position behind them.
     *
     * @return how many frames were taken whole
     * @throws MalformedFrameException if a length can't be believed
     */
    public int write(ByteBuffer batch, Sink sink) throws IOException, MalformedFrameException {
        PacketLayout layout = new PacketLayout();
        long base = NativeBatch.address(batch);
        int taken = 0;
        int length;
        while ((length = Frame.wholePacketLength(batch)) > 0) {
            int at = batch.position();
            Drops.Reason broken = layout.parseFrame(batch, at, mtu, accepted);
            if (broken != null) {
                drops.add(broken);
                batch.position(at + Frame.HEADER + length);
            } else if (isComplete(batch, at)) {
                taken += sink.take(batch, at, base + at, length) ? 1 : 0;
                batch.position(at + Frame.HEADER + length);
            } else {
                taken += cut(batch, sink) ? 1 : 0;
            }
        }
        return taken;
    }

    private static boolean isComplete(ByteBuffer batch, int at) {
        return Frame.kind(batch, at) == Frame.PLAIN && Frame.flags(batch, at) == 0;
    }

    /** One super-packet, or a plain one whose checksum is incomplete. */
    private boolean cut(ByteBuffer batch, Sink sink) throws IOException, MalformedFrameException {
        cutting.lock();
        boolean finished = false;
        try {
            boolean all = true;
            do {
                finished = segmenter.adaptNext(batch, scratch.clear()) != Segmenter.Outcome.NO_ROOM;
                all &= takeAll(sink);
            } while (!finished);
            return all;
        } finally {
            if (!finished) { // it was in the midst of a packet that nobody will go on with
                segmenter = newSegmenter();
            }
            cutting.unlock();
            Reference.reachabilityFence(this);
        }
    }

    private boolean takeAll(Sink sink) throws IOException {
        boolean all = true;
        int end = scratch.position();
        int at = 0;
        while (at < end) {
            int length = Frame.length(scratch, at);
            all &= sink.take(scratch, at, scratchAddress + at, length);
            at += Frame.HEADER + length;
        }
        return all;
    }
}
