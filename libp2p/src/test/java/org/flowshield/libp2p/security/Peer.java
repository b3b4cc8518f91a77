package org.flowshield.libp2p.security;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/** One end of a {@link Loopback}: secures it, collects what arrives, detaches it. */
public final class Peer {

    /** Seconds after which a test that waits has failed. */
    static final int PATIENCE = 120;

    public static final ProtocolId YAMUX = new ProtocolId("/yamux/1.0.0");

    private final Channel channel;
    private final CompletableFuture<Secured> secured = new CompletableFuture<>();
    private final LinkedBlockingQueue<ByteBuf> received = new LinkedBlockingQueue<>();
    private final List<Throwable> exceptions = new ArrayList<>();
    private final Wire wire = new Wire();
    private final ByteBuf surplus = Unpooled.buffer();
    private final AtomicLong arrived = new AtomicLong();
    private volatile UnaryOperator<ByteBuf> tampering = UnaryOperator.identity();
    private volatile @Nullable String greeting;

    Peer(Channel channel) {
        this.channel = channel;
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(wire);
    }

    public Channel channel() {
        return channel;
    }

    /** Changes what goes onto the wire from now on. */
    public void tamper(UnaryOperator<ByteBuf> change) {
        tampering = change;
    }

    /** Starts the handshake; the side that dialled is the initiator. */
    public Peer secure(
            SecureTransport transport,
            boolean initiator,
            @Nullable PeerId expected,
            List<ProtocolId> muxers) {
        channel.eventLoop()
                .execute(
                        () -> {
                            transport
                                    .secure(channel, initiator, expected, muxers)
                                    .addListener(this::finish);
                            channel.config().setAutoRead(true);
                        });
        return this;
    }

    /** Secures nothing but what the attacker brings: what arrives are the bytes of the wire. */
    public Peer attack(ChannelHandler... tools) throws Exception {
        return onEventLoop(
                () -> {
                    channel.pipeline().addLast(tools).addLast(new Collector());
                    channel.config().setAutoRead(true);
                    return this;
                });
    }

    private void finish(Future<? super Secured> done) {
        if (done.isSuccess()) {
            channel.pipeline().addLast(new Collector());
            secured.complete((Secured) done.getNow());
        } else {
            secured.completeExceptionally(done.cause());
        }
    }

    /** The handshake's outcome, or why there is none. */
    public Secured secured() throws Exception {
        return get(secured);
    }

    public Throwable refusal() throws Exception {
        try {
            throw new AssertionError("expected a refusal, got " + secured());
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    public void awaitClosed() throws Exception {
        if (!channel.closeFuture().await(PATIENCE, TimeUnit.SECONDS)) {
            throw new AssertionError("still open");
        }
    }

    /** What the record layer reported, in order; complete once the channel is closed. */
    public List<Throwable> exceptions() throws Exception {
        return onEventLoop(() -> List.copyOf(exceptions));
    }

    /** Is sent as soon as the handshake has succeeded on this side. */
    public void greet(String text) {
        greeting = text;
    }

    /** How many bytes of ciphertext the socket has delivered. */
    public long arrived() throws Exception {
        return onEventLoop(arrived::get);
    }

    /** Waits for bytes on the wire; gives up after {@link #PATIENCE}. */
    public void awaitArrived(long bytes) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (arrived.get() < bytes) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(arrived + " of " + bytes + " bytes arrived");
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until plaintext has come, and leaves it. */
    public void awaitSomething() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (received.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing arrived");
            }
            Thread.onSpinWait();
        }
    }

    /** True if nothing is left of what arrived. */
    public boolean nothingMore() throws Exception {
        return onEventLoop(received::isEmpty);
    }

    /** Puts bytes onto the wire as they are. */
    public void sendRaw(ByteBuf bytes) {
        wire.context().writeAndFlush(bytes);
    }

    /** Everything that has arrived and not been asked for; complete once the channel is closed. */
    public byte[] leftover() throws Exception {
        return onEventLoop(
                () -> {
                    ByteBuf all = Unpooled.buffer();
                    for (ByteBuf next = received.poll(); next != null; next = received.poll()) {
                        all.writeBytes(next);
                        next.release();
                    }
                    return ByteBufUtil.getBytes(all);
                });
    }

    public void send(byte[] bytes) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /** The next bytes that arrived: plaintext, or ciphertext once detached. The caller releases. */
    public ByteBuf next() throws Exception {
        ByteBuf next = received.poll(PATIENCE, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing arrived");
        }
        return next;
    }

    /** The next so many bytes; what arrived behind them is kept for the next call. */
    public byte[] receive(int length) throws Exception {
        while (surplus.readableBytes() < length) {
            ByteBuf next = next();
            surplus.writeBytes(next);
            next.release();
        }
        byte[] bytes = new byte[length];
        surplus.readBytes(bytes);
        return bytes;
    }

    public <T> T onEventLoop(Callable<T> task) throws Exception {
        return channel.eventLoop().submit(task).get(PATIENCE, TimeUnit.SECONDS);
    }

    /**
     * Takes the record layer out; what arrives from then on is ciphertext. Plaintext that came
     * before is still to be had by {@link #next} and ends with an empty buffer.
     */
    public DetachedPeer detach() throws Exception {
        RecordLayer records = secured().records();
        RecordLayer.Detached detached =
                onEventLoop(
                        () -> {
                            RecordLayer.Detached taken = records.detach();
                            received.add(Unpooled.EMPTY_BUFFER);
                            return taken;
                        });
        return new DetachedPeer(this, detached);
    }

    /** Gives back what arrived and nobody asked for. */
    void release() {
        received.forEach(ByteBuf::release);
        received.clear();
        surplus.release();
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE, TimeUnit.SECONDS);
    }

    static CompletionException failed(Exception e) {
        return new CompletionException(e);
    }

    private final class Collector extends ChannelInboundHandlerAdapter {

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            if (greeting != null) {
                ctx.writeAndFlush(Unpooled.copiedBuffer(greeting, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            received.add((ByteBuf) message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            exceptions.add(cause);
        }
    }

    /** The wire between the socket and the record layer. */
    private final class Wire extends ChannelDuplexHandler {

        private @Nullable ChannelHandlerContext context;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            context = ctx;
        }

        ChannelHandlerContext context() {
            return Objects.requireNonNull(context);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            int length = ((ByteBuf) message).readableBytes();
            ctx.fireChannelRead(message);
            arrived.addAndGet(length);
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            ctx.write(tampering.apply((ByteBuf) message), promise);
        }
    }
}
