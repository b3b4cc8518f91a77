package org.flowshield.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.flowshield.libp2p.resource.StreamScope;
import org.jspecify.annotations.Nullable;

/**
 * One yamux session: the last handler of a secured connection. Its streams are {@link YamuxStream}
 * channels on the connection's event loop.
 *
 * <p>Streams that have something to send take turns, one frame each, as long as the connection is
 * writable; what is written in one turn of the event loop leaves in one flush. All state is the
 * event loop's; {@link #openStream}, {@link #goAway} and {@link #end} may be called from any
 * thread.
 */
public final class YamuxSession extends ChannelInboundHandlerAdapter {

    public static final ProtocolId ID = new ProtocolId("/yamux/1.0.0");

    /** Streams that an opener may have without an answer (yamux spec, accept backlog). */
    static final int MAX_UNACKNOWLEDGED = 256;

    /** Openings that wait for an answer to an earlier one; more fail at once. */
    static final int MAX_WAITING_OPENINGS = 1024;

    /**
     * Streams that the peer may have open, whatever the host's limits (js-libp2p's and go-yamux's
     * limit).
     */
    static final int MAX_INBOUND_STREAMS = 1000;

    /** Pings to answer that may wait for the socket; more are not answered (go-yamux). */
    static final int MAX_PING_REPLIES = 32;

    /**
     * Frames without body that may wait for the socket. An honest peer reads, so that they hardly
     * wait; every stream may want some at once.
     */
    static final int MAX_WAITING_CONTROL_FRAMES = 8 * MAX_INBOUND_STREAMS;

    /** Written between two flushes: enough to fill records and socket calls. */
    private static final int FLUSH_BYTES = 256 * 1024;

    /** Flushes in one turn of the event loop; then other connections have theirs. */
    private static final int FLUSHES_PER_TURN = 8;

    /** As go-yamux and js-libp2p. */
    private static final long KEEP_ALIVE_SECONDS = 30;

    /** Without an answer or any other byte for so long after a ping, the peer is gone. */
    private static final long PING_TIMEOUT_SECONDS = 10;

    private static final long NOTHING_WAITED = -1;

    private final boolean initiator;
    private final Consumer<YamuxStream> inbound;
    private final LongSupplier nanoTime;
    private final ConnectionScope scope;
    private final IntUnaryOperator windowGrowth;
    private final FrameDecoder decoder = new FrameDecoder(new Inbound());
    private final IntObjectMap<YamuxStream> streams = new IntObjectHashMap<>();
    private final ArrayDeque<YamuxStream> ready = new ArrayDeque<>();
    private final ArrayDeque<YamuxStream> touched = new ArrayDeque<>();
    private final ArrayDeque<Opening> waiting = new ArrayDeque<>();
    private final Runnable pumpTask = this::scheduledPump;

    private @Nullable ChannelHandlerContext context;
    private @Nullable Channel channel;
    private @Nullable ByteBuf control;
    private @Nullable Future<?> keepAlive;
    private @Nullable Future<?> pingTimeout;
    private @Nullable IOException ended;
    private @Nullable YamuxStream bodyOf;
    private boolean bodyFin;
    private int nextId;
    private int inboundStreams;
    private int unacknowledged;
    private int controlFrames;
    private int pingReplies;
    private long roundTrip;
    private int pingValue;
    private long waitedForSocket = NOTHING_WAITED;
    private long pingSent;
    private boolean pingOutstanding;
    private boolean heard;
    private boolean reading;
    private boolean pumping;
    private boolean pumpScheduled;
    private boolean goAwaySent;
    private boolean goAwayReceived;
    private boolean detached;

    /** The size of {@link #streams}; written by the event loop. */
    private volatile int streamCount;

    private record Opening(Consumer<YamuxStream> setup, Promise<YamuxStream> promise) {}

    /**
     * @param initiator true if we dialled: our streams have odd ids
     * @param inbound sets up the pipeline of a stream that the peer opens, before its channel is
     *     registered; on the event loop
     * @param nanoTime a monotonic clock
     * @param scope asked before the peer may make us hold something; the peer is authenticated
     */
    public YamuxSession(
            boolean initiator,
            Consumer<YamuxStream> inbound,
            LongSupplier nanoTime,
            ConnectionScope scope) {
        this.initiator = initiator;
        this.inbound = inbound;
        this.nanoTime = nanoTime;
        this.scope = scope;
        this.windowGrowth = scope::growWindow;
        this.nextId = initiator ? 1 : 2;
    }

