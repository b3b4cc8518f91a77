package org.flowshield.libp2p.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.Secured;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.libp2p.security.noise.MalformedNoiseException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Carries the handshake's messages over a channel, then gives its place to a {@link
 * NoiseRecordLayer}. Event loop only.
 */
final class NoiseHandshakeHandler extends ChannelInboundHandlerAdapter {

    /**
     * The largest handshake message we take. An honest one has 200 bytes with an Ed25519 key, 1.8
     * KiB with an RSA key of 4096 bits.
     */
    static final int MAX_MESSAGE = 4 * 1024;

    private static final byte[] NOTHING = {};

    private final XxHandshake handshake;
    private final boolean initiator;
    private final byte[] payload;
    private final @Nullable PeerId expected;
    private final List<ProtocolId> muxers;
    private final Promise<Secured> outcome;

    private byte[] frame = new byte[Short.BYTES];
    private int filled;
    private @Nullable HandshakePayload peer;
    private boolean over;
    private boolean secured;

    /**
     * @param payload what we say of ourselves once it is protected
     * @param outcome completed when the record layer is in its place
     */
    NoiseHandshakeHandler(
            XxHandshake handshake,
            boolean initiator,
            byte[] payload,
            @Nullable PeerId expected,
            List<ProtocolId> muxers,
            Promise<Secured> outcome) {
        this.handshake = handshake;
        this.initiator = initiator;
        this.payload = payload;
        this.expected = expected;
        this.muxers = List.copyOf(muxers);
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            fail(ctx, new EOFException("the connection closed before the Noise handshake"));
            return;
        }
        try {
            proceed(ctx);
        } catch (IOException e) {
            fail(ctx, e);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && !over) {
                read(ctx, in);
            }
            if (secured && in.isReadable()) {
                ctx.fireChannelRead(in.retain());
            }
        } catch (IOException e) {
            fail(ctx, e);
        } finally {
            in.release();
        }
    }

    private void read(ChannelHandlerContext ctx, ByteBuf in) throws IOException {
        int taken = Math.min(frame.length - filled, in.readableBytes());
        in.readBytes(frame, filled, taken);
        filled += taken;
        if (filled < frame.length) {
            return;
        }
        if (frame.length == Short.BYTES) {
            expectBody();
        }
        if (filled < frame.length) {
            return;
        }
        byte[] message = Arrays.copyOfRange(frame, Short.BYTES, frame.length);
        frame = new byte[Short.BYTES];
        filled = 0;
        accept(handshake.read(message));
        proceed(ctx);
    }

    private void expectBody() throws MalformedNoiseException {
        int length = Byte.toUnsignedInt(frame[0]) << Byte.SIZE | Byte.toUnsignedInt(frame[1]);
        if (length > MAX_MESSAGE) {
            throw new MalformedNoiseException(
                    Reason.TOO_LONG,
                    "a handshake message of " + length + " bytes, more than " + MAX_MESSAGE);
        }
        if (length == 0) {
            throw new MalformedNoiseException(Reason.TOO_SHORT, "an empty handshake message");
        }
        frame = Arrays.copyOf(frame, Short.BYTES + length);
    }

    private void accept(byte[] received) throws IOException {
        byte[] staticKey = handshake.remoteStatic();
        if (staticKey.length == 0) {
            return;
        }
        HandshakePayload parsed = HandshakePayload.parse(received, staticKey);
        PeerId actual = PeerId.of(parsed.identity());
        if (expected != null && !expected.equals(actual)) {
            throw new WrongPeerException(expected, actual);
        }
        peer = parsed;
    }

    private void proceed(ChannelHandlerContext ctx) throws IOException {
        if (handshake.writesNext()) {
            byte[] message = handshake.write(handshake.protectsNext() ? payload : NOTHING);
            ByteBuf framed = ctx.alloc().buffer(Short.BYTES + message.length);
            framed.writeShort(message.length).writeBytes(message);
            ctx.writeAndFlush(framed)
                    .addListener(
                            written -> {
                                if (!written.isSuccess()) {
                                    fail(ctx, new IOException(written.cause()));
                                }
                            });
        }
        if (handshake.finished() && peer != null && !over) {
            succeed(ctx, peer);
        }
    }

    private void succeed(ChannelHandlerContext ctx, HandshakePayload proven) {
        over = true;
        secured = true;
        XxHandshake.Keys keys = handshake.split();
        handshake.close();
        var records = new NoiseRecordLayer(new NoiseRecordCipher(keys.sending(), keys.receiving()));
        ctx.pipeline().replace(this, null, records);
        PublicKey key = proven.identity();
        outcome.trySuccess(
                new Secured(PeerId.of(key), key, proven.muxer(initiator, muxers), records));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!over && !ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, new EOFException("the peer closed the connection during the Noise handshake"));
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, cause instanceof IOException ? cause : new IOException(cause));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        handshake.close();
    }

    private void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (!over) {
            over = true;
            handshake.close();
            outcome.tryFailure(cause);
            ctx.close();
        }
    }
}
