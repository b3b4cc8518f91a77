package org.flowshield.libp2p.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiaddr.Protocol;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.resource.Admission;
import org.flowshield.libp2p.resource.BanTarget;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.flowshield.libp2p.resource.Limits;
import org.flowshield.libp2p.resource.Resources;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.libp2p.transport.TcpTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A host on TCP. */
final class TcpHost implements Host {

    private static final Logger LOG = LoggerFactory.getLogger(TcpHost.class);

    /** For connections to say their goodbye when the host closes. */
    private static final long CLOSE_SECONDS = 2;

    private final PeerId peerId;
    private final List<SecureTransport> transports;
    private final TcpTransport tcp;
    private final DialOptions listenOptions;
    private final DialOptions dialOptions;
    private final Duration upgradeTimeout;
    private final Duration negotiationTimeout;
    private final LongSupplier nanoTime;
    private final Bindings bindings = new Bindings();
    private final List<Channel> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Connection>> observers = new CopyOnWriteArrayList<>();
    private final Set<MuxedConnection> connections = ConcurrentHashMap.newKeySet();
    private final Admission admission;
    private final StreamThreads threads = new StreamThreads();
    private final AtomicBoolean closed = new AtomicBoolean();

    TcpHost(
            PeerId peerId,
            List<SecureTransport> transports,
            TcpTransport tcp,
            DialOptions listenOptions,
            DialOptions dialOptions,
            Duration upgradeTimeout,
            Duration negotiationTimeout,
            LongSupplier nanoTime,
            Limits limits) {
        this.admission = new Admission(limits, nanoTime);
        this.peerId = peerId;
        this.transports = transports;
        this.tcp = tcp;
        this.listenOptions = listenOptions;
        this.dialOptions = dialOptions;
        this.upgradeTimeout = upgradeTimeout;
        this.negotiationTimeout = negotiationTimeout;
        this.nanoTime = nanoTime;
        admission.onBan(this::closeThoseOf);
    }

    @Override
    public PeerId peerId() {
        return peerId;
    }

    @Override
    public List<Connection> connections() {
        return List.copyOf(connections);
    }

    @Override
    public void onConnection(Consumer<Connection> listener) {
        observers.add(listener);
    }

    @Override
    public void handle(ProtocolBinding binding) {
        bindings.add(binding);
    }

    @Override
    public void unhandle(ProtocolBinding binding) {
        bindings.remove(binding);
    }

    @Override
    public List<ProtocolId> protocols() {
        return bindings.ids();
    }

    @Override
    public Resources resources() {
        return admission;
    }

    private void closeThoseOf(BanTarget target) {
        for (MuxedConnection connection : connections) {
            if (connection.isOf(target)) {
                connection.close();
            }
        }
    }

    // ---- listening ----

    @Override
    public List<Multiaddr> listenAddresses() {
        return listeners.stream().map(TcpHost::addressOf).toList();
    }

    private static Multiaddr addressOf(Channel listener) {
        return Multiaddr.of((InetSocketAddress) listener.localAddress());
    }

    @Override
    public Multiaddr listen(Multiaddr address) throws IOException {
        InetSocketAddress socket = address.isTcp() ? address.socketAddress().orElse(null) : null;
        if (socket == null) {
            throw new IOException("cannot listen on " + address + ": not an IP address and a port");
        }
        ChannelFuture bound =
                tcp.listen(socket, listenOptions, new Accepted()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw ListenFailure.of(address, bound.cause());
        }
        bound.channel().pipeline().addLast(new AcceptFailures());
        listeners.add(bound.channel());
        if (closed.get()) {
            bound.channel().close();
            throw new IOException("the host is closed");
        }
        return addressOf(bound.channel());
    }

    @Override
    public void unlisten(Multiaddr address) {
        List<Channel> there =
                listeners.stream()
                        .filter(Channel::isOpen) // what is closed has no address any more
                        .filter(listener -> addressOf(listener).equals(address))
                        .toList();
        listeners.removeAll(there);
        there.forEach(listener -> listener.close().awaitUninterruptibly());
    }

