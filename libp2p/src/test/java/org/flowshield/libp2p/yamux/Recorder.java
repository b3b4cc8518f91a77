package org.flowshield.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.AttributeKey;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Remembers what a stream's pipeline was told. */
final class Recorder extends ChannelInboundHandlerAdapter {

    static final AttributeKey<Recorder> KEY = AttributeKey.valueOf(Recorder.class, "of");

    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int readCompletes;
    boolean inputEnded;
    boolean inactive;
    @Nullable Throwable failure;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.channel().attr(KEY).set(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        ByteBuf part = (ByteBuf) message;
        part.readBytes(bytes, part.readableBytes());
        part.release();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        readCompletes++;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        inputEnded |= event == ChannelInputShutdownEvent.INSTANCE;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failure = cause;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        inactive = true;
    }
}
