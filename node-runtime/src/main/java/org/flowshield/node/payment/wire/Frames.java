package org.flowshield.node.payment.wire;

import static org.flowshield.node.payment.wire.MalformedPaymentException.Reason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.flowshield.libp2p.host.Stream;

/** Messages of less than 16 KiB, each after its length as a uvarint. Stateless. */
public final class Frames {

    /** Bytes of the longest length: two hold 14 bits. */
    private static final int MAX_LENGTH_BYTES = 2;

    private static final int CONTINUES = 0x80;
    private static final int PAYLOAD_BITS = 7;

    private Frames() {}

    /** A body after its length. */
    public static byte[] framed(byte[] body) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(body.length + MAX_LENGTH_BYTES);
        int length = body.length;
        while (length >= CONTINUES) {
            frame.write((length & (CONTINUES - 1)) | CONTINUES);
            length >>>= PAYLOAD_BITS;
        }
        frame.write(length);
        frame.writeBytes(body);
        return frame.toByteArray();
    }

    /** Reads a body of at most so many bytes; empty at the end of the stream. */
    public static Optional<byte[]> read(InputStream in, int most)
            throws IOException, MalformedPaymentException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = readLength(in, first);
        if (length > most) {
            throw new MalformedPaymentException(Reason.LENGTH_ABOVE_LIMIT);
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new MalformedPaymentException(Reason.TRUNCATED);
        }
        return Optional.of(body);
    }

    private static int readLength(InputStream in, int first)
            throws IOException, MalformedPaymentException {
        int length = first & (CONTINUES - 1);
        int current = first;
        for (int read = 1; (current & CONTINUES) != 0; read++) {
            if (read == MAX_LENGTH_BYTES) {
                throw new MalformedPaymentException(Reason.LENGTH_ABOVE_LIMIT);
            }
            current = in.read();
            if (current < 0) {
                throw new MalformedPaymentException(Reason.TRUNCATED);
            }
            if (current == 0) {
                throw new MalformedPaymentException(Reason.LENGTH_NOT_MINIMAL);
            }
            length |= (current & (CONTINUES - 1)) << (read * PAYLOAD_BITS);
        }
        return length;
    }

    /** A peer that says nothing does not hold a stream; interrupted when it has spoken. */
    public static Thread resetAfter(Stream stream, Duration patience) {
        return Thread.ofVirtual()
                .name("stream-impatience")
                .start(
                        () -> {
                            try {
                                Thread.sleep(patience);
                                stream.reset();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // it spoke
                            }
                        });
    }
}
