package org.flowshield.libp2p.multistream;

import io.netty.channel.ChannelHandlerContext;

/** What happens when two peers have agreed, or have not. Called once, on the event loop. */
public interface Negotiation {

    /**
     * The protocol is agreed. Handlers added to the pipeline's end now receive every byte that
     * follows, also those that have already arrived; they are fired when this returns.
     */
    void agreed(ChannelHandlerContext context, ProtocolId protocol);

    /**
     * There is no agreement: {@link ProtocolNotSupportedException}, {@link
     * MalformedNegotiationException}, or what befell the channel. The channel is the callee's to
     * close.
     */
    void failed(ChannelHandlerContext context, Throwable cause);
}
