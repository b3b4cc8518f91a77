package org.flowshield.node.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The forwarder's sockets and the one event loop that serves them. Those to resolvers carry the
 * firewall mark by which they keep to the machine's own routes.
 */
final class DnsSockets implements AutoCloseable {

    private static final IntegerUnixChannelOption SO_MARK =
            new IntegerUnixChannelOption("SO_MARK", 1, 36);

    private static final int CONNECT_MILLIS = 2000;
    private static final int END_SECONDS = 2;

    /** Connections that the kernel holds until they are accepted. */
    private static final int BACKLOG = 64;

    private final boolean epoll = Epoll.isAvailable();
    private final int mark;
    private final EventLoopGroup loop;

    DnsSockets(int mark) {
        this.mark = mark;
        loop =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("dns", true),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    void execute(Runnable task) {
        loop.execute(task);
    }

    Channel listenUdp(InetSocketAddress address, ChannelHandler handler) throws IOException {
        return bound(
                new Bootstrap()
                        .group(loop)
                        .channelFactory(epoll ? EpollDatagramChannel::new : NioDatagramChannel::new)
                        .handler(handler)
                        .bind(address),
                address);
    }

    Channel listenTcp(InetSocketAddress address, ChannelHandler accepted) throws IOException {
        return bound(
                new ServerBootstrap()
                        .group(loop)
                        .channelFactory(
                                epoll ? EpollServerSocketChannel::new : NioServerSocketChannel::new)
                        .option(ChannelOption.SO_BACKLOG, BACKLOG)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childHandler(accepted)
                        .bind(address),
                address);
    }

    private static Channel bound(ChannelFuture binding, InetSocketAddress address)
            throws IOException {
        if (!binding.awaitUninterruptibly().isSuccess()) {
            throw new IOException(
                    "can't answer questions for names at "
                            + address.getAddress().getHostAddress()
                            + " port "
                            + address.getPort()
                            + ": "
                            + binding.cause().getMessage(),
                    binding.cause());
        }
        return binding.channel();
    }

    /** A socket of its own for one question: its port is the kernel's random choice. */
    ChannelFuture dialUdp(InetSocketAddress resolver, ChannelHandler handler) {
        return dial(
                new Bootstrap()
                        .group(loop)
                        .channelFactory(epoll ? EpollDatagramChannel::new : NioDatagramChannel::new)
                        .handler(handler),
                resolver);
    }

    ChannelFuture dialTcp(InetSocketAddress resolver, ChannelHandler handler) {
        return dial(
                new Bootstrap()
                        .group(loop)
                        .channelFactory(epoll ? EpollSocketChannel::new : NioSocketChannel::new)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                        .handler(handler),
                resolver);
    }

    /** No mark, no dialling: it would go through the user's own tunnel. */
    private ChannelFuture dial(Bootstrap bootstrap, InetSocketAddress resolver) {
        ChannelFuture registered = bootstrap.register();
        Channel channel = registered.channel();
        ChannelPromise connected = channel.newPromise();
        registered.addListener(
                outcome -> {
                    if (!outcome.isSuccess()) {
                        connected.setFailure(outcome.cause());
                    } else if (mark != 0 && !marked(channel)) {
                        channel.close();
                        connected.setFailure(new IOException("a socket could not be marked"));
                    } else {
                        channel.connect(resolver, connected);
                    }
                });
        return connected;
    }

    private boolean marked(Channel channel) {
        try {
            return epoll && channel.config().setOption(SO_MARK, mark);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Closes every socket; waits a moment. */
    @Override
    public void close() {
        loop.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }
}
