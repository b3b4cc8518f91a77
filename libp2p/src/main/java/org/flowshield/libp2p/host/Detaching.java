package org.flowshield.libp2p.host;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.libp2p.detached.Detachment;
import org.flowshield.libp2p.security.RecordLayer;
import org.flowshield.libp2p.yamux.DetachedSession;
import org.flowshield.libp2p.yamux.YamuxSession;
import org.jspecify.annotations.Nullable;

/**
 * Takes a connection from its event loop, step by step, on that loop:
 *
 * <pre>
 *  all written? --> freeze: ciphertext is set aside, others reset --> flushed --> deregistered
 *      ^   |                                                                          |
 *      +---+ a little later                       records, then frames, give up their state
 * </pre>
 */
final class Detaching {

    /** How often it is looked whether all that was written has left. */
    private static final long RETRY_MILLIS = 1;

    /** Ten seconds of that; then something other than time is missing. */
    private static final int RETRIES = 10_000;

    private final Channel channel;
    private final YamuxSession session;
    private final RecordLayer records;
    private final MuxedStream stream;
    private final Runnable onClose;
    private final EarlyCiphertext early = new EarlyCiphertext();
    private final CompletableFuture<DetachedStream> result = new CompletableFuture<>();
    private int retries;

    Detaching(
            Channel channel,
            YamuxSession session,
            RecordLayer records,
            MuxedStream stream,
            Runnable onClose) {
        this.channel = channel;
        this.session = session;
        this.records = records;
        this.stream = stream;
        this.onClose = onClose;
    }

    CompletableFuture<DetachedStream> start() {
        channel.eventLoop().execute(this::freezeWhenWritten);
        return result;
    }

    private void freezeWhenWritten() {
        try {
            if (!session.nothingToSend(stream.yamux())) {
                if (++retries > RETRIES) {
                    throw new IOException("the peer does not take what was written before");
                }
                channel.eventLoop()
                        .schedule(this::freezeWhenWritten, RETRY_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            stream.detached();
            channel.config().setAutoRead(false);
            channel.pipeline().addFirst(early);
            session.prepareDetach(stream.yamux());
            ChannelHandlerContext first = channel.pipeline().context(early);
            // Completes when everything before it is with the kernel.
            first.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(done -> deregister(done.isSuccess() ? null : done.cause()));
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void deregister(@Nullable Throwable failure) {
        if (failure != null || !channel.isActive()) {
            fail(new IOException("the connection is gone", failure));
            return;
        }
        channel.deregister().addListener(done -> channel.eventLoop().execute(this::handOver));
    }

    private void handOver() {
        ByteBuf unread = Unpooled.directBuffer();
        try {
            if (!channel.isOpen()) {
                throw new IOException("the connection is gone");
            }
            RecordLayer.Detached state = records.detach();
            stream.inbox().drainTo(unread);
            DetachedSession frames = session.takeDetached(stream.yamux(), unread);
            ByteBuf ciphertext = early.after(state.ciphertext());
            result.complete(Detachment.of(channel, state.cipher(), ciphertext, frames, onClose));
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Exception cause) {
        channel.close();
        early.bytes.release();
        onClose.run();
        result.completeExceptionally(cause);
    }

    /** Sets aside what is still read after the record layer has seen its last byte. */
    private static final class EarlyCiphertext extends ChannelInboundHandlerAdapter {

        private final CompositeByteBuf bytes = Unpooled.compositeBuffer(Integer.MAX_VALUE);

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            bytes.addComponent(true, (ByteBuf) message);
        }

        ByteBuf after(ByteBuf first) {
            return Unpooled.wrappedBuffer(first, bytes);
        }
    }
}
