package org.flowshield.libp2p.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.RecordCipher;
import org.flowshield.libp2p.security.RecordLayer;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.Secured;
import org.flowshield.libp2p.security.WrongPeerException;
import org.jspecify.annotations.Nullable;

/** No security at all: names are believed. For tests of what stands on a security protocol. */
final class PlaintextTransport implements SecureTransport {

    private final PublicKey key;

    PlaintextTransport(PublicKey key) {
        this.key = key;
    }

    @Override
    public ProtocolId id() {
        return new ProtocolId("/plaintext/test");
    }

    @Override
    public Future<Secured> secure(
            Channel channel,
            boolean initiator,
            @Nullable PeerId expected,
            List<ProtocolId> muxers) {
        Promise<Secured> promise = channel.eventLoop().newPromise();
        byte[] encoded = key.encoded();
        channel.pipeline().addLast(new Exchange(expected, promise));
        channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {(byte) encoded.length}, encoded));
        return promise;
    }

    /** Reads the peer's name. */
    private static final class Exchange extends ByteToMessageDecoder {

        private final @Nullable PeerId expected;
        private final Promise<Secured> promise;

        Exchange(@Nullable PeerId expected, Promise<Secured> promise) {
            this.expected = expected;
            this.promise = promise;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            if (!in.isReadable() || in.readableBytes() < 1 + in.getByte(in.readerIndex())) {
                return;
            }
            byte[] encoded = new byte[in.readByte()];
            in.readBytes(encoded);
            try {
                PublicKey key = PublicKey.parse(encoded);
                PeerId peer = PeerId.of(key);
                if (expected != null && !expected.equals(peer)) {
                    promise.tryFailure(new WrongPeerException(expected, peer));
                    return;
                }
                Records records = new Records();
                ctx.pipeline().addLast(records);
                promise.trySuccess(new Secured(peer, key, Optional.empty(), records));
                ctx.pipeline().remove(this);
            } catch (MalformedKeyException e) {
                promise.tryFailure(new IOException(e));
            }
        }
    }

    private static final class Records extends ChannelInboundHandlerAdapter implements RecordLayer {

        private @Nullable ChannelHandlerContext context;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            context = ctx;
        }

        @Override
        public Detached detach() {
            if (context != null) {
                context.pipeline().remove(this);
            }
            return new Detached(new Copy(), Unpooled.buffer());
        }
    }

    /** Records that are nothing but their plaintext. */
    private static final class Copy implements RecordCipher {

        private static final int MAX = 16 * 1024;

        @Override
        public int maxPlaintext() {
            return MAX;
        }

        @Override
        public int sealedLength(int plaintextLength) {
            return plaintextLength;
        }

        @Override
        public void seal(ByteBuffer plaintext, ByteBuffer records) {
            records.put(plaintext);
        }

        @Override
        public boolean open(ByteBuffer records, ByteBuffer plaintext) {
            while (records.hasRemaining() && plaintext.remaining() >= MAX) {
                int part = Math.min(records.remaining(), MAX);
                plaintext.put(records.slice(records.position(), part));
                records.position(records.position() + part);
            }
            return true;
        }

        @Override
        public void close() {
            // There are no keys.
        }
    }
}
