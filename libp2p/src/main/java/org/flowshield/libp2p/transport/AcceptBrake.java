package org.flowshield.libp2p.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Accepts no faster than connections are looked at: one that is accepted and not yet admitted or
 * refused has a descriptor and is within no limit. The others wait in the kernel's queue. State
 * belongs to the listener's event loop.
 */
final class AcceptBrake extends ChannelInboundHandlerAdapter {

    /** Few beside what a process may open, and enough for an event loop that is busy. */
    static final int AT_A_TIME = 16;

    private int between;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        between++;
        if (between == AT_A_TIME) {
            ctx.channel().config().setAutoRead(false);
        }
        ctx.fireChannelRead(accepted);
    }

    /** A connection of that listener was looked at. Any thread. */
    void lookedAt(Channel listener) {
        listener.eventLoop()
                .execute(
                        () -> {
                            between--;
                            if (between == AT_A_TIME - 1) {
                                listener.config().setAutoRead(true);
                            }
                        });
    }
}
