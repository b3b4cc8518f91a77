package org.flowshield.libp2p.security.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.flowshield.libp2p.security.RecordLayer;
import org.jspecify.annotations.Nullable;

/**
 * Netty's handler, with a limit for what an unauthenticated peer may send, and with a way out of
 * the event loop. Event loop only.
 */
final class TlsRecordLayer extends SslHandler implements RecordLayer {

    /**
     * The most that a peer may send before it is authenticated: an honest flight has less than 3
     * KiB, with a post-quantum key share less than 5 KiB.
     */
    static final int MAX_HANDSHAKE = 16 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
    private static final int ROOM_FOR_ALERT = 512;

    private final SSLEngine engine;
    private final boolean keepsUnfinishedRecords;
    private final Consumer<SSLException> refuse;
    private final RecordBoundary boundary = new RecordBoundary();
    private @Nullable ChannelHandlerContext context;
    private int handshakeBytes;
    private int scanned;
    private boolean decoding;
    private boolean closing;

    /**
     * @param refuse told when the peer sends too much before the handshake is done
     */
    TlsRecordLayer(SSLEngine engine, Consumer<SSLException> refuse) {
        super(engine);
        this.engine = engine;
        this.refuse = refuse;
        this.keepsUnfinishedRecords = engine instanceof ReferenceCountedOpenSslEngine;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        closing = true;
        super.close(ctx, promise);
    }

    @Override
    public void disconnect(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        closing = true;
        super.disconnect(ctx, promise);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws SSLException {
        decoding = true;
        try {
            if (!handshakeFuture().isDone()) {
                decodeHandshakeRecord(ctx, in, out);
            } else if (keepsUnfinishedRecords) {
                boundary.advance(in, in.readerIndex() + scanned, in.readableBytes() - scanned);
                super.decode(ctx, in, out);
                scanned = in.readableBytes();
                raiseRefusal(ctx);
            } else {
                super.decode(ctx, in, out);
            }
        } finally {
            decoding = false;
        }
    }

    /**
     * One whole record at a time, so that the limit counts the handshake and nothing else. Why a
     * handshake failed is told by its future alone: nobody reads behind this handler yet.
     */
    private void decodeHandshakeRecord(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
            throws SSLException {
        if (in.readableBytes() < RecordBoundary.HEADER) {
            return;
        }
        int at = in.readerIndex();
        int length = RecordBoundary.recordLength(in.getByte(at + 3), in.getByte(at + 4));
        if (length > MAX_HANDSHAKE - handshakeBytes) {
            in.skipBytes(in.readableBytes());
            refuse.accept(
                    new SSLException(
                            "the peer sent more than "
                                    + MAX_HANDSHAKE
                                    + " bytes before it was authenticated"));
            ctx.close();
            return;
        }
        if (in.readableBytes() < length) {
            return;
        }
        handshakeBytes += length;
        try {
            super.decode(ctx, in.readSlice(length), out);
        } catch (SSLException e) {
            if (!e.equals(handshakeFuture().cause())) {
                throw e;
            }
            in.skipBytes(in.readableBytes());
        }
    }

    /**
     * A record that BoringSSL refuses makes it queue an alert; the refusal itself comes to light
     * with what is sent next, which may be never.
     */
    private void raiseRefusal(ChannelHandlerContext ctx) throws SSLException {
        if (closing
                || engine.isInboundDone()
                || SSL.getShutdown(((ReferenceCountedOpenSslEngine) engine).sslPointer()) == 0) {
            return;
        }
        try {
            engine.wrap(NOTHING, ByteBuffer.allocateDirect(ROOM_FOR_ALERT));
        } finally {
            ctx.close();
        }
    }

    @Override
    public Detached detach() {
        ChannelHandlerContext ctx = context;
        if (ctx == null
                || ctx.isRemoved()
                || decoding
                || scanned > 0
                || !handshakeFuture().isSuccess()
                || engine.isInboundDone()
                || engine.isOutboundDone()) {
            throw new IllegalStateException("only a quiet and sound connection can be detached");
        }
        ByteBuf unread = internalBuffer();
        ByteBuf ciphertext = ctx.alloc().directBuffer(unread.readableBytes()).writeBytes(unread);
        ReferenceCountUtil.retain(engine);
        ctx.pipeline().remove(this);
        return new Detached(new TlsRecordCipher(engine, boundary), ciphertext);
    }
}