    /** Gives a connection that is admitted its handlers, and hangs up on any other. */
    @ChannelHandler.Sharable
    private final class Accepted extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            @Nullable ConnectionScope scope = admit(channel);
            if (scope == null) {
                LOG.debug("{} was refused: a limit is reached, or a ban holds", channel);
                Unauthenticated.hangUp(channel);
                return;
            }
            channel.closeFuture().addListener(closing -> scope.release());
            upgrade(channel, false, null, scope, cautious(channel))
                    .whenComplete(
                            (connection, failure) -> {
                                if (failure != null) {
                                    LOG.debug(
                                            "{} did not become a connection: {}",
                                            channel,
                                            failure.getMessage());
                                }
                            });
        }
    }

    private @Nullable ConnectionScope admit(Channel channel) {
        // A peer that is gone already has no address any more.
        return channel.remoteAddress() instanceof InetSocketAddress remote && !closed.get()
                ? admission.accept(remote.getAddress(), () -> Unauthenticated.hangUp(channel))
                : null;
    }

    private static CautiousReads cautious(Channel channel) {
        CautiousReads reads = new CautiousReads(channel.config().getRecvByteBufAllocator());
        channel.config().setRecvByteBufAllocator(reads);
        return reads;
    }

    /** A listener that can't accept, for want of descriptors for instance, tries again. */
    @ChannelHandler.Sharable
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.warn(
                    "{} cannot accept connections now ({}); it tries again within a second."
                            + " If descriptors are short, raise the limit of open files (ulimit"
                            + " -n), or lower connections-inbound",
                    ctx.channel().localAddress(),
                    cause.getMessage());
        }
    }

    // ---- dialling ----

    @Override
    public Connection connect(Multiaddr address) throws IOException {
        return connect(address, dialOptions);
    }

    @Override
    public Connection connect(Multiaddr address, DialOptions options) throws IOException {
        if (!address.isTcp()) {
            throw new IOException("cannot connect to " + address + ": not a TCP address");
        }
        CompletableFuture<MuxedConnection> result = new CompletableFuture<>();
        try {
            dial(resolve(address), options, address.peerId().orElse(null), result);
            // The sum of both limits, and something for the event loop to tell.
            return result.get(2 * upgradeTimeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw cannotConnect(address, e.getCause());
        } catch (TimeoutException e) {
            result.completeExceptionally(e);
            throw cannotConnect(address, new SocketTimeoutException("no answer"));
        } catch (InterruptedException e) {
            result.completeExceptionally(e);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting to " + address);
        } catch (IOException e) {
            throw cannotConnect(address, e);
        }
    }

    private void dial(
            InetSocketAddress remote,
            DialOptions options,
            @Nullable PeerId expected,
            CompletableFuture<MuxedConnection> result)
            throws IOException {
        if (closed.get()) {
            throw new IOException("the host is closed");
        }
        ConnectionScope scope = admission.dial(remote.getAddress());
        Dialled handler = new Dialled();
        ChannelFuture dialled;
        try {
            dialled = tcp.dial(remote, options, (int) upgradeTimeout.toMillis(), handler);
        } catch (IOException | RuntimeException e) {
            scope.release();
            throw e;
        }
        dialled.channel().closeFuture().addListener(closing -> scope.release());
        CautiousReads reads = Objects.requireNonNull(handler.reads);
        result.whenComplete(
                (connection, failure) -> {
                    if (failure != null) {
                        dialled.channel().close();
                    }
                });
        dialled.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        result.completeExceptionally(done.cause());
                        return;
                    }
                    upgrade(dialled.channel(), true, expected, scope, reads)
                            .whenComplete(
                                    (connection, failure) -> {
                                        if (failure != null) {
                                            result.completeExceptionally(failure);
                                        } else {
                                            result.complete(connection);
                                        }
                                    });
                });
    }

    /** A dialled channel gets its other handlers when it is connected. */
    private static final class Dialled extends ChannelInitializer<Channel> {

        private volatile @Nullable CautiousReads reads;

        @Override
        protected void initChannel(Channel channel) {
            reads = cautious(channel);
        }
    }

    private static InetSocketAddress resolve(Multiaddr address) throws IOException {
        Optional<InetSocketAddress> socket = address.socketAddress();
        if (socket.isPresent()) {
            return socket.get();
        }
        OptionalInt port = address.port();
        String name = address.dnsName().orElse("");
        if (port.isEmpty() || name.isEmpty()) {
            throw new IOException("its IP address or zone is not one of this system");
        }
        for (InetAddress ip : InetAddress.getAllByName(name)) {
            boolean v4 = ip instanceof Inet4Address;
            if (!address.has(v4 ? Protocol.DNS6 : Protocol.DNS4)) {
                return new InetSocketAddress(ip, port.getAsInt());
            }
        }
        throw new UnknownHostException(name);
    }

    private static IOException cannotConnect(Multiaddr address, @Nullable Throwable cause) {
        if (cause instanceof WrongPeerException wrongPeer) {
            return wrongPeer;
        }
        String reason =
                switch (cause) {
                    case ConnectTimeoutException e -> "no answer in time";
                    case NoRouteToHostException e -> "there is no route to it";
                    case ConnectException e
                            when String.valueOf(e.getMessage()).contains("refused") ->
                            "connection refused, nothing listens there";
                    case UnknownHostException e -> "its name does not resolve";
                    case ProtocolNotSupportedException e ->
                            e.getMessage() + ", so that there is no common security protocol";
                    case null -> "unknown";
                    default -> String.valueOf(cause.getMessage());
                };
        String message = "cannot connect to " + address + ": " + reason;
        return cause instanceof ConnectTimeoutException || cause instanceof SocketTimeoutException
                ? withCause(new SocketTimeoutException(message), cause)
                : new IOException(message, cause);
    }

    private static IOException withCause(IOException failure, @Nullable Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    // ---- connections ----

    private CompletableFuture<MuxedConnection> upgrade(
            Channel channel,
            boolean initiator,
            @Nullable PeerId expected,
            ConnectionScope scope,
            CautiousReads reads) {
        return new Upgrade(
                        channel,
                        initiator,
                        expected,
                        transports,
                        scope,
                        reads,
                        (secured, security) -> {
                            MuxedConnection connection =
                                    new MuxedConnection(
                                            bindings,
                                            channel,
                                            secured,
                                            security,
                                            initiator,
                                            negotiationTimeout,
                                            nanoTime,
                                            scope,
                                            threads);
                            // Observers may open streams at once.
                            connection.start();
                            register(connection);
                            return connection;
                        })
                .start(upgradeTimeout);
    }

    private void register(MuxedConnection connection) {
        connections.add(connection);
        connection.departed().thenRun(() -> connections.remove(connection));
        for (Consumer<Connection> observer : observers) {
            threads.start("connection observer", () -> observer.accept(connection));
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        List<CompletableFuture<Void>> endings = new ArrayList<>();
        for (MuxedConnection connection : connections) {
            connection.close();
            endings.add(connection.departed().toCompletableFuture());
        }
        try {
            CompletableFuture.allOf(endings.toArray(CompletableFuture[]::new))
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
            endThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not all connections ended in time", e);
        }
        tcp.close();
    }

    private void endThreads() throws InterruptedException {
        List<String> left = threads.end(HostLimits.STREAM_THREADS_GRACE);
        if (!left.isEmpty()) {
            LOG.warn("the host is closed, but these threads go on: {}", left);
        }
    }
}
