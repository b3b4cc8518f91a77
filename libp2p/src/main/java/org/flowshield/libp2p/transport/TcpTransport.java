package org.flowshield.libp2p.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TCP on event loops of its own: epoll on Linux, the JDK's selector elsewhere. Safe for use by any
 * thread; nothing here blocks but {@link #close}.
 */
public final class TcpTransport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TcpTransport.class);

    /**
     * Connections that the kernel holds until they are accepted. Whoever comes when it is full
     * waits a second before it tries again, so that a flood which we refuse as fast as it comes
     * must not fill it.
     */
    private static final int ACCEPT_BACKLOG = 1024;

    /**
     * Bytes waiting for a socket before streams pause, and until they go on: some records of every
     * stream that takes its turn.
     */
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private static final long SHUTDOWN_SECONDS = 5;

    private static final int SOL_SOCKET = 1;
    private static final int IPPROTO_TCP = 6;
    private static final String MARKING = "mark the socket (it takes CAP_NET_ADMIN)";

    private static final IntegerUnixChannelOption SO_MARK =
            new IntegerUnixChannelOption("SO_MARK", SOL_SOCKET, 36);
    private static final int TCP_CONGESTION = 13;

    /** Without it a listener at :: takes the port of IPv4 too. */
    private static final IntegerUnixChannelOption IPV6_V6ONLY =
            new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

    private final boolean epoll;
    private final EventLoopGroup loops;

    /**
     * @param threads event loops
     * @param epoll false for the JDK's selector in any case
     */
    public TcpTransport(int threads, ThreadFactory threadFactory, boolean epoll) {
        this.epoll = epoll && Epoll.isAvailable();
        this.loops =
                new MultiThreadIoEventLoopGroup(
                        threads,
                        threadFactory,
                        this.epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /**
     * Dials. The future fails with an {@link IOException} or a Netty connect exception; the channel
     * is closed then.
     *
     * @param handler the first handler of the pipeline
     */
    public ChannelFuture dial(
            InetSocketAddress remote,
            DialOptions options,
            int timeoutMillis,
            ChannelHandler handler)
            throws IOException {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loops)
                        .channelFactory(epoll ? EpollSocketChannel::new : NioTcpChannel::new)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis)
                        .handler(handler);
        Channel channel = bootstrap.register().syncUninterruptibly().channel();
        try {
            apply(options, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        InetSocketAddress local = options.local();
        return local == null ? channel.connect(remote) : channel.connect(remote, local);
    }

    /**
     * Listens.
     *
     * @param accepted called for each connection's channel, on its event loop, before it is read
     */
    public ChannelFuture listen(
            InetSocketAddress local, DialOptions options, ChannelHandler accepted) {
        AcceptBrake brake = new AcceptBrake();
        ServerBootstrap bootstrap =
                new ServerBootstrap()
                        .group(loops)
                        .channelFactory(() -> listener(local))
                        .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .handler(new Listening(options, isIpv6(local), brake))
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                        .childHandler(new AcceptedSocket(options, accepted, brake));
        return bootstrap.bind(local);
    }

    /**
     * The first answer to a dial is the listener's own: it must take the same routes as the rest.
     */
    private final class Listening extends ChannelInitializer<Channel> {

        private final DialOptions options;

        private final boolean ipv6;
        private final AcceptBrake brake;

        Listening(DialOptions options, boolean ipv6, AcceptBrake brake) {
            this.options = options;
            this.ipv6 = ipv6;
            this.brake = brake;
        }

        @Override
        protected void initChannel(Channel channel) throws IOException {
            if (options.mark() != 0) {
                set(channel, SO_MARK, options.mark(), MARKING);
            }
            if (epoll && ipv6) {
                set(channel, IPV6_V6ONLY, 1, "listen for IPv6 alone");
            }
            channel.pipeline().addLast(brake);
        }
    }

    /** For one family: a socket for both would take the other one's port at 0.0.0.0 and ::. */
    private ServerChannel listener(InetSocketAddress local) {
        return epoll
                ? new EpollServerSocketChannel(
                        isIpv6(local) ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET)
                : new NioTcpChannel.Listener();
    }

    private static boolean isIpv6(InetSocketAddress local) {
        return local.getAddress() instanceof Inet6Address;
    }

    /** Applies options to a socket that is open and not connected, or accepted. */
    private void apply(DialOptions options, Channel channel) throws IOException {
        if (options.mark() != 0) {
            set(channel, SO_MARK, options.mark(), MARKING);
        }
        if (options.notSentLowat() != 0) {
            set(
                    channel,
                    EpollChannelOption.TCP_NOTSENT_LOWAT,
                    (long) options.notSentLowat(),
                    "bound what the kernel queues");
        }
        @Nullable String congestion = options.congestion();
        if (congestion != null && epoll) {
            byte[] name = congestion.getBytes(StandardCharsets.US_ASCII);
            RawUnixChannelOption option =
                    new RawUnixChannelOption(
                            "TCP_CONGESTION", IPPROTO_TCP, TCP_CONGESTION, name.length);
            try {
                channel.config().setOption(option, ByteBuffer.wrap(name));
            } catch (RuntimeException e) {
                LOG.debug("the kernel has no congestion control {}", congestion, e);
            }
        }
    }

    private <T> void set(Channel channel, ChannelOption<T> option, T value, String purpose)
            throws IOException {
        try {
            if (epoll && channel.config().setOption(option, value)) {
                return;
            }
        } catch (RuntimeException e) {
            throw new IOException("cannot " + purpose + ": " + e.getMessage(), e);
        }
        throw new IOException("cannot " + purpose + ": this system has no " + option);
    }

    /** Sets an accepted socket up. */
    @ChannelHandler.Sharable
    private final class AcceptedSocket extends ChannelInitializer<Channel> {

        private final DialOptions options;
        private final ChannelHandler next;
        private final AcceptBrake brake;

        AcceptedSocket(DialOptions options, ChannelHandler next, AcceptBrake brake) {
            this.options = options;
            this.next = next;
            this.brake = brake;
        }

        @Override
        protected void initChannel(Channel channel) throws IOException {
            try {
                apply(options, channel);
                channel.pipeline().addLast(next);
            } finally {
                brake.lookedAt(channel.parent());
            }
        }
    }

    /** Ends the event loops; waits for at most {@value #SHUTDOWN_SECONDS} seconds. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }
}
