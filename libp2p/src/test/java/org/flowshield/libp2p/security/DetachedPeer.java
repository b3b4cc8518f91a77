package org.flowshield.libp2p.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A {@link Peer} whose record layer has left the event loop: the socket is still Netty's here, the
 * sealing and opening is done by the threads that call.
 */
public final class DetachedPeer implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;

    private final Peer peer;
    private final RecordCipher cipher;
    private final ByteBuffer ciphertext = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer plaintext = ByteBuffer.allocateDirect(BUFFER);
    private boolean open = true;

    DetachedPeer(Peer peer, RecordLayer.Detached detached) {
        this.peer = peer;
        this.cipher = detached.cipher();
        append(detached.ciphertext());
    }

    public RecordCipher cipher() {
        return cipher;
    }

    /** Seals and sends; waits until the socket has taken it. */
    public void send(ByteBuffer bytes) throws Exception {
        ByteBuffer records = ByteBuffer.allocateDirect(cipher.sealedLength(bytes.remaining()));
        cipher.seal(bytes, records);
        peer.channel().writeAndFlush(Unpooled.wrappedBuffer(records.flip())).sync();
    }

    /**
     * Hands over plaintext until {@code length} bytes have come or the peer has closed: first what
     * was opened on the event loop, then what this opens.
     */
    public void receive(long length, Consumer<ByteBuffer> sink) throws Exception {
        long left = length;
        while (left > 0) {
            left -= openWhatIsThere(sink);
            if (left <= 0 || !open) {
                return;
            }
            append(peer.next());
        }
    }

    /** The plaintext that the event loop had opened before the hand-over. */
    public long receiveEarlier(Consumer<ByteBuffer> sink) throws Exception {
        long total = 0;
        while (true) {
            ByteBuf next = peer.next();
            if (!next.isReadable()) {
                return total;
            }
            total += next.readableBytes();
            sink.accept(next.nioBuffer());
            next.release();
        }
    }

    private long openWhatIsThere(Consumer<ByteBuffer> sink) throws Exception {
        ciphertext.flip();
        long total = 0;
        int produced;
        do {
            plaintext.clear();
            open &= cipher.open(ciphertext, plaintext);
            produced = plaintext.flip().remaining();
            total += produced;
            sink.accept(plaintext);
        } while (produced > 0 && open);
        ciphertext.compact();
        return total;
    }

    private void append(ByteBuf more) {
        ciphertext.put(more.nioBuffer());
        more.release();
    }

    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        cipher.close();
    }
}
