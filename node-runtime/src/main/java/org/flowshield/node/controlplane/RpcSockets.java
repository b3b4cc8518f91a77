package org.flowshield.node.controlplane;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.rpc.RpcTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries requests to RPCs over sockets that go the control plane's way: outside of the tunnel with
 * the firewall mark, or inside without. When the way changes the connections of the other way are
 * closed, and whoever waits on one of them is told that it broke. Safe for use by any thread.
 */
public final class RpcSockets implements RpcTransport {

    private static final Logger LOG = LoggerFactory.getLogger(RpcSockets.class);

    private static final IntegerUnixChannelOption SO_MARK =
            new IntegerUnixChannelOption("SO_MARK", 1, 36);

    /** Idle connections to one server; more are closed after their answer. */
    private static final int MOST_IDLE = 4;

    /** A status line, a header and all of them together: far above what servers send. */
    private static final int MAX_LINE = 4096;

    private static final int MAX_HEADERS = 16_384;
    private static final int CHUNK = 8192;
    private static final int END_SECONDS = 2;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** A server. */
    private record Origin(boolean tls, String host, int port) {

        static Origin of(URI uri) throws UnknownHostException {
            boolean tls = "https".equalsIgnoreCase(uri.getScheme());
            String host = uri.getHost();
            if (host == null) {
                throw new UnknownHostException("the RPC's URL names no host");
            }
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            int otherwise = tls ? HTTPS_PORT : HTTP_PORT;
            return new Origin(
                    tls,
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    uri.getPort() < 0 ? otherwise : uri.getPort());
        }
    }

    /** One connection, and who waits for an answer on it. */
    private static final class Link {

        private final Channel channel;
        private final int mark;
        private volatile @Nullable CompletableFuture<Answer> waiting;
        private volatile boolean keepAlive = true;

        Link(Channel channel, int mark) {
            this.channel = channel;
            this.mark = mark;
        }

        void answer(Answer answer) {
            CompletableFuture<Answer> asked = waiting;
            if (asked != null) {
                boolean _ = asked.complete(answer);
            }
        }

        void fail(IOException why) {
            CompletableFuture<Answer> asked = waiting;
            if (asked != null) {
                boolean _ = asked.completeExceptionally(why);
            }
        }
    }

    private final ControlSockets sockets;
    private final Names names;
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup loop;
    private final Set<Link> open = ConcurrentHashMap.newKeySet();

    /** Guarded by itself. */
    private final Map<Origin, Deque<Link>> idle = new HashMap<>();

    private volatile @Nullable SslContext tls;
    private volatile boolean closed;