    /**
     * Opens a stream. Does not wait for the peer, unless {@value #MAX_UNACKNOWLEDGED} streams
     * already do.
     *
     * @param setup sets up the pipeline before the stream's channel is registered; on the event
     *     loop
     */
    public Future<YamuxStream> openStream(Consumer<YamuxStream> setup) {
        EventExecutor loop = context().executor();
        Promise<YamuxStream> promise = loop.newPromise();
        Opening opening = new Opening(setup, promise);
        if (loop.inEventLoop()) {
            open(opening);
        } else {
            loop.execute(() -> open(opening));
        }
        return promise;
    }

    /** Tells the peer that no more streams are welcome; those there are go on. Any thread. */
    public void goAway() {
        onLoop(() -> goAway(FrameHeader.NORMAL));
    }

    /**
     * Ends the session: sends what was written before, as far as windows and socket take it, says
     * GoAway, ends all streams and closes the connection. Any thread.
     */
    public void end() {
        onLoop(
                () -> {
                    pump();
                    end(new IOException("the connection was closed"), FrameHeader.NORMAL, false);
                });
    }

    /** The last measured round trip in nanoseconds; 0 until one was measured. Event loop only. */
    public long roundTrip() {
        return roundTrip;
    }

    /** The streams open now. Any thread. */
    public int streamCount() {
        return streamCount;
    }

    /** True if all that was written to a stream has been given to the socket's pipeline. */
    public boolean nothingToSend(YamuxStream stream) throws IOException {
        if (ended != null || !isCurrent(stream)) {
            throw new IOException("the connection or the stream is gone", ended);
        }
        return stream.nothingToSend();
    }

    /**
     * Resets all streams but one and says no more on this event loop. After this the session writes
     * nothing; call {@link #takeDetached} when what it wrote has left. Event loop only.
     *
     * @throws IOException if the session has ended or the stream still has something to send
     */
    public void prepareDetach(YamuxStream kept) throws IOException {
        if (ended != null || !isCurrent(kept)) {
            throw new IOException("the connection is gone", ended);
        }
        if (!kept.nothingToSend()) {
            throw new IOException("the stream still has bytes to send");
        }
        kept.config().setAutoRead(false);
        for (YamuxStream stream : new ArrayList<>(streams.values())) {
            if (!stream.equals(kept)) {
                stream.reset();
            }
        }
        if (kept.unannounced()) {
            control(FrameHeader.WINDOW_UPDATE, kept.takeOpeningFlag(), kept.streamId(), 0);
        }
        cancelTimers();
        failWaiting(new IOException("the connection was detached"));
        ChannelHandlerContext ctx = context();
        writeControl(ctx);
        ctx.flush();
        detached = true;
    }

    /**
     * Gives up the session's state. The stream's channel closes without a word to the peer. Event
     * loop only.
     *
     * @param unread bytes of the stream that were delivered but not consumed; the rest is appended
     */
    public DetachedSession takeDetached(YamuxStream kept, ByteBuf unread) {
        kept.drainTo(unread);
        boolean ours = kept.equals(bodyOf);
        byte[] answers = control == null ? new byte[0] : ByteBufUtil.getBytes(control);
        if (control != null) {
            control.release();
            control = null;
        }
        DetachedSession state =
                new DetachedSession(
                        kept.streamId(),
                        unread,
                        decoder.partialHeader(),
                        decoder.bodyLeft(),
                        ours,
                        ours && bodyFin,
                        kept.finReceived(),
                        kept.sendWindow(),
                        kept.openReceiveWindow(),
                        answers);
        streams.clear();
        streamCount = 0;
        scope.windowClosed(kept.windowGrowth());
        kept.closeNow();
        ended = new IOException("the connection was detached");
        return state;
    }

