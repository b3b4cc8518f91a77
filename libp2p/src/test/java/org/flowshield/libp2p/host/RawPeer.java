package org.flowshield.libp2p.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.yamux.FrameHeader;
import org.jspecify.annotations.Nullable;

/** A peer that is authenticated, and then writes yamux frames of its own making. */
final class RawPeer implements AutoCloseable {

    private final Socket socket = new Socket();
    private final OutputStream out;

    /** Why reading ended; it always does. */
    volatile @Nullable IOException ended;

    /**
     * @param reads false for a peer that never reads what it is sent
     */
    RawPeer(InetSocketAddress victim, InetAddress from, PrivateKey key, boolean reads)
            throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        if (!reads) {
            socket.setReceiveBufferSize(4096);
        }
        socket.connect(victim);
        out = socket.getOutputStream();
        byte[] encoded = key.publicKey().encoded();
        send(
                Strangers.message("/multistream/1.0.0"),
                Strangers.message("/plaintext/test"),
                new byte[] {(byte) encoded.length},
                encoded,
                Strangers.message("/multistream/1.0.0"),
                Strangers.message("/yamux/1.0.0"));
        if (reads) {
            Thread.ofVirtual().start(this::readAndForget);
        }
    }

    private void readAndForget() {
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            ended = e;
        }
    }

    /** Sends all parts in one write. */
    void send(byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        out.write(all.toByteArray());
    }

    static byte[] frame(int type, int flags, int stream, int length) {
        return ByteBuffer.allocate(FrameHeader.LENGTH)
                .put((byte) FrameHeader.VERSION)
                .put((byte) type)
                .putShort((short) flags)
                .putInt(stream)
                .putInt(length)
                .array();
    }

    /** Opens a stream and says what for. */
    static byte[] open(int stream, String protocol) {
        byte[] header = Strangers.message("/multistream/1.0.0");
        byte[] proposal = Strangers.message(protocol);
        return ByteBuffer.allocate(FrameHeader.LENGTH + header.length + proposal.length)
                .put(
                        frame(
                                FrameHeader.DATA,
                                FrameHeader.SYN,
                                stream,
                                header.length + proposal.length))
                .put(header)
                .put(proposal)
                .array();
    }

    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
