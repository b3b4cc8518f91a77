package org.flowshield.node.payment.wire;

import static org.flowshield.node.payment.wire.MalformedPaymentException.Reason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Payment messages over a stream of bytes, each after its length as a uvarint. One thread may
 * receive while others send.
 */
public final class PaymentChannel {

    /** Bytes of the longest length: two hold 14 bits, enough for all that is sent here. */
    private static final int MAX_LENGTH_BYTES = 2;

    private static final int CONTINUES = 0x80;
    private static final int PAYLOAD_BITS = 7;

    private final InputStream in;
    private final OutputStream out;

    public PaymentChannel(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Sends one message in one piece; blocks while the peer does not take it. */
    public void send(PaymentMessage message) throws IOException {
        byte[] frame = framed(PaymentWire.encode(message));
        synchronized (out) { // keeps the messages of two threads apart
            out.write(frame);
            out.flush();
        }
    }

    /** Waits for the next message; empty if the peer has ended the stream between two messages. */
    public Optional<PaymentMessage> receive() throws IOException, MalformedPaymentException {
        Optional<byte[]> body = read(in, PaymentWire.MAX_MESSAGE);
        return body.isEmpty() ? Optional.empty() : Optional.of(PaymentWire.parse(body.get()));
    }

    /** A body after its length. */
    static byte[] framed(byte[] body) {
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
    static Optional<byte[]> read(InputStream in, int most)
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
}