    // ---- Netty's handler ----

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        channel = ctx.channel();
        if (ctx.channel().isActive()) {
            start(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        start(ctx);
        ctx.fireChannelActive();
    }

    private void start(ChannelHandlerContext ctx) {
        if (keepAlive == null) {
            sendPing();
            keepAlive =
                    ctx.executor()
                            .scheduleAtFixedRate(
                                    this::sendPing,
                                    KEEP_ALIVE_SECONDS,
                                    KEEP_ALIVE_SECONDS,
                                    TimeUnit.SECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf in) || ended != null) {
            ReferenceCountUtil.release(message);
            return;
        }
        reading = true;
        heard = true;
        try {
            decoder.decode(in);
        } catch (MalformedFrameException e) {
            end(new IOException(e.getMessage(), e), FrameHeader.PROTOCOL_ERROR, false);
        } finally {
            in.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        fireReadCompletes();
        pump();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            wantPump();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        reading = false;
        ended(new IOException("the connection was closed by the peer or lost"), true);
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (!detached) {
            ended(new IOException("the connection's muxer was removed"), false);
        }
    }

    /**
     * What came before it is still read: a peer that closes while something of ours is on its way
     * resets the connection, with its last words before.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Error error) {
            ctx.close();
            throw error;
        }
        end(
                cause instanceof IOException io
                        ? io
                        : new IOException("the connection failed: " + cause, cause),
                FrameHeader.INTERNAL_ERROR,
                true);
    }

    // ---- opening and ending ----

    private void open(Opening opening) {
        if (ended != null || goAwayReceived || goAwaySent || detached || nextId < 0) {
            opening.promise.tryFailure(
                    new IOException("no stream can be opened: the connection is ending", ended));
        } else if (unacknowledged < MAX_UNACKNOWLEDGED) {
            YamuxStream stream = new YamuxStream(this, nextId, FrameHeader.SYN, now(), null);
            nextId += 2;
            unacknowledged++;
            add(stream, opening.setup);
            opening.promise.trySuccess(stream);
        } else if (waiting.size() < MAX_WAITING_OPENINGS) {
            waiting.add(opening);
        } else {
            opening.promise.tryFailure(
                    new IOException("the peer does not answer to new streams: too many wait"));
        }
    }

    private void add(YamuxStream stream, Consumer<YamuxStream> setup) {
        streams.put(stream.streamId(), stream);
        streamCount = streams.size();
        setup.accept(stream);
        channel().eventLoop().register(stream);
        wantTurn(stream);
    }

    private void goAway(int code) {
        if (!goAwaySent && ended == null && !detached) {
            goAwaySent = true;
            control(FrameHeader.GO_AWAY, 0, 0, code);
        }
    }

    private void end(IOException cause, int code, boolean keepUnread) {
        if (ended == null && !detached) {
            goAway(code);
            ChannelHandlerContext ctx = context();
            writeControl(ctx);
            ctx.flush();
            ended(cause, keepUnread);
            ctx.close();
        }
    }

    private void ended(IOException cause, boolean keepUnread) {
        if (ended != null || detached) {
            return;
        }
        ended = cause;
        cancelTimers();
        for (YamuxStream stream : new ArrayList<>(streams.values())) {
            stream.sessionEnded(cause, keepUnread);
        }
        failWaiting(cause);
        ready.clear();
        fireReadCompletes();
        if (control != null) {
            control.release();
            control = null;
        }
    }

    private void failWaiting(IOException cause) {
        for (Opening opening = waiting.poll(); opening != null; opening = waiting.poll()) {
            opening.promise.tryFailure(cause);
        }
    }

    private void cancelTimers() {
        if (keepAlive != null) {
            keepAlive.cancel(false);
        }
        if (pingTimeout != null) {
            pingTimeout.cancel(false);
        }
    }

    // ---- what streams call ----

    Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("the session is in no pipeline yet");
        }
        return channel;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    /** By how much a window may grow that wants to. */
    IntUnaryOperator windowGrowth() {
        return windowGrowth;
    }

    /** Accounts bytes that wait for a stream's reader, or with less than 0 do no longer. */
    void held(int change) {
        scope.received(change);
    }

    /** True if a read is under way, at whose end the stream's handlers will be told. */
    boolean deferReadComplete(YamuxStream stream) {
        if (reading && !stream.touched) {
            stream.touched = true;
            touched.add(stream);
        }
        return reading;
    }

    void wantTurn(YamuxStream stream) {
        if (!stream.queued && ended == null && !detached) {
            stream.queued = true;
            ready.add(stream);
            wantPump();
        }
    }

    void sendReset(YamuxStream stream) {
        if (isCurrent(stream) && !stream.unannounced()) {
            control(FrameHeader.WINDOW_UPDATE, FrameHeader.RST, stream.streamId(), 0);
        }
    }

    /** Forgets a stream that has ended on the wire. */
    void remove(YamuxStream stream) {
        if (!isCurrent(stream)) {
            return;
        }
        streams.remove(stream.streamId());
        streamCount = streams.size();
        scope.windowClosed(stream.windowGrowth());
        if (stream.equals(bodyOf)) {
            bodyOf = null;
        }
        if (isOurs(stream.streamId())) {
            acknowledged(stream);
        } else {
            inboundStreams--;
        }
    }

    void writeDataHeader(int stream, int flags, int length) {
        ChannelHandlerContext ctx = context();
        ByteBuf header = ctx.alloc().directBuffer(FrameHeader.LENGTH, FrameHeader.LENGTH);
        FrameHeader.write(header, FrameHeader.DATA, flags, stream, length);
        ctx.write(header, ctx.voidPromise());
    }

    void writeBody(ByteBuf part) {
        ChannelHandlerContext ctx = context();
        ctx.write(part, ctx.voidPromise());
    }

    /** Queues a frame without a body. */
    void control(int type, int flags, int stream, int length) {
        if (ended != null) {
            return;
        }
        if (control == null) {
            control = context().alloc().directBuffer(16 * FrameHeader.LENGTH);
        }
        FrameHeader.write(control, type, flags, stream, length);
        controlFrames++;
        if (!detached) {
            wantPump();
        }
    }

    // ---- writing ----

    private void wantPump() {
        if (!reading && !pumping && !pumpScheduled) {
            pumpScheduled = true;
            context().executor().execute(pumpTask);
        }
    }

    private void scheduledPump() {
        pumpScheduled = false;
        pump();
    }

    private void pump() {
        if (pumping || ended != null || detached || context == null || context.isRemoved()) {
            return;
        }
        ChannelHandlerContext ctx = context;
        pumping = true;
        try {
            int flushes = 0;
            while (ctx.channel().isWritable() && (control != null || !ready.isEmpty())) {
                if (flushes++ == FLUSHES_PER_TURN) {
                    break;
                }
                writeControl(ctx);
                writeFrames();
                writeControl(ctx);
                ctx.flush();
            }
        } finally {
            pumping = false;
        }
        if (ctx.channel().isWritable() && (control != null || !ready.isEmpty())) {
            wantPump();
        }
    }

    private void writeFrames() {
        int written = 0;
        while (written < FLUSH_BYTES) {
            YamuxStream stream = ready.poll();
            if (stream == null) {
                return;
            }
            stream.queued = false;
            written += stream.writeFrame();
            if (stream.hasMore()) {
                wantTurn(stream);
            }
        }
    }

    private void writeControl(ChannelHandlerContext ctx) {
        if (control != null) {
            ByteBuf frames = control;
            control = null;
            controlFrames = 0;
            pingReplies = 0;
            ctx.write(frames, ctx.voidPromise());
        }
    }

    private void fireReadCompletes() {
        for (YamuxStream stream = touched.poll(); stream != null; stream = touched.poll()) {
            if (stream.touched) {
                stream.touched = false;
                stream.fireReadComplete();
            }
        }
    }

    // ---- pings ----

    private void sendPing() {
        if (ended != null || detached) {
            return;
        }
        if (peerTakesNothing()) {
            hangUp(new IOException("the peer took nothing for " + KEEP_ALIVE_SECONDS + " s"));
            return;
        }
        if (pingOutstanding) {
            return;
        }
        pingOutstanding = true;
        pingSent = now();
        heard = false;
        control(FrameHeader.PING, FrameHeader.SYN, 0, ++pingValue);
        pingTimeout =
                context()
                        .executor()
                        .schedule(this::pingTimedOut, PING_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * True if what waited for the socket a keep-alive ago waits to the byte now. A peer that sends
     * and never reads would hold it for ever: its bytes say that it lives.
     */
    private boolean peerTakesNothing() {
        ChannelOutboundBuffer waiting = channel().unsafe().outboundBuffer();
        long before = waitedForSocket;
        waitedForSocket =
                waiting == null || channel().isWritable()
                        ? NOTHING_WAITED
                        : waiting.totalPendingWriteBytes();
        return waitedForSocket != NOTHING_WAITED && waitedForSocket == before;
    }

    /** Ends without a word, which would have to wait as well. */
    private void hangUp(IOException cause) {
        ended(cause, false);
        ChannelHandlerContext first = channel().pipeline().firstContext();
        if (first != null) {
            first.close();
        }
    }

    private void pingTimedOut() {
        if (!pingOutstanding) {
            return;
        }
        if (heard) {
            // The answer may be far back in a full queue; any byte shows that the peer lives.
            pingOutstanding = false;
        } else {
            end(
                    new IOException("the peer has not answered for " + PING_TIMEOUT_SECONDS + " s"),
                    FrameHeader.NORMAL,
                    false);
        }
    }

    private void pinged(int flags, int value) {
        if ((flags & FrameHeader.SYN) != 0) {
            if (pingReplies < MAX_PING_REPLIES) {
                pingReplies++;
                control(FrameHeader.PING, FrameHeader.ACK, 0, value);
            }
        } else if ((flags & FrameHeader.ACK) != 0 && pingOutstanding && value == pingValue) {
            pingOutstanding = false;
            roundTrip = Math.max(1, now() - pingSent);
            if (pingTimeout != null) {
                pingTimeout.cancel(false);
            }
        }
    }

    // ---- helpers of the inbound side ----

    private boolean isCurrent(YamuxStream stream) {
        return stream.equals(streams.get(stream.streamId()));
    }

    private boolean isOurs(int stream) {
        return (stream & 1) == (initiator ? 1 : 0);
    }

    private void acknowledged(YamuxStream stream) {
        if (!stream.acknowledged()) {
            stream.acknowledge();
            unacknowledged--;
            Opening opening = ended == null ? waiting.poll() : null;
            if (opening != null) {
                open(opening);
            }
        }
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the session is in no pipeline yet");
        }
        return context;
    }

    private void onLoop(Runnable task) {
        EventExecutor loop = context().executor();
        if (loop.inEventLoop()) {
            task.run();
        } else if (!loop.isShutdown()) {
            loop.execute(task);
        }
    }

    /** What the decoder finds, applied to the session. */
    private final class Inbound implements FrameDecoder.Frames {

        @Override
        public void header(int type, int flags, int stream, int length)
                throws MalformedFrameException {
            bodyOf = null;
            if (controlFrames > MAX_WAITING_CONTROL_FRAMES) {
                throw new MalformedFrameException(MalformedFrameException.Reason.BACKLOG);
            }
            switch (type) {
                case FrameHeader.DATA -> data(flags, stream, length);
                case FrameHeader.WINDOW_UPDATE -> windowUpdate(flags, stream, length);
                case FrameHeader.PING -> pinged(flags, length);
                case FrameHeader.GO_AWAY -> goAwayReceived = true;
                default -> throw new MalformedFrameException(MalformedFrameException.Reason.TYPE);
            }
        }

        private void data(int flags, int id, int length) throws MalformedFrameException {
            YamuxStream stream = find(flags, id);
            if (stream == null) {
                return;
            }
            if (!stream.accountBody(length)) {
                throw new MalformedFrameException(MalformedFrameException.Reason.WINDOW_EXCEEDED);
            }
            if (length > 0) {
                bodyOf = stream;
                bodyFin = (flags & FrameHeader.FIN) != 0;
            } else if ((flags & FrameHeader.FIN) != 0) {
                stream.receiveFin();
            }
        }

        private void windowUpdate(int flags, int id, int length) throws MalformedFrameException {
            YamuxStream stream = find(flags, id);
            if (stream == null) {
                return;
            }
            if (length != 0) {
                stream.enlargeSendWindow(length & 0xffffffffL);
            }
            if ((flags & FrameHeader.FIN) != 0) {
                stream.receiveFin();
            }
        }

        /** The stream that a frame is for; null if the frame has no further meaning. */
        private @Nullable YamuxStream find(int flags, int id) throws MalformedFrameException {
            if (id == 0) {
                throw new MalformedFrameException(MalformedFrameException.Reason.SESSION_STREAM);
            }
            if ((flags & FrameHeader.SYN) != 0) {
                accept(id);
            }
            YamuxStream stream = streams.get(id);
            if (stream == null) {
                return null;
            }
            if ((flags & FrameHeader.RST) != 0) {
                stream.receiveReset();
                return null;
            }
            if ((flags & FrameHeader.ACK) != 0) {
                acknowledged(stream);
            }
            return stream;
        }

        private void accept(int id) throws MalformedFrameException {
            if (isOurs(id)) {
                throw new MalformedFrameException(MalformedFrameException.Reason.PARITY);
            }
            if (streams.containsKey(id)) {
                throw new MalformedFrameException(MalformedFrameException.Reason.DUPLICATE_STREAM);
            }
            boolean welcome = inboundStreams < MAX_INBOUND_STREAMS && !goAwaySent && !detached;
            @Nullable StreamScope place = welcome ? scope.acceptStream() : null;
            if (place == null) {
                control(FrameHeader.WINDOW_UPDATE, FrameHeader.RST, id, 0);
                return;
            }
            inboundStreams++;
            add(new YamuxStream(YamuxSession.this, id, FrameHeader.ACK, now(), place), inbound);
        }

        @Override
        public void body(ByteBuf part, boolean last) {
            YamuxStream stream = bodyOf;
            if (stream == null) {
                part.release();
                return;
            }
            if (!scope.mayReceive(part.readableBytes())) {
                part.release();
                stream.reset();
                return;
            }
            stream.receive(part);
            if (last && bodyFin) {
                stream.receiveFin();
            }
        }
    }
}
