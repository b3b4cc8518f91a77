package org.flowshield.libp2p.host;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.multistream.Initiator;
import org.flowshield.libp2p.multistream.Negotiation;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.multistream.Responder;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.flowshield.libp2p.resource.LimitReachedException;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.Secured;
import org.flowshield.libp2p.yamux.YamuxSession;
import org.jspecify.annotations.Nullable;

/**
 * The way from a TCP connection to one that carries streams: agree on the security protocol, do its
 * handshake, agree on the muxer unless the handshake did. One time limit bounds all of it. On the
 * channel's event loop.
 *
 * <pre>
 *  raw --multistream--> security agreed --handshake--> secured --multistream or early--> muxed
 *   |                        |                            |
 *   +------------------------+--- failure, time limit ----+---> closed
 * </pre>
 */
final class Upgrade {

    /** Nobody knows more security protocols, or muxers. */
    private static final int MAX_PROPOSALS = 8;

    private static final List<ProtocolId> MUXERS = List.of(YamuxSession.ID);

    /** Makes the connection once it is known with whom. */
    interface Completion {
        MuxedConnection complete(Secured secured, ProtocolId security);
    }

    private final Channel channel;
    private final boolean initiator;
    private final @Nullable PeerId expected;
    private final List<SecureTransport> transports;
    private final ConnectionScope scope;
    private final Completion completion;
    private final Strays strays = new Strays();
    private final Unauthenticated threshold;
    private final CompletableFuture<MuxedConnection> result = new CompletableFuture<>();

    Upgrade(
            Channel channel,
            boolean initiator,
            @Nullable PeerId expected,
            List<SecureTransport> transports,
            ConnectionScope scope,
            CautiousReads reads,
            Completion completion) {
        this.channel = channel;
        this.initiator = initiator;
        this.expected = expected;
        this.transports = transports;
        this.scope = scope;
        this.completion = completion;
        this.threshold = new Unauthenticated(scope, reads, this::fail);
    }

    /**
     * Begins. The result fails with an {@link IOException} that says why; the channel is closed
     * then.
     */
    CompletableFuture<MuxedConnection> start(Duration timeout) {
        Future<?> limit =
                channel.eventLoop()
                        .schedule(
                                () -> timedOut(timeout), timeout.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture()
                .addListener(
                        done ->
                                fail(
                                        new IOException(
                                                "the peer closed the connection during the"
                                                        + " handshake")));
        result.whenComplete((connection, failure) -> limit.cancel(false));
        channel.pipeline().addFirst(threshold).addLast(strays);
        negotiate(transports.stream().map(SecureTransport::id).toList(), this::secure);
        return result;
    }

    /** A goodbye would have to wait for a peer that has let us wait. */
    private void timedOut(Duration timeout) {
        if (fail(
                new SocketTimeoutException(
                        "the peer did not complete the handshake within "
                                + timeout.toMillis()
                                + " ms"))) {
            Unauthenticated.hangUp(channel);
        }
    }

    private void negotiate(List<ProtocolId> protocols, Agreed next) {
        Negotiation negotiation =
                new Negotiation() {
                    @Override
                    public void agreed(ChannelHandlerContext context, ProtocolId protocol) {
                        if (!result.isDone()) {
                            next.accept(protocol);
                        }
                    }

                    @Override
                    public void failed(ChannelHandlerContext context, Throwable cause) {
                        fail(cause);
                    }
                };
        channel.pipeline()
                .addLast(
                        initiator
                                ? Initiator.waiting(protocols, negotiation)
                                : new Responder(() -> protocols, MAX_PROPOSALS, negotiation));
        straysToTheEnd();
    }

    private void straysToTheEnd() {
        channel.pipeline().remove(strays);
        channel.pipeline().addLast(strays);
    }

    private interface Agreed {
        void accept(ProtocolId protocol);
    }

    private void secure(ProtocolId security) {
        SecureTransport transport =
                transports.stream()
                        .filter(candidate -> candidate.id().equals(security))
                        .findFirst()
                        .orElseThrow();
        Future<Secured> handshake = transport.secure(channel, initiator, expected, MUXERS);
        straysToTheEnd();
        handshake.addListener(
                done -> {
                    if (done.isSuccess()) {
                        secured(handshake.getNow(), security);
                    } else {
                        fail(handshake.cause());
                    }
                });
    }

    private void secured(Secured secured, ProtocolId security) {
        if (result.isDone()) {
            channel.close();
            return;
        }
        try {
            scope.authenticated(secured.peer());
        } catch (LimitReachedException e) {
            fail(e);
            return;
        }
        threshold.end(channel);
        if (secured.muxer().isPresent()) {
            muxed(secured, security);
        } else {
            negotiate(MUXERS, muxer -> muxed(secured, security));
        }
    }

    private void muxed(Secured secured, ProtocolId security) {
        channel.pipeline().remove(strays);
        MuxedConnection connection = completion.complete(secured, security);
        result.complete(connection);
    }

    private boolean fail(Throwable cause) {
        IOException failure =
                cause instanceof IOException io
                        ? io
                        : new IOException("the handshake failed: " + cause.getMessage(), cause);
        boolean first = result.completeExceptionally(failure);
        if (first) {
            channel.close();
        }
        return first;
    }

    /** Failures that nobody behind took: told in one line, instead of by Netty with a trace. */
    @ChannelHandler.Sharable
    private final class Strays extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            fail(cause);
        }
    }
}
