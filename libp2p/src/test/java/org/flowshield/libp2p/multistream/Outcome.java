package org.flowshield.libp2p.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Remembers how a negotiation ended and the text that followed it. */
final class Outcome extends ChannelInboundHandlerAdapter implements Negotiation {

    private final String greeting;
    final StringBuilder followed = new StringBuilder();
    @Nullable ProtocolId protocol;
    @Nullable Throwable failure;

    /**
     * @param greeting what to write at once when agreed
     */
    Outcome(String greeting) {
        this.greeting = greeting;
    }

    @Override
    public void agreed(ChannelHandlerContext context, ProtocolId agreed) {
        protocol = agreed;
        context.pipeline().addLast(this);
        if (!greeting.isEmpty()) {
            ByteBuf out = context.alloc().buffer();
            out.writeCharSequence(greeting, StandardCharsets.US_ASCII);
            context.channel().writeAndFlush(out);
        }
    }

    @Override
    public void failed(ChannelHandlerContext context, Throwable cause) {
        failure = cause;
        context.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        followed.append(bytes.toString(StandardCharsets.US_ASCII));
        bytes.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failure = cause;
    }
}
