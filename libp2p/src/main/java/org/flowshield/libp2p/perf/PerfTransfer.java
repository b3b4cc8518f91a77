package org.flowshield.libp2p.perf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.host.PeerTimeoutException;
import org.jspecify.annotations.Nullable;

/** What both ends of a measurement do: send so many bytes, count what comes. Event loop only. */
abstract class PerfTransfer extends ChannelInboundHandlerAdapter {

    /** One yamux frame's worth; the same zeros each time. */
    private static final ByteBuf BLOCK =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(64 * 1024).writeZero(64 * 1024));

    private final Duration patience;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private @Nullable Future<?> watch;
    private boolean sending;
    private boolean feeding;
    private long left;
    private long moved;
    private long movedBefore = -1;

    PerfTransfer(Duration patience) {
        this.patience = patience;
    }

    /** Completes when this end has nothing more to do. Any thread. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Bytes have come; the receiver does not keep the buffer. */
    abstract void received(ChannelHandlerContext ctx, ByteBuf bytes) throws IOException;

    /** The peer will send no more. */
    abstract void peerEnded(ChannelHandlerContext ctx) throws IOException;

    /** Everything was handed to the connection. */
    abstract void sent();

    /** Begins to send so many bytes and then ends our direction. */
    final void send(ChannelHandlerContext ctx, long bytes) {
        left = bytes;
        sending = true;
        feed(ctx);
    }

    final void finish() {
        done.complete(null);
    }

    private void feed(ChannelHandlerContext ctx) {
        if (!sending || feeding) {
            return;
        }
        feeding = true;
        while (left > 0 && ctx.channel().isWritable()) {
            int part = (int) Math.min(BLOCK.capacity(), left);
            ctx.write(BLOCK.retainedSlice(0, part), ctx.voidPromise());
            left -= part;
            moved += part;
        }
        ctx.flush();
        feeding = false;
        if (left == 0) {
            sending = false;
            ((DuplexChannel) ctx.channel())
                    .shutdownOutput()
                    .addListener(
                            ended -> {
                                if (ended.isSuccess()) {
                                    sent();
                                } else {
                                    fail(ended.cause());
                                }
                            });
        }
    }

    private void fail(Throwable cause) {
        done.completeExceptionally(cause);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        watch =
                ctx.executor()
                        .scheduleWithFixedDelay(
                                this::watch,
                                patience.toNanos(),
                                patience.toNanos(),
                                TimeUnit.NANOSECONDS);
    }

    private void watch() {
        if (moved == movedBefore) {
            fail(new PeerTimeoutException(patience, new IOException("no byte moved")));
        }
        movedBefore = moved;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        feed(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
        ByteBuf bytes = (ByteBuf) message;
        try {
            moved += bytes.readableBytes();
            received(ctx, bytes);
        } finally {
            bytes.release();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws IOException {
        if (event instanceof ChannelInputShutdownEvent) {
            peerEnded(ctx);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(new ClosedChannelException());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (watch != null) {
            watch.cancel(false);
        }
    }
}
