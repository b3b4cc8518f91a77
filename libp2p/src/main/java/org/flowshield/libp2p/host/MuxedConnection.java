package org.flowshield.libp2p.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.Initiator;
import org.flowshield.libp2p.multistream.Negotiation;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.multistream.Responder;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.resource.BanTarget;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.flowshield.libp2p.resource.StreamScope;
import org.flowshield.libp2p.security.Secured;
import org.flowshield.libp2p.yamux.YamuxSession;
import org.flowshield.libp2p.yamux.YamuxStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection whose streams are yamux's. Inbound streams are served on virtual threads; everything
 * else that is not called by the application runs on the connection's event loop.
 */
final class MuxedConnection implements Connection {

    private static final Logger LOG = LoggerFactory.getLogger(MuxedConnection.class);

    private final Bindings bindings;
    private final Channel channel;
    private final Secured secured;
    private final ProtocolId security;
    private final boolean initiator;
    private final Duration negotiationTimeout;
    private final Multiaddr local;
    private final Multiaddr remote;
    private final YamuxSession session;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private final CompletableFuture<Void> departed = new CompletableFuture<>();

    /** Inbound streams served for each protocol; the map is the event loop's. */
    private final Map<ProtocolBinding, AtomicInteger> served = new HashMap<>();

    private final ConnectionScope scope;
    private final StreamThreads threads;

    MuxedConnection(
            Bindings bindings,
            Channel channel,
            Secured secured,
            ProtocolId security,
            boolean initiator,
            Duration negotiationTimeout,
            LongSupplier nanoTime,
            ConnectionScope scope,
            StreamThreads threads) {
        this.scope = scope;
        this.threads = threads;
        this.bindings = bindings;
        this.channel = channel;
        this.secured = secured;
        this.security = security;
        this.initiator = initiator;
        this.negotiationTimeout = negotiationTimeout;
        this.local = Multiaddr.of((InetSocketAddress) channel.localAddress());
        this.remote = Multiaddr.of((InetSocketAddress) channel.remoteAddress());
        this.session = new YamuxSession(initiator, this::accept, nanoTime, scope);
    }

    /** Begins to serve; on the event loop, before anything is read that is meant for streams. */
    void start() {
        channel.closeFuture()
                .addListener(
                        done -> {
                            departed.complete(null);
                            closed.complete(null);
                        });
        closed.thenRun(scope::release);
        channel.pipeline().addLast(session);
    }

    @Override
    public PeerId remotePeer() {
        return secured.peer();
    }

    @Override
    public Multiaddr localAddress() {
        return local;
    }

    @Override
    public Multiaddr remoteAddress() {
        return remote;
    }

    @Override
    public ProtocolId security() {
        return security;
    }

    @Override
    public boolean initiator() {
        return initiator;
    }

    @Override
    public int openStreams() {
        return session.streamCount();
    }

    @Override
    public CompletionStage<Void> closed() {
        return closed.minimalCompletionStage();
    }

    @Override
    public void close() {
        session.end();
    }

