package org.flowshield.node.tunnel.control;

import static org.flowshield.node.tunnel.control.MalformedControlException.Reason;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Control messages over a stream of bytes, each after its length as a uvarint. Reads not one byte
 * more than the message asked for, because a lane's packets may follow. One thread may receive
 * while others send.
 */
public final class ControlChannel {

    /**
     * Bytes of the longest length: two hold 14 bits, enough for {@link TunnelControl#MAX_MESSAGE}.
     */
    private static final int MAX_LENGTH_BYTES = 2;

    private static final int CONTINUES = 0x80;
    private static final int PAYLOAD_BITS = 7;

    private final InputStream in;
    private final OutputStream out;

    public ControlChannel(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Sends one message in one piece; blocks while the peer does not take it. */
    public void send(ControlMessage message) throws IOException {
        byte[] body = TunnelControl.encode(message);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(body.length + MAX_LENGTH_BYTES);
        int length = body.length;
        while (length >= CONTINUES) {
            frame.write((length & (CONTINUES - 1)) | CONTINUES);
            length >>>= PAYLOAD_BITS;
        }
        frame.write(length);
        frame.writeBytes(body);
        synchronized (out) { // keeps the messages of two threads apart
            out.write(frame.toByteArray());
            out.flush();
        }
    }

    /** Waits for the next message; empty if the peer has ended the stream between two messages. */
    public Optional<ControlMessage> receive() throws IOException, MalformedControlException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = readLength(first);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new MalformedControlException(Reason.TRUNCATED);
        }
        return Optional.of(TunnelControl.parse(body));
    }

    private int readLength(int first) throws IOException, MalformedControlException {
        int length = first & (CONTINUES - 1);
        int current = first;
        for (int read = 1; (current & CONTINUES) != 0; read++) {
            if (read == MAX_LENGTH_BYTES) {
                throw new MalformedControlException(Reason.LENGTH_ABOVE_LIMIT);
            }
            current = in.read();
            if (current < 0) {
                throw new MalformedControlException(Reason.TRUNCATED);
            }
            if (current == 0) {
                throw new MalformedControlException(Reason.LENGTH_NOT_MINIMAL);
            }
            length |= (current & (CONTINUES - 1)) << (read * PAYLOAD_BITS);
        }
        if (length > TunnelControl.MAX_MESSAGE) {
            throw new MalformedControlException(Reason.LENGTH_ABOVE_LIMIT);
        }
        return length;
    }
}
