package org.flowshield.libp2p.host;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.util.function.Consumer;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before everything else in the pipeline of a peer that is not authenticated: counts what it
 * sends, and can hang up without asking the handlers behind, which would still say goodbye. Event
 * loop only, but for {@link #hangUp(Channel)}.
 */
final class Unauthenticated extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Unauthenticated.class);

    private final ConnectionScope scope;
    private final CautiousReads reads;
    private final Consumer<IOException> refuse;

    /**
     * @param refuse told when the peer has sent too much
     */
    Unauthenticated(ConnectionScope scope, CautiousReads reads, Consumer<IOException> refuse) {
        this.scope = scope;
        this.reads = reads;
        this.refuse = refuse;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (scope.acceptUnauthenticated(bytes.readableBytes())) {
            ctx.fireChannelRead(bytes);
        } else {
            bytes.release();
            refuse.accept(new IOException("the peer sent too much before it was authenticated"));
        }
    }

    /** The peer is known. */
    void end(Channel channel) {
        reads.end();
        channel.pipeline().remove(this);
    }

    /** Closes at once, by a reset, past all handlers; nothing stays in the kernel. Any thread. */
    static void hangUp(Channel channel) {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(() -> hangUp(channel));
            return;
        }
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException e) {
            LOG.debug("{} is gone", channel, e);
        }
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first == null) {
            channel.close();
        } else {
            first.close();
        }
    }
}
