package org.flowshield.libp2p.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.flowshield.libp2p.multistream.MalformedNegotiationException.Reason;

/**
 * What both sides of a negotiation have in common: reading messages, ending once, and handing over
 * what follows. Removes itself when done; the bytes that it has not read go to the next handlers.
 */
abstract class Negotiator extends ByteToMessageDecoder {

    private final Negotiation negotiation;
    private boolean begun;
    private boolean headerSeen;
    private boolean told;
    private boolean finished;

    Negotiator(Negotiation negotiation) {
        this.negotiation = negotiation;
    }

    /** Called once when the channel can be written to. */
    abstract void begin(ChannelHandlerContext ctx);

    /** The peer speaks multistream-select. */
    abstract void header(ChannelHandlerContext ctx);

    /** Handles a message after the header. */
    abstract void message(ChannelHandlerContext ctx, String message)
            throws MalformedNegotiationException;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.channel().isActive() && ctx.channel().isRegistered()) {
            beginOnce(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        beginOnce(ctx);
        super.channelActive(ctx);
    }

    private void beginOnce(ChannelHandlerContext ctx) {
        if (!begun) {
            begun = true;
            begin(ctx);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        try {
            while (!finished) {
                String message = NegotiationCodec.read(in);
                if (message == null) {
                    return;
                }
                if (headerSeen) {
                    message(ctx, message);
                } else if (message.equals(NegotiationCodec.HEADER)) {
                    headerSeen = true;
                    header(ctx);
                } else {
                    throw new MalformedNegotiationException(Reason.HEADER);
                }
            }
        } catch (MalformedNegotiationException e) {
            fail(ctx, e);
        }
        if (!ctx.isRemoved()) {
            // There is no agreement: what follows has no meaning.
            in.skipBytes(in.readableBytes());
        }
    }

    /** Agrees, unless that was told before, and leaves the pipeline. */
    final void agree(ChannelHandlerContext ctx, ProtocolId protocol) {
        tell(ctx, protocol);
        finished = true;
        ctx.pipeline().remove(this);
    }

    /** Tells of an agreement that the peer has yet to confirm. */
    final void tell(ChannelHandlerContext ctx, ProtocolId protocol) {
        if (!told) {
            told = true;
            negotiation.agreed(ctx, protocol);
        }
    }

    final void fail(ChannelHandlerContext ctx, Throwable cause) {
        if (finished) {
            return;
        }
        finished = true;
        if (told) {
            ctx.fireExceptionCaught(cause);
        } else {
            negotiation.failed(ctx, cause);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownEvent) {
            fail(ctx, new MalformedNegotiationException(Reason.ENDED));
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        fail(ctx, new MalformedNegotiationException(Reason.ENDED));
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (finished) {
            ctx.fireExceptionCaught(cause);
        } else {
            fail(ctx, cause);
        }
    }
}
