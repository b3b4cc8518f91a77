package org.flowshield.libp2p.yamux;

import io.netty.buffer.ByteBuf;

/**
 * The twelve bytes before each frame, big-endian: version, type, flags, stream, length (yamux spec,
 * "Framing"). Names only; a header is never an object, because there is one per packet.
 */
public final class FrameHeader {

    /** Bytes of a header. */
    public static final int LENGTH = 12;

    public static final int VERSION = 0;

    /** Carries {@code length} bytes of a stream. */
    public static final int DATA = 0;

    /** Lets the receiver of this frame send {@code length} bytes more. */
    public static final int WINDOW_UPDATE = 1;

    /** With SYN a question, with ACK the answer; {@code length} is an opaque value. */
    public static final int PING = 2;

    /** The session ends; {@code length} says why. */
    public static final int GO_AWAY = 3;

    public static final int SYN = 1;
    public static final int ACK = 2;
    public static final int FIN = 4;
    public static final int RST = 8;

    /** GoAway: an orderly end. */
    public static final int NORMAL = 0;

    /** GoAway: the peer broke the protocol. */
    public static final int PROTOCOL_ERROR = 1;

    /** GoAway: our fault. */
    public static final int INTERNAL_ERROR = 2;

    private FrameHeader() {}

    static void write(ByteBuf out, int type, int flags, int stream, int length) {
        out.writeLong(((long) type << 48) | ((long) flags << 32) | (stream & 0xffffffffL));
        out.writeInt(length);
    }
}
