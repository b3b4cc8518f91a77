package org.flowshield.libp2p.multistream;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.flowshield.libp2p.multistream.MalformedNegotiationException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * multistream-select's messages: a length as uvarint, a text, a line feed that the length counts.
 * Pure.
 */
final class NegotiationCodec {

    /** The first message of each side. */
    static final String HEADER = "/multistream/1.0.0";

    /** The answer to a protocol that is not served. */
    static final String NOT_AVAILABLE = "na";

    /** The largest message with its line feed, as in go-libp2p and js-libp2p. */
    static final int MAX_MESSAGE = 1024;

    private static final int MAX_LENGTH_BYTES = 2;

    private NegotiationCodec() {}

    static void write(ByteBuf out, String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        int length = text.length + 1;
        if (length > 0x7f) {
            out.writeByte(length | 0x80);
            out.writeByte(length >>> 7);
        } else {
            out.writeByte(length);
        }
        out.writeBytes(text);
        out.writeByte('\n');
    }

    /** Reads one message; leaves {@code in} as it is and returns null if it is not complete. */
    static @Nullable String read(ByteBuf in) throws MalformedNegotiationException {
        int start = in.readerIndex();
        int length = length(in);
        if (length < 0 || in.readableBytes() < length) {
            in.readerIndex(start);
            return null;
        }
        String text = in.toString(in.readerIndex(), length - 1, StandardCharsets.UTF_8);
        in.skipBytes(length - 1);
        if (in.readByte() != '\n') {
            throw new MalformedNegotiationException(Reason.LINE_FEED);
        }
        return text;
    }

    private static int length(ByteBuf in) throws MalformedNegotiationException {
        int length = 0;
        for (int i = 0; i < MAX_LENGTH_BYTES; i++) {
            if (!in.isReadable()) {
                return -1;
            }
            int octet = in.readUnsignedByte();
            length |= (octet & 0x7f) << (7 * i);
            if (octet < 0x80) {
                if (octet == 0 && i > 0) {
                    throw new MalformedNegotiationException(Reason.LENGTH);
                }
                if (length == 0 || length > MAX_MESSAGE) {
                    throw new MalformedNegotiationException(Reason.SIZE);
                }
                return length;
            }
        }
        throw new MalformedNegotiationException(Reason.LENGTH);
    }
}
