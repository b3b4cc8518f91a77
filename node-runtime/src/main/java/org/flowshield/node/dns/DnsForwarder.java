package org.flowshield.node.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the sessions' questions for names at their gateway, by asking the provider's resolvers:
 * UDP by UDP, TCP by TCP. Who is no session gets no answer. One event loop runs it; the methods are
 * for any thread.
 */
public final class DnsForwarder implements AutoCloseable {

    public static final int PORT = 53;

    private static final Logger LOG = LoggerFactory.getLogger(DnsForwarder.class);

    /** A query has one name of 255 bytes and some options. */
    private static final int LONGEST_QUERY = 4096;

    /** Connections at a time; one of a session carries many questions. */
    private static final int MOST_CONNECTIONS = 256;

    /** RFC 7766 section 6.2.3 asks for some seconds. */
    private static final int IDLE_SECONDS = 10;

    private static final int LENGTH = 2;

    /** How often a port is chosen that is free for both, before it is given up. */
    private static final int PORT_CHOICES = 16;

    private final Predicate<InetAddress> isSession;
    private final SecureRandom random;
    private final DnsSockets sockets;

    private volatile List<InetSocketAddress> resolvers;
    private volatile int inFlight;

    // The event loop's.
    private final QueryLimits limits = new QueryLimits();
    private int connections;

    /** Complete before the first question comes. */
    private final List<InetSocketAddress> listening = new ArrayList<>();

    private final LongAdder asked = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder overLimit = new LongAdder();
    private final LongAdder strangers = new LongAdder();

    private DnsForwarder(
            Predicate<InetAddress> isSession,
            List<InetSocketAddress> resolvers,
            SecureRandom random,
            DnsSockets sockets) {
        this.isSession = isSession;
        this.resolvers = List.copyOf(resolvers);
        this.random = random;
        this.sockets = sockets;
    }

    /**
     * Listens by UDP and TCP.
     *
     * @param listen where sessions ask, of this machine
     * @param isSession who is answered; called by the event loop, must not wait
     * @param mark of the sockets to resolvers; 0 for none
     * @throws IOException if it can't; nothing is left open
     */
    public static DnsForwarder open(
            List<InetSocketAddress> listen,
            Predicate<InetAddress> isSession,
            List<InetSocketAddress> resolvers,
            int mark,
            SecureRandom random)
            throws IOException {
        DnsSockets sockets = new DnsSockets(mark);
        DnsForwarder forwarder = new DnsForwarder(isSession, resolvers, random, sockets);
        try {
            for (InetSocketAddress address : listen) {
                forwarder.listening.add(forwarder.listen(address));
            }
        } catch (IOException | RuntimeException e) {
            sockets.close();
            throw e;
        }
        return forwarder;
    }

    /** A port that the kernel chooses for UDP may be another program's for TCP. */
    private InetSocketAddress listen(InetSocketAddress address) throws IOException {
        for (int choices = address.getPort() == 0 ? PORT_CHOICES : 1; ; choices--) {
            Channel bound = sockets.listenUdp(address, new Datagrams());
            InetSocketAddress same = (InetSocketAddress) bound.localAddress();
            try {
                Channel _ = sockets.listenTcp(same, new Accepted());
                return same;
            } catch (IOException e) {
                if (choices == 1) {
                    throw e;
                }
                bound.close().awaitUninterruptibly();
            }
        }
    }

    /** Where it listens, with real ports. */
    List<InetSocketAddress> listening() {
        return List.copyOf(listening);
    }

    /** Whom to ask from now on, the best first; nobody: then every answer is a failure. */
    public void resolvers(List<InetSocketAddress> now) {
        if (!now.equals(resolvers)) {
            LOG.info("names are asked of {}", now);
            resolvers = List.copyOf(now);
        }
    }

    public DnsCounters counters() {
        return new DnsCounters(
                asked.sum(),
                answered.sum(),
                failed.sum(),
                malformed.sum(),
                overLimit.sum(),
                strangers.sum(),
                inFlight);
    }

    /** Questions that may wait for an answer at a time. */
    public static int mostInFlight() {
        return QueryLimits.MOST;
    }

    /** Asks for a session, unless it asks too much; the answer comes later, or none. */
    private void ask(InetAddress asker, byte[] message, boolean tcp, Consumer<byte[]> answer) {
        asked.increment();
        DnsMessage query;
        try {
            query = DnsMessage.parseQuery(message);
        } catch (MalformedDnsException e) {
            malformed.increment();
            DnsMessage.complaint(message).ifPresent(answer);
            return;
        }
        if (query.isTransfer()) {
            answer.accept(query.failure(DnsMessage.REFUSED));
            return;
        }
        if (!limits.begin(asker)) {
            overLimit.increment();
            answer.accept(query.failure(DnsMessage.REFUSED));
            return;
        }
        inFlight = limits.all();
        new Exchange(
                        sockets,
                        resolvers,
                        query,
                        tcp,
                        random,
                        reply -> {
                            limits.end(asker);
                            inFlight = limits.all();
                            answer.accept(answer(query, reply, tcp));
                        })
                .begin();
    }

    private byte[] answer(DnsMessage query, @Nullable DnsMessage reply, boolean tcp) {
        if (reply == null) {
            failed.increment();
            return query.failure(DnsMessage.SERVER_FAILURE);
        }
        answered.increment();
        boolean fits = tcp || reply.length() <= query.udpSize();
        return (fits ? reply : reply.cut()).withId(query.id());
    }

    /** Questions by UDP. */
    @ChannelHandler.Sharable
    private final class Datagrams extends SimpleChannelInboundHandler<DatagramPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            InetSocketAddress asker = packet.sender();
            if (!isSession.test(asker.getAddress())) {
                strangers.increment();
                return;
            }
            ask(
                    asker.getAddress(),
                    ByteBufUtil.getBytes(packet.content()),
                    false,
                    answer ->
                            context.writeAndFlush(
                                    new DatagramPacket(Unpooled.wrappedBuffer(answer), asker)));
        }

        /** One answer that can't be sent is no reason to stop. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("a datagram failed: {}", cause.getMessage());
        }
    }

    /** Sets up a session's connection, or closes a stranger's. */
    @ChannelHandler.Sharable
    private final class Accepted extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            InetSocketAddress asker = (InetSocketAddress) channel.remoteAddress();
            if (!isSession.test(asker.getAddress())) {
                strangers.increment();
                channel.close();
                return;
            }
            if (connections >= MOST_CONNECTIONS) {
                overLimit.increment();
                channel.close();
                return;
            }
            connections++;
            channel.closeFuture().addListener(_ -> connections--);
            channel.pipeline()
                    .addLast(
                            new ReadTimeoutHandler(IDLE_SECONDS),
                            new LengthFieldBasedFrameDecoder(
                                    LONGEST_QUERY + LENGTH, 0, LENGTH, 0, LENGTH),
                            new Messages(asker.getAddress()));
        }
    }

    /** Questions by one connection. */
    private final class Messages extends SimpleChannelInboundHandler<ByteBuf> {

        private final InetAddress asker;

        Messages(InetAddress asker) {
            this.asker = asker;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
            ask(asker, ByteBufUtil.getBytes(message), true, answer -> send(context, answer));
        }

        /** Who asks and does not read the answers is let go. */
        private void send(ChannelHandlerContext context, byte[] answer) {
            if (context.channel().isWritable()) {
                context.writeAndFlush(Exchange.framed(Unpooled.wrappedBuffer(answer)));
            } else {
                overLimit.increment();
                context.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Stops answering. Idempotent. */
    @Override
    public void close() {
        sockets.close();
    }
}
