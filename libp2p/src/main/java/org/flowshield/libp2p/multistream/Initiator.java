package org.flowshield.libp2p.multistream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import org.flowshield.libp2p.multistream.MalformedNegotiationException.Reason;

/** The side that proposes: one protocol after the other until the peer accepts one. */
public final class Initiator extends Negotiator {

    private final List<ProtocolId> candidates;
    private final boolean early;
    private int proposed;

    private Initiator(List<ProtocolId> candidates, boolean early, Negotiation negotiation) {
        super(negotiation);
        this.candidates = List.copyOf(candidates);
        this.early = early;
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("nothing to propose");
        }
    }

    /** Waits for the peer's answer. */
    public static Initiator waiting(List<ProtocolId> candidates, Negotiation negotiation) {
        return new Initiator(candidates, false, negotiation);
    }

    /**
     * Takes the peer's consent for granted, so that data can follow the proposal at once. Should
     * the peer refuse, {@link ProtocolNotSupportedException} is fired through the pipeline.
     */
    public static Initiator early(ProtocolId candidate, Negotiation negotiation) {
        return new Initiator(List.of(candidate), true, negotiation);
    }

    @Override
    void begin(ChannelHandlerContext ctx) {
        ByteBuf out = ctx.alloc().buffer();
        NegotiationCodec.write(out, NegotiationCodec.HEADER);
        NegotiationCodec.write(out, candidates.getFirst().value());
        if (early) {
            ctx.write(out);
            tell(ctx, candidates.getFirst());
            ctx.flush();
        } else {
            ctx.writeAndFlush(out);
        }
    }

    @Override
    void header(ChannelHandlerContext ctx) {
        // Ours went out with the first proposal.
    }

    @Override
    void message(ChannelHandlerContext ctx, String message) throws MalformedNegotiationException {
        ProtocolId candidate = candidates.get(proposed);
        if (message.equals(candidate.value())) {
            agree(ctx, candidate);
        } else if (!message.equals(NegotiationCodec.NOT_AVAILABLE)) {
            throw new MalformedNegotiationException(Reason.UNEXPECTED);
        } else if (++proposed < candidates.size()) {
            ByteBuf out = ctx.alloc().buffer();
            NegotiationCodec.write(out, candidates.get(proposed).value());
            ctx.writeAndFlush(out);
        } else {
            fail(ctx, new ProtocolNotSupportedException(candidates));
        }
    }
}