    @Override
    public DetachedStream detach(Stream stream) throws IOException {
        if (!(stream instanceof MuxedStream muxed) || !equals(muxed.connection())) {
            throw new IllegalArgumentException(stream + " is not of this connection");
        }
        departed.complete(null);
        try {
            return new Detaching(
                            channel, session, secured.records(), muxed, () -> closed.complete(null))
                    .start()
                    .get();
        } catch (ExecutionException e) {
            String reason = e.getCause() == null ? "unknown" : e.getCause().getMessage();
            throw new IOException("cannot detach " + this + ": " + reason, e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while detaching");
        }
    }

    /** True if a ban of the target is meant for this connection. */
    boolean isOf(BanTarget target) {
        return switch (target) {
            case BanTarget.Peer peer -> peer.id().equals(remotePeer());
            case BanTarget.Address address ->
                    channel.remoteAddress() instanceof InetSocketAddress from
                            && address.equals(new BanTarget.Address(from.getAddress()));
        };
    }

    /** Completes when the host has nothing more to do for this connection. */
    CompletionStage<Void> departed() {
        return departed;
    }

    // ---- outbound streams ----

    @Override
    public Stream newStream(List<ProtocolId> protocols) throws IOException {
        Opening opening = new Opening();
        Future<YamuxStream> channelOpened =
                session.openStream(
                        stream -> stream.pipeline().addLast(Initiator.waiting(protocols, opening)));
        return opening.await(channelOpened, protocols);
    }

    @Override
    public Stream openStream(ProtocolId protocol) throws IOException {
        Opening opening = new Opening();
        Future<YamuxStream> channelOpened =
                session.openStream(
                        stream -> stream.pipeline().addLast(Initiator.early(protocol, opening)));
        return opening.await(channelOpened, List.of(protocol));
    }

    private MuxedStream blocking(ChannelHandlerContext context, ProtocolId protocol) {
        StreamInbox inbox = new StreamInbox(scope);
        context.pipeline().addLast(inbox);
        return new MuxedStream(this, (YamuxStream) context.channel(), protocol, inbox, scope);
    }

    /** An outbound stream on its way to agreement. */
    private final class Opening implements Negotiation {

        private final CompletableFuture<MuxedStream> result = new CompletableFuture<>();

        @Override
        public void agreed(ChannelHandlerContext context, ProtocolId protocol) {
            if (!result.complete(blocking(context, protocol))) {
                reset(context);
            }
        }

        @Override
        public void failed(ChannelHandlerContext context, Throwable cause) {
            result.completeExceptionally(cause);
            reset(context);
        }

        Stream await(Future<YamuxStream> opened, List<ProtocolId> protocols) throws IOException {
            opened.addListener(
                    done -> {
                        if (!done.isSuccess()) {
                            result.completeExceptionally(done.cause());
                        }
                    });
            try {
                return result.get(negotiationTimeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw asIoException(e.getCause(), protocols);
            } catch (TimeoutException e) {
                abandon(opened, e);
                throw new SocketTimeoutException(
                        "%s did not agree on %s within %d ms"
                                .formatted(remote, protocols, negotiationTimeout.toMillis()));
            } catch (InterruptedException e) {
                abandon(opened, e);
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while opening a stream");
            }
        }

        private void abandon(Future<YamuxStream> opened, Exception cause) {
            result.completeExceptionally(cause);
            opened.addListener(
                    done -> {
                        if (done.isSuccess()) {
                            opened.getNow().reset();
                        }
                    });
        }
    }

    private IOException asIoException(@Nullable Throwable cause, List<ProtocolId> protocols) {
        if (cause instanceof ProtocolNotSupportedException) {
            return new ProtocolNotSupportedException(protocols);
        }
        String reason = cause == null ? "unknown" : cause.getMessage();
        return new IOException(
                "no stream to " + remote + " for " + protocols + ": " + reason, cause);
    }

    private static void reset(ChannelHandlerContext context) {
        ((YamuxStream) context.channel()).reset();
    }

    // ---- inbound streams ----

    private void accept(YamuxStream stream) {
        Future<?> timeout =
                channel.eventLoop()
                        .schedule(
                                stream::reset,
                                negotiationTimeout.toMillis(),
                                TimeUnit.MILLISECONDS);
        StreamScope place = Objects.requireNonNull(stream.place());
        stream.pipeline().addLast(new Responder(bindings::ids, new Accepting(timeout, place)));
    }

    /** An inbound stream on its way to agreement. */
    private final class Accepting implements Negotiation {

        private final Future<?> timeout;
        private final StreamScope place;

        Accepting(Future<?> timeout, StreamScope place) {
            this.timeout = timeout;
            this.place = place;
        }

        @Override
        public void agreed(ChannelHandlerContext context, ProtocolId protocol) {
            timeout.cancel(false);
            place.negotiated();
            serve(context, protocol, place);
        }

        @Override
        public void failed(ChannelHandlerContext context, Throwable cause) {
            timeout.cancel(false);
            place.negotiated();
            LOG.debug("{} opened a stream in vain: {}", remote, cause.getMessage());
            reset(context);
        }
    }

    /** The place is given back when both the channel is closed and the thread has ended. */
    private void serve(ChannelHandlerContext context, ProtocolId protocol, StreamScope place) {
        ProtocolBinding binding = bindings.of(protocol).orElse(null);
        if (binding == null) {
            LOG.debug("{} comes too late for {}", remote, protocol);
            context.channel().eventLoop().execute(() -> reset(context));
            return;
        }
        AtomicInteger serving = served.computeIfAbsent(binding, first -> new AtomicInteger());
        if (serving.get() >= binding.maxInboundPerConnection()) {
            LOG.debug("{} has {} streams of {} open, no more", remote, serving, protocol);
            context.channel().eventLoop().execute(() -> reset(context));
            return;
        }
        serving.incrementAndGet();
        place.retain();
        AtomicInteger users = new AtomicInteger(2);
        Runnable over =
                () -> {
                    if (users.decrementAndGet() == 0) {
                        serving.decrementAndGet();
                    }
                };
        context.channel().closeFuture().addListener(closing -> over.run());
        MuxedStream stream = blocking(context, protocol);
        threads.start(
                "stream " + protocol,
                () -> {
                    try {
                        run(binding, stream);
                    } finally {
                        over.run();
                        place.release();
                    }
                });
    }

    private void run(ProtocolBinding binding, MuxedStream stream) {
        try {
            binding.accept(stream);
            stream.close();
        } catch (IOException e) {
            LOG.debug("{} ended: {}", stream, e.getMessage());
            stream.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.reset();
        } catch (RuntimeException | Error e) {
            stream.reset();
            LOG.error("{} failed; its stream was reset", stream, e);
            throw e;
        }
    }

    @Override
    public String toString() {
        return "connection with " + remotePeer() + " at " + remote;
    }
}
