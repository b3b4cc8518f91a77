package org.flowshield.libp2p.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.function.Supplier;
import org.flowshield.libp2p.multistream.MalformedNegotiationException.Reason;

/**
 * The side that answers proposals, also when several come at once, and accepts the first served.
 */
public final class Responder extends Negotiator {

    /** Nobody has more protocols to offer; without a bound a peer could propose for ever. */
    static final int MAX_PROPOSALS = 64;

    private final Supplier<List<ProtocolId>> served;
    private final int maxProposals;
    private int proposals;

    /**
     * @param served asked at each proposal, on the event loop
     */
    public Responder(Supplier<List<ProtocolId>> served, Negotiation negotiation) {
        this(served, MAX_PROPOSALS, negotiation);
    }

    /**
     * @param maxProposals after so many in vain the peer is given up
     */
    public Responder(Supplier<List<ProtocolId>> served, int maxProposals, Negotiation negotiation) {
        super(negotiation);
        this.served = served;
        this.maxProposals = maxProposals;
    }

    @Override
    void begin(ChannelHandlerContext ctx) {
        // The header waits for the peer's, to leave together with the first answer.
    }

    @Override
    void header(ChannelHandlerContext ctx) {
        write(ctx, NegotiationCodec.HEADER);
    }

    @Override
    void message(ChannelHandlerContext ctx, String message) throws MalformedNegotiationException {
        if (++proposals > maxProposals) {
            throw new MalformedNegotiationException(Reason.TOO_MANY_PROPOSALS);
        }
        for (ProtocolId protocol : served.get()) {
            if (protocol.value().equals(message)) {
                write(ctx, message);
                agree(ctx, protocol);
                ctx.flush();
                return;
            }
        }
        write(ctx, NegotiationCodec.NOT_AVAILABLE);
    }

    private static void write(ChannelHandlerContext ctx, String message) {
        ByteBuf out = ctx.alloc().buffer();
        NegotiationCodec.write(out, message);
        ctx.write(out);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        ctx.flush();
        super.channelReadComplete(ctx);
    }
}
