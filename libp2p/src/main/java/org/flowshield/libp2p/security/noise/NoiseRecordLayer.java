package org.flowshield.libp2p.security.noise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CoalescingBufferQueue;
import io.netty.handler.codec.UnsupportedMessageTypeException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import org.flowshield.libp2p.security.RecordLayer;
import org.jspecify.annotations.Nullable;

/**
 * Noise's transport phase on an event loop. What is written between two flushes leaves in as few
 * frames as it fits into; a forged frame closes the connection. Event loop only.
 *
 * <p>At most one frame's plaintext waits for a flush, and it counts for the channel's writability;
 * at most one incomplete frame waits for the rest of it.
 */
final class NoiseRecordLayer extends ChannelDuplexHandler implements RecordLayer {

    private static final int FIRST_FRAME = 2048;

    private final NoiseRecordCipher cipher;
    private @Nullable ChannelHandlerContext context;
    private @Nullable CoalescingBufferQueue pending;

    /** The incomplete frame, with its length. */
    private byte[] frame = new byte[FIRST_FRAME];

    private int filled;
    private boolean fired;
    private boolean broken;
    private boolean detached;

    NoiseRecordLayer(NoiseRecordCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        pending = new CoalescingBufferQueue(ctx.channel(), 4, true);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf plaintext = null;
        IOException failure = null;
        try {
            while (in.isReadable() && !broken) {
                int sealed = fill(in);
                if (sealed >= 0) {
                    if (plaintext == null) {
                        plaintext = ctx.alloc().heapBuffer(sealed + in.readableBytes());
                    }
                    open(sealed, plaintext);
                }
            }
        } catch (IOException e) {
            broken = true;
            failure = e;
        } finally {
            in.release();
        }
        deliver(ctx, plaintext);
        if (failure != null) {
            ctx.fireExceptionCaught(failure);
            ctx.close();
        }
    }

    /** Moves bytes into the frame; gives its sealed length once it is complete, else -1. */
    private int fill(ByteBuf in) {
        take(in, NoiseRecordCipher.LENGTH);
        if (filled < NoiseRecordCipher.LENGTH) {
            return -1;
        }
        int sealed = Byte.toUnsignedInt(frame[0]) << Byte.SIZE | Byte.toUnsignedInt(frame[1]);
        int length = NoiseRecordCipher.LENGTH + sealed;
        if (frame.length < length) {
            frame = Arrays.copyOf(frame, NoiseRecordCipher.scratchFor(length));
        }
        take(in, length);
        return filled == length ? sealed : -1;
    }

    private void take(ByteBuf in, int upTo) {
        int taken = Math.min(upTo - filled, in.readableBytes());
        if (taken > 0) {
            in.readBytes(frame, filled, taken);
            filled += taken;
        }
    }

    private void open(int sealed, ByteBuf plaintext) throws IOException {
        int at = plaintext.writerIndex();
        int length =
                cipher.openFrame(
                        frame,
                        NoiseRecordCipher.LENGTH,
                        sealed,
                        plaintext.array(),
                        plaintext.arrayOffset() + at);
        plaintext.writerIndex(at + length);
        filled = 0;
    }

    private void deliver(ChannelHandlerContext ctx, @Nullable ByteBuf plaintext) {
        if (plaintext == null) {
            return;
        }
        if (plaintext.isReadable()) {
            fired = true;
            ctx.fireChannelRead(plaintext);
        } else {
            plaintext.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!fired && !ctx.channel().config().isAutoRead()) {
            ctx.read();
        }
        fired = false;
        ctx.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf plaintext)) {
            ReferenceCountUtil.release(message);
            promise.setFailure(new UnsupportedMessageTypeException(message, ByteBuf.class));
            return;
        }
        queue().add(plaintext, promise);
        while (queue().readableBytes() >= NoiseRecordCipher.MAX_PLAINTEXT) {
            writeFrame(ctx);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        while (!queue().isEmpty()) {
            writeFrame(ctx);
        }
        ctx.flush();
    }

    private void writeFrame(ChannelHandlerContext ctx) {
        ChannelPromise promise = ctx.newPromise();
        ByteBuf plaintext = queue().remove(NoiseRecordCipher.MAX_PLAINTEXT, promise);
        try {
            ctx.write(seal(ctx, plaintext), promise);
        } catch (IOException e) {
            promise.setFailure(e);
            ctx.fireExceptionCaught(e);
            ctx.close();
        } finally {
            plaintext.release();
        }
    }

    private ByteBuf seal(ChannelHandlerContext ctx, ByteBuf plaintext) throws IOException {
        int length = plaintext.readableBytes();
        if (length == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        byte[] scratch = cipher.sealScratch(length);
        plaintext.readBytes(scratch, NoiseRecordCipher.LENGTH, length);
        int framed = cipher.sealFrame(scratch, length);
        return ctx.alloc().directBuffer(framed).writeBytes(scratch, 0, framed);
    }

    private CoalescingBufferQueue queue() {
        if (pending == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return pending;
    }

    @Override
    public Detached detach() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || ctx.isRemoved() || broken || !queue().isEmpty()) {
            throw new IllegalStateException("only a quiet and sound connection can be detached");
        }
        detached = true;
        ByteBuf ciphertext = ctx.alloc().directBuffer(filled).writeBytes(frame, 0, filled);
        ctx.pipeline().remove(this);
        return new Detached(cipher, ciphertext);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        queue().releaseAndFailAll(new ClosedChannelException());
        if (!detached) {
            cipher.close();
        }
    }
}
