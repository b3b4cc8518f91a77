package org.flowshield.tun;

import java.nio.ByteBuffer;

/**
 * Adapts frames to a receiver that takes less than the sender gives: cuts super-packets into plain
 * packets as a network card would, and completes checksums. Frames are parsed as if a hostile peer
 * had written them; what does not hold together is dropped and counted.
 *
 * <p>Allocates nothing from frame to frame. One thread; remembers how far a super-packet was cut
 * when there was no more room.
 */
public final class Segmenter {

    /** What became of one frame. */
    public enum Outcome {
        /** It is in the output, whole or in segments. */
        MOVED,
        /** It was not well formed and was counted. */
        DROPPED,
        /** The output has no room for it or its next segment; the input still has it. */
        NO_ROOM,
        /** The input has no whole frame. */
        NO_FRAME
    }

    private static final int IPV4_LENGTH = 2;
    private static final int IPV4_ID = 4;
    private static final int IPV4_CHECKSUM = 10;
    private static final int IPV6_LENGTH = 4;
    private static final int TCP_SEQUENCE = 4;
    private static final int TCP_FIN_AND_PSH = 0x09;
    private static final int TCP_CWR = 0x80;
    private static final int UDP_LENGTH = 4;

    private final int mtu;
    private final Offloads accepted;
    private final Offloads given;
    private final Drops drops;
    private final PacketLayout layout = new PacketLayout();

    /** Segments of the frame at the input's position that are in the output already. */
    private int done;

    /**
     * @param mtu the longest packet that comes out
     * @param accepted what may come in
     * @param given what may come out
     * @param drops counts what was dropped
     */
    public Segmenter(int mtu, Offloads accepted, Offloads given, Drops drops) {
        this.mtu = mtu;
        this.accepted = accepted;
        this.given = given;
        this.drops = drops;
    }

    /**
     * Moves the whole frames at the front of {@code in} to {@code out}. If it returns false, call
     * it again with the rest of the same input and an output that has room for a plain packet, or
     * for the longest frame if super-packets are given.
     *
     * @return false if the output had no room
     * @throws MalformedFrameException if a length can't be believed
     */
    public boolean adapt(ByteBuffer in, ByteBuffer out) throws MalformedFrameException {
        Outcome outcome;
        do {
            outcome = adaptNext(in, out);
        } while (outcome == Outcome.MOVED || outcome == Outcome.DROPPED);
        return outcome == Outcome.NO_FRAME;
    }

    /**
     * Moves one frame.
     *
     * @throws MalformedFrameException if its length can't be believed
     */
    public Outcome adaptNext(ByteBuffer in, ByteBuffer out) throws MalformedFrameException {
        int length = Frame.wholePacketLength(in);
        if (length < 0) {
            return Outcome.NO_FRAME;
        }
        int at = in.position();
        Drops.Reason broken = layout.parseFrame(in, at, mtu, accepted);
        if (broken != null) {
            drops.add(broken);
            skip(in, length);
            return Outcome.DROPPED;
        }
        boolean room =
                isGiven(in, at) ? copy(in, out, length) : cut(in, at + Frame.HEADER, out, length);
        if (!room) {
            return Outcome.NO_ROOM;
        }
        skip(in, length);
        return Outcome.MOVED;
    }

    /** Passes over the frame at the position without counting it. */
    void skip(ByteBuffer in, int length) {
        done = 0;
        in.position(in.position() + Frame.HEADER + length);
    }

    private boolean isGiven(ByteBuffer in, int at) {
        boolean incomplete = Frame.flags(in, at) == Frame.CHECKSUM_INCOMPLETE;
        return switch (Frame.kind(in, at)) {
            case Frame.TCP -> layout.version() == 4 ? given.tcp4() : given.tcp6();
            case Frame.UDP -> given.udp();
            default -> !incomplete || given.checksum();
        };
    }

    private static boolean copy(ByteBuffer in, ByteBuffer out, int length) {
        int whole = Frame.HEADER + length;
        if (out.remaining() < whole) {
            return false;
        }
        move(in, in.position(), out, whole);
        return true;
    }

    private boolean cut(ByteBuffer in, int packet, ByteBuffer out, int length) {
        int headers = layout.headers();
        int payload = length - headers;
        // A plain packet whose checksum is to be completed is a single segment.
        int size = Math.max(Frame.segmentSize(in, packet - Frame.HEADER), 1);
        size = layout.segments() == 1 ? payload : size;
        for (; done < layout.segments(); done++) {
            int offset = done * size;
            int part = Math.min(size, payload - offset);
            if (out.remaining() < Frame.HEADER + headers + part) {
                return false;
            }
            int to = out.position() + Frame.HEADER;
            Frame.put(out, out.position(), Frame.PLAIN, (byte) 0, 0, headers + part);
            out.position(to);
            move(in, packet, out, headers);
            move(in, packet + headers + offset, out, part);
            putNetwork(out, to, headers + part);
            putTransport(out, to, offset, length, headers + part);
        }
        return true;
    }

    private static void move(ByteBuffer in, int from, ByteBuffer out, int length) {
        out.put(out.position(), in, from, length);
        out.position(out.position() + length);
    }

    private void putNetwork(ByteBuffer out, int packet, int length) {
        if (layout.version() == 6) {
            out.putShort(packet + IPV6_LENGTH, (short) (length - PacketLayout.IPV6_HEADER));
            return;
        }
        int id = out.getShort(packet + IPV4_ID) + done;
        out.putShort(packet + IPV4_LENGTH, (short) length);
        out.putShort(packet + IPV4_ID, (short) id);
        out.putShort(packet + IPV4_CHECKSUM, (short) 0);
        int header = (out.get(packet) & 0xf) * 4;
        int sum = Checksums.fold(Checksums.sum(out, packet, header));
        out.putShort(packet + IPV4_CHECKSUM, (short) ~sum);
    }

    private void putTransport(ByteBuffer out, int packet, int offset, int whole, int length) {
        int transport = packet + layout.transport();
        int segment = length - layout.transport();
        if (layout.isTcp()) {
            int sequence = out.getInt(transport + TCP_SEQUENCE);
            out.putInt(transport + TCP_SEQUENCE, sequence + offset);
            int flags = out.get(transport + PacketLayout.TCP_FLAGS);
            flags &= done == 0 ? ~0 : ~TCP_CWR;
            flags &= done == layout.segments() - 1 ? ~0 : ~TCP_FIN_AND_PSH;
            out.put(transport + PacketLayout.TCP_FLAGS, (byte) flags);
        } else {
            out.putShort(transport + UDP_LENGTH, (short) segment);
        }
        int field = transport + layout.checksum();
        // The pseudo header's sum has the whole length in it: exchange it for the segment's.
        int wholeLength = whole - layout.transport();
        int pseudo = Short.toUnsignedInt(out.getShort(field)) + (~wholeLength & 0xffff) + segment;
        out.putShort(field, (short) Checksums.fold(pseudo));
        Checksums.complete(out, transport, field, packet + length, !layout.isTcp());
    }
}
