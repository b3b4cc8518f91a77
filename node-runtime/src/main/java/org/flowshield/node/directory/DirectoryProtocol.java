package org.flowshield.node.directory;

import com.google.protobuf.ByteString;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multiformats.Uvarint;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.node.directory.MalformedDirectoryException.Reason;

/** The protocol's name and how its messages are framed. Stateless. */
public final class DirectoryProtocol {

    public static final ProtocolId ID = new ProtocolId("/flowshield/directory/1.0.0");

    /** Bytes: 64 keys, or a query. */
    static final int MAX_REQUEST = 4 * 1024;

    /** Bytes: a hundred entries of some KiB, or 16 branches of a thousand records. */
    static final int MAX_ANSWER = 1024 * 1024;

    private DirectoryProtocol() {}

    static byte[] framed(byte[] body) {
        return ByteBuffer.allocate(Uvarint.size(body.length) + body.length)
                .put(Uvarint.encode(body.length))
                .put(body)
                .array();
    }

    /**
     * Reads a message of at most so many bytes; its memory grows as its bytes come.
     *
     * @throws EOFException if the stream ends before
     */
    static ByteString read(InputStream in, int most)
            throws IOException, MalformedDirectoryException {
        long length;
        try {
            length = Uvarint.read(in);
        } catch (MalformedMultiformatException e) {
            throw new MalformedDirectoryException(Reason.LENGTH);
        }
        if (length > most) {
            throw new MalformedDirectoryException(Reason.TOO_LONG);
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw new EOFException("the stream ended within a message");
        }
        return ByteString.copyFrom(body);
    }
}