    public RpcSockets(ControlSockets sockets, Names names) {
        this.sockets = sockets;
        this.names = names;
        loop =
                new MultiThreadIoEventLoopGroup(
                        1,
                        new DefaultThreadFactory("rpc", true),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        sockets.onChange(this::leaveOtherWay);
    }

    @Override
    public Answer post(URI rpc, String json, RpcLimits limits)
            throws IOException, InterruptedException {
        Origin origin = Origin.of(rpc);
        long end = System.nanoTime() + limits.answer().toNanos();
        Link link = idle(origin);
        if (link == null) {
            link = dial(origin, limits);
        }
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        link.waiting = answer;
        boolean done = false;
        try {
            send(link, request(rpc, json));
            Answer got = answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            done = true;
            return got;
        } catch (TimeoutException e) {
            SocketTimeoutException timeout = new SocketTimeoutException("no answer in time");
            timeout.initCause(e);
            throw timeout;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause
                    ? cause
                    : new IOException("asking failed", e.getCause());
        } finally {
            link.waiting = null;
            if (!done || !keep(origin, link)) {
                link.channel.close();
            }
        }
    }

    private static void send(Link link, FullHttpRequest request) {
        link.channel
                .writeAndFlush(request)
                .addListener(
                        sent -> {
                            if (!sent.isSuccess()) {
                                link.fail(new IOException("it could not be sent", sent.cause()));
                            }
                        });
        if (!link.channel.isActive()) {
            link.fail(new IOException("the connection is closed"));
        }
    }

    private static FullHttpRequest request(URI rpc, String json) {
        String path =
                rpc.getRawPath() == null || rpc.getRawPath().isEmpty() ? "/" : rpc.getRawPath();
        String query = rpc.getRawQuery() == null ? "" : "?" + rpc.getRawQuery();
        FullHttpRequest request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        path + query,
                        Unpooled.copiedBuffer(json, StandardCharsets.UTF_8));
        request.headers()
                .set(
                        HttpHeaderNames.HOST,
                        rpc.getHost() + (rpc.getPort() < 0 ? "" : ":" + rpc.getPort()))
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.ACCEPT, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, request.content().readableBytes());
        RpcTransport.authorization(rpc)
                .ifPresent(told -> request.headers().set(HttpHeaderNames.AUTHORIZATION, told));
        return request;
    }

    // ---- connections ----

    private @Nullable Link idle(Origin origin) {
        int mark = sockets.mark();
        synchronized (idle) {
            Deque<Link> links = idle.getOrDefault(origin, new ArrayDeque<>());
            for (Link link = links.poll(); link != null; link = links.poll()) {
                if (link.mark == mark && link.channel.isActive()) {
                    return link;
                }
                link.channel.close();
            }
            return null;
        }
    }

    private boolean keep(Origin origin, Link link) {
        if (closed || !link.keepAlive || link.mark != sockets.mark()) {
            return false;
        }
        synchronized (idle) {
            Deque<Link> links = idle.computeIfAbsent(origin, _ -> new ArrayDeque<>());
            return links.size() < MOST_IDLE && links.offerFirst(link);
        }
    }

    private void leaveOtherWay() {
        int mark = sockets.mark();
        for (Link link : open) {
            if (link.mark != mark) {
                link.channel.close();
            }
        }
    }

    private Link dial(Origin origin, RpcLimits limits) throws IOException, InterruptedException {
        IOException last = new UnknownHostException(origin.host() + " has no address");
        for (InetAddress address : names.find(origin.host())) {
            try {
                return dial(origin, new InetSocketAddress(address, origin.port()), limits);
            } catch (IOException e) {
                last = e;
            }
        }
        ConnectException refused = new ConnectException(last.getMessage());
        refused.initCause(last);
        throw refused;
    }

    private Link dial(Origin origin, InetSocketAddress address, RpcLimits limits)
            throws IOException, InterruptedException {
        if (closed) {
            throw new IOException("the node stops");
        }
        Channel channel =
                new Bootstrap()
                        .group(loop)
                        .channelFactory(epoll ? EpollSocketChannel::new : NioSocketChannel::new)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(limits.connect().toMillis()))
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel made) {
                                        // what an answer passes is set up when there is a link
                                    }
                                })
                        .register()
                        .sync()
                        .channel();
        int mark = sockets.mark();
        Link link = new Link(channel, mark);
        mark(channel, mark);
        pipeline(channel.pipeline(), origin, link, limits);
        open.add(link);
        channel.closeFuture().addListener(_ -> open.remove(link));
        ChannelFuture connecting = channel.connect(address).await();
        if (!connecting.isSuccess()) {
            channel.close();
            throw new IOException(connecting.cause().getMessage(), connecting.cause());
        }
        if (mark != sockets.mark()) {
            channel.close(); // the way has changed meanwhile
            throw new IOException("the way to the chain has just changed");
        }
        return link;
    }

    /**
     * Who may not mark sockets can't have blocked anything either: what is unmarked is held back
     * like everything else.
     */
    private void mark(Channel channel, int mark) {
        if (mark == 0) {
            return;
        }
        try {
            if (epoll && channel.config().setOption(SO_MARK, mark)) {
                return;
            }
        } catch (RuntimeException e) {
            LOG.debug("a socket could not be marked", e);
        }
        LOG.debug("a socket to the chain goes without the firewall mark");
    }

    private void pipeline(ChannelPipeline pipeline, Origin origin, Link link, RpcLimits limits)
            throws SSLException {
        if (origin.tls()) {
            pipeline.addLast(tls().newHandler(link.channel.alloc(), origin.host(), origin.port()));
        }
        pipeline.addLast(new HttpClientCodec(MAX_LINE, MAX_HEADERS, CHUNK));
        pipeline.addLast(new HttpObjectAggregator(limits.maxAnswerBytes()));
        pipeline.addLast(new Answers(link));
    }

    private SslContext tls() throws SSLException {
        SslContext made = tls;
        if (made == null) {
            made = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS").build();
            tls = made;
        }
        return made;
    }

    /** Hands answers to who waits; on the event loop. */
    private static final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Link link;

        Answers(Link link) {
            this.link = link;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            if (!HttpUtil.isKeepAlive(response)) {
                link.keepAlive = false;
            }
            byte[] body = new byte[response.content().readableBytes()];
            response.content().readBytes(body);
            if (response.decoderResult().isFailure()) {
                link.keepAlive = false;
                link.fail(new IOException("the answer is no HTTP"));
                return;
            }
            link.answer(new Answer(response.status().code(), body));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            link.fail(new IOException("the connection was closed"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            link.fail(
                    cause instanceof TooLongFrameException
                            ? new AnswerTooLargeException("" + cause.getMessage())
                            : new IOException("" + cause.getMessage(), cause));
            context.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(link -> link.channel.close());
        loop.shutdownGracefully(0, END_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(END_SECONDS, TimeUnit.SECONDS);
    }
}
