package org.flowshield.libp2p.multiformats;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;

/** Messages preceded by their length as a uvarint, as most libp2p protocols frame them. */
public final class Delimited {

    private Delimited() {}

    /**
     * Reads one message.
     *
     * @param max the protocol's bound; nothing is allocated for a longer message
     * @return empty if the stream ended before the message began
     * @throws EOFException if it ended in the middle
     */
    public static Optional<byte[]> read(InputStream source, int max)
            throws IOException, MalformedMultiformatException {
        int first = source.read();
        if (first < 0) {
            return Optional.empty();
        }
        PushbackInputStream whole = new PushbackInputStream(source, 1);
        whole.unread(first);
        long length = Uvarint.read(whole);
        if (length > max) {
            throw new MalformedMultiformatException(
                    Reason.TOO_LONG, "message of " + length + " bytes, at most " + max);
        }
        byte[] message = source.readNBytes((int) length);
        if (message.length < length) {
            throw new EOFException("stream ended in the middle of a message");
        }
        return Optional.of(message);
    }

    /** Writes one message; does not flush. */
    public static void write(OutputStream target, byte[] message) throws IOException {
        target.write(Uvarint.encode(message.length));
        target.write(message);
    }
}
