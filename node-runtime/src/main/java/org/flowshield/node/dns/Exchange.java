package org.flowshield.node.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way to resolvers, one after the other until one answers. Each try has a
 * socket and an id of its own, so that nobody beside the path can guess an answer. The event loop's
 * thread only.
 */
final class Exchange {

    /** What glibc's own resolver waits for longest in all is 5 s; two tries are done within. */
    private static final Duration TRY_FOR = Duration.ofSeconds(2);

    /** Also where there is only one: a packet may get lost. */
    private static final int LEAST_TRIES = 2;

    /** glibc knows no more than three resolvers either. */
    private static final int MOST_TRIES = 3;

    /** Bytes of a message's length in TCP. */
    private static final int LENGTH = 2;

    private final DnsSockets sockets;
    private final List<InetSocketAddress> resolvers;
    private final DnsMessage query;
    private final boolean tcp;
    private final RandomGenerator random;

    /** Told the answer, or null if nobody answered; once. */
    private final Consumer<@Nullable DnsMessage> done;

    private int tries;
    private boolean over;

    Exchange(
            DnsSockets sockets,
            List<InetSocketAddress> resolvers,
            DnsMessage query,
            boolean tcp,
            RandomGenerator random,
            Consumer<@Nullable DnsMessage> done) {
        this.sockets = sockets;
        this.resolvers = resolvers;
        this.query = query;
        this.tcp = tcp;
        this.random = random;
        this.done = done;
    }

    void begin() {
        int most = Math.clamp(resolvers.size(), LEAST_TRIES, MOST_TRIES);
        if (resolvers.isEmpty() || tries >= most) {
            finish(null);
            return;
        }
        InetSocketAddress resolver = resolvers.get(tries++ % resolvers.size());
        Try attempt = new Try(random.nextInt(1 << Short.SIZE));
        ChannelFuture dialled =
                tcp
                        ? sockets.dialTcp(resolver, attempt.overTcp())
                        : sockets.dialUdp(resolver, attempt);
        dialled.addListener(
                outcome -> {
                    if (outcome.isSuccess()) {
                        attempt.ask(dialled.channel());
                    } else {
                        attempt.giveUp(dialled.channel());
                    }
                });
    }

    private void finish(@Nullable DnsMessage answer) {
        if (!over) {
            over = true;
            done.accept(answer);
        }
    }

    /** One socket and what came of it. */
    private final class Try extends SimpleChannelInboundHandler<Object> {

        private final int id;
        private boolean gaveUp;

        Try(int id) {
            this.id = id;
        }

        ChannelInitializer<Channel> overTcp() {
            return new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel channel) {
                    channel.pipeline()
                            .addLast(
                                    new LengthFieldBasedFrameDecoder(
                                            DnsMessage.MAX + LENGTH, 0, LENGTH, 0, LENGTH),
                                    Try.this);
                }
            };
        }

        void ask(Channel channel) {
            ByteBuf message = Unpooled.wrappedBuffer(query.withId(id));
            channel.writeAndFlush(tcp ? framed(message) : message);
            channel.eventLoop()
                    .schedule(() -> giveUp(channel), TRY_FOR.toMillis(), TimeUnit.MILLISECONDS);
        }

        void giveUp(Channel channel) {
            channel.close();
            if (!gaveUp && !over) {
                gaveUp = true;
                begin();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object received) {
            ByteBuf content =
                    received instanceof DatagramPacket packet
                            ? packet.content()
                            : (ByteBuf) received;
            try {
                DnsMessage reply = DnsMessage.parseReply(ByteBufUtil.getBytes(content));
                if (reply.answers(query, id)) {
                    gaveUp = true;
                    context.close();
                    finish(reply);
                }
            } catch (MalformedDnsException expected) {
                // Whoever sent it, the resolver's answer may still come.
            }
        }

        /** A resolver that closes the connection, or whose port is closed, is not waited for. */
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            giveUp(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            giveUp(context.channel());
        }
    }

    static ByteBuf framed(ByteBuf message) {
        return Unpooled.wrappedBuffer(Unpooled.copyShort(message.readableBytes()), message);
    }
}
