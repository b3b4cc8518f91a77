package org.flowshield.libp2p.yamux;

import io.netty.buffer.ByteBuf;

/**
 * Cuts a flow of bytes into frames. Bodies are passed on as slices as they arrive, so that nothing
 * is copied and nothing waits for the end of a frame; all that is ever kept is a header's beginning
 * and two numbers. Not thread-safe.
 */
final class FrameDecoder {

    /** Receives what the decoder finds. */
    interface Frames {

        /** A header; if it is of Data, {@code length} bytes of body follow. */
        void header(int type, int flags, int stream, int length) throws MalformedFrameException;

        /**
         * The next part of the last header's body; the receiver owns it.
         *
         * @param last true if the body is complete with this; never called for an empty body
         */
        void body(ByteBuf part, boolean last);
    }

    private final Frames frames;
    private long headerHigh;
    private int headerLow;
    private int headerBytes;
    private int bodyLeft;

    FrameDecoder(Frames frames) {
        this.frames = frames;
    }

    /** Reads all of {@code in}, without releasing it. */
    void decode(ByteBuf in) throws MalformedFrameException {
        while (in.isReadable()) {
            if (bodyLeft > 0) {
                int part = Math.min(bodyLeft, in.readableBytes());
                bodyLeft -= part;
                frames.body(in.readRetainedSlice(part), bodyLeft == 0);
            } else if (headerBytes == 0 && in.readableBytes() >= FrameHeader.LENGTH) {
                headerHigh = in.readLong();
                headerLow = in.readInt();
                header();
            } else {
                collect(in.readUnsignedByte());
            }
        }
    }

    private void collect(int octet) throws MalformedFrameException {
        if (headerBytes < Long.BYTES) {
            headerHigh = (headerHigh << Byte.SIZE) | octet;
        } else {
            headerLow = (headerLow << Byte.SIZE) | octet;
        }
        if (++headerBytes == FrameHeader.LENGTH) {
            header();
        }
    }

    private void header() throws MalformedFrameException {
        headerBytes = 0;
        int version = (int) (headerHigh >>> 56);
        int type = (int) (headerHigh >>> 48) & 0xff;
        if (version != FrameHeader.VERSION) {
            throw new MalformedFrameException(MalformedFrameException.Reason.VERSION);
        }
        if (type == FrameHeader.DATA) {
            // A length with the highest bit set is negative here.
            if (headerLow < 0 || headerLow > ReceiveWindow.MAX) {
                throw new MalformedFrameException(MalformedFrameException.Reason.WINDOW_EXCEEDED);
            }
            bodyLeft = headerLow;
        }
        frames.header(type, (int) (headerHigh >>> 32) & 0xffff, (int) headerHigh, headerLow);
    }

    /** Bytes of the current body that have not arrived. */
    int bodyLeft() {
        return bodyLeft;
    }

    /** The part of a header that has arrived. */
    byte[] partialHeader() {
        byte[] part = new byte[headerBytes];
        for (int i = 0; i < headerBytes; i++) {
            long word = i < Long.BYTES ? headerHigh : headerLow;
            int last = i < Long.BYTES ? Math.min(headerBytes, Long.BYTES) : headerBytes;
            part[i] = (byte) (word >>> ((last - 1 - i) * Byte.SIZE));
        }
        return part;
    }
}
