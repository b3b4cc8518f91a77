package org.flowshield.libp2p.security;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A real TCP connection over the loopback interface, one {@link Peer} at each end. */
public final class Loopback implements AutoCloseable {

    /** How the sockets are driven. */
    public enum Io {
        EPOLL,
        NIO
    }

    private final EventLoopGroup group;
    private final Peer dialler;
    private final Peer listener;

    private Loopback(EventLoopGroup group, Peer dialler, Peer listener) {
        this.group = group;
        this.dialler = dialler;
        this.listener = listener;
    }

    public static Loopback open(Io io) throws Exception {
        boolean epoll = io == Io.EPOLL;
        var group =
                new MultiThreadIoEventLoopGroup(
                        2, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        var accepted = new CompletableFuture<Peer>();
        Class<? extends ServerChannel> server =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        Channel acceptor =
                new ServerBootstrap()
                        .group(group)
                        .channel(server)
                        .childHandler(peer(accepted))
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .sync()
                        .channel();
        var connected = new CompletableFuture<Peer>();
        new Bootstrap()
                .group(group)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .handler(peer(connected))
                .connect(acceptor.localAddress())
                .sync();
        Peer dialler = connected.get(Peer.PATIENCE, TimeUnit.SECONDS);
        Peer listener = accepted.get(Peer.PATIENCE, TimeUnit.SECONDS);
        acceptor.close().sync();
        return new Loopback(group, dialler, listener);
    }

    private static ChannelInitializer<Channel> peer(CompletableFuture<Peer> made) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                made.complete(new Peer(channel));
            }
        };
    }

    public Peer dialler() {
        return dialler;
    }

    public Peer listener() {
        return listener;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, Peer.PATIENCE, TimeUnit.SECONDS).syncUninterruptibly();
        dialler.release();
        listener.release();
    }
}
