package org.flowshield.libp2p.yamux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.DefaultChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.resource.StreamScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A yamux stream as a Netty channel, on the event loop of its connection.
 *
 * <p>Reading honours auto-read: what is not read is not granted anew, so that it holds the peer
 * back. Writing honours the peer's window and the connection's writability through this channel's
 * own. A write's promise completes when its last byte has been handed to the connection. {@link
 * #close} is orderly: bytes written before are delivered; {@link #reset} is not. The end of the
 * peer's direction is told by {@link ChannelInputShutdownEvent}; a reset or the connection's end by
 * an {@link IOException}, before the channel becomes inactive.
 */
public final class YamuxStream extends AbstractChannel implements DuplexChannel {

    /**
     * The body of the largest frame sent, as in go-yamux and js-libp2p: other streams wait for no
     * more than this.
     */
    static final int MAX_FRAME_BODY = 64 * 1024;

    /** How much may wait in a stream before it asks its writer to pause: some frames' worth. */
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(2 * MAX_FRAME_BODY, 8 * MAX_FRAME_BODY);

    /** Where the sum of what a peer grants saturates: more than any path holds. */
    private static final long MAX_SEND_WINDOW = 1L << 40;

    /** How long the peer has to end its direction after we closed ours and stopped reading. */
    private static final long LINGER_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(YamuxStream.class);

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final YamuxSession session;
    private final int streamId;
    private final ChannelConfig config;
    private final ReceiveWindow receiveWindow;
    private final UnreadBytes unread = new UnreadBytes();
    private final @Nullable StreamScope place;
    private final FlushedBytes flushedBytes = new FlushedBytes();

    /** A part on its way to a reader that waits for it. */
    private @Nullable ByteBuf fresh;

    private long sendWindow = ReceiveWindow.INITIAL;
    private int openingFlag;
    private boolean acknowledged;
    private boolean readPending;
    private boolean delivering;
    private boolean discarding;
    private boolean finReceived;
    private @Nullable IOException sessionEnd;
    private @Nullable ChannelPromise finPromise;
    private @Nullable Future<?> linger;
    private volatile boolean inputShutdown;
    private volatile boolean finRequested;
    private volatile boolean finSent;
    private volatile boolean open = true;

    /** Set while this stream waits for its turn to write. */
    boolean queued;

    /** Set while this stream waits for the end of a read to tell its handlers. */
    boolean touched;

    /**
     * @param place what an inbound stream has taken of the host's limits; given back when the
     *     channel is closed
     */
    YamuxStream(
            YamuxSession session,
            int streamId,
            int openingFlag,
            long now,
            @Nullable StreamScope place) {
        super(session.channel());
        this.place = place;
        this.session = session;
        this.streamId = streamId;
        this.openingFlag = openingFlag;
        this.acknowledged = openingFlag == FrameHeader.ACK;
        this.receiveWindow = new ReceiveWindow(now);
        this.config =
                new DefaultChannelConfig(this) {
                    @Override
                    protected void autoReadCleared() {
                        if (isRegistered() && eventLoop().inEventLoop()) {
                            readPending = false;
                        }
                    }
                };
        config.setAllocator(session.channel().config().getAllocator());
        config.setWriteBufferWaterMark(WATER_MARK);
    }

    /** The number of this stream in its session; an unsigned 32-bit number. */
    public int streamId() {
        return streamId;
    }

    /** What this stream has taken of the host's limits; null if we opened it. */
    public @Nullable StreamScope place() {
        return place;
    }

    /** Ends both directions at once; what is not yet sent or read is lost. Any thread. */
    public void reset() {
        onLoop(this::reset0);
    }

    private void reset0() {
        if (open) {
            closeNow();
        }
    }

    // ---- what the session calls, on the event loop ----

    /** True if the peer has answered our opening, or opened this stream itself. */
    boolean acknowledged() {
        return acknowledged;
    }

    void acknowledge() {
        acknowledged = true;
    }

    /** True if the peer knows nothing of this stream yet. */
    boolean unannounced() {
        return openingFlag == FrameHeader.SYN;
    }

    /** The flag that this stream's first frame must carry; 0 later. */
    int takeOpeningFlag() {
        int flag = openingFlag;
        openingFlag = 0;
        return flag;
    }

    void enlargeSendWindow(long delta) {
        sendWindow = Math.min(MAX_SEND_WINDOW, sendWindow + delta);
        wantTurn();
    }

    boolean accountBody(int length) {
        return receiveWindow.receive(length);
    }

    void receive(ByteBuf part) {
        if (discarding || finReceived || !open) {
            part.release();
            return;
        }
        if (unread.isEmpty() && readPending && !delivering) {
            fresh = part;
        } else {
            session.held(part.readableBytes());
            unread.add(part, alloc());
        }
        deliver();
    }

    void receiveFin() {
        if (finReceived) {
            return;
        }
        finReceived = true;
        if (finSent) {
            session.remove(this);
        }
        if (unread.isEmpty()) {
            endInput();
        }
    }

    void receiveReset() {
        session.remove(this);
        dropUnread();
        pipeline().fireExceptionCaught(new StreamResetException());
        closeNow();
    }

    /**
     * The connection is gone.
     *
     * @param keepUnread true if what has arrived can still be read
     */
    void sessionEnded(IOException cause, boolean keepUnread) {
        if (!open) {
            return;
        }
        sessionEnd = cause;
        if (!keepUnread) {
            dropUnread();
        }
        if (unread.isEmpty() && !inputShutdown) {
            endInput();
        } else if (unread.isEmpty()) {
            fireAndClose(cause);
        } else {
            ((StreamUnsafe) unsafe()).shutdownOutput(newPromise());
        }
    }

    void fireReadComplete() {
        pipeline().fireChannelReadComplete();
    }

    /**
     * Writes the next frame, if there is one and the window allows it.
     *
     * @return the bytes written, headers not counted
     */
    int writeFrame() {
        ChannelOutboundBuffer out = unsafe().outboundBuffer();
        if (out == null || !open) {
            return 0;
        }
        int length = flushedBytes.count(out, (int) Math.min(MAX_FRAME_BODY, sendWindow));
        if (length == 0) {
            writeFlagsOnly(out);
            return 0;
        }
        // The end never travels with the last bytes but follows in a frame of its own, as in
        // go-yamux: js-libp2p (yamux 8.0.3) heeds FIN first and then drops the frame's body.
        session.writeDataHeader(streamId, takeOpeningFlag(), length);
        sendWindow -= length;
        // All of the frame is written before the first promise completes: what a listener does must
        // not come between a header and its body.
        flushedBytes.write(out, length);
        removeBytes(out, length);
        return length;
    }

    /** Completes promises, whose listeners may close this channel and so empty the buffer. */
    private static void removeBytes(ChannelOutboundBuffer out, int length) {
        int left = length;
        while (left > 0 && out.current() instanceof ByteBuf message) {
            int part = Math.min(left, message.readableBytes());
            left -= part;
            if (part == message.readableBytes()) {
                out.remove();
            } else {
                message.skipBytes(part);
            }
        }
    }

    private void writeFlagsOnly(ChannelOutboundBuffer out) {
        while (out.current() instanceof ByteBuf empty && !empty.isReadable()) {
            out.remove();
        }
        boolean last = finRequested && !finSent && out.isEmpty();
        int flags = takeOpeningFlag() | (last ? FrameHeader.FIN : 0);
        if (flags != 0) {
            session.control(FrameHeader.WINDOW_UPDATE, flags, streamId, 0);
        }
        if (last) {
            finWritten();
        }
    }

    private void finWritten() {
        finSent = true;
        if (finPromise != null) {
            finPromise.trySuccess();
        }
        if (finReceived) {
            session.remove(this);
            if (inputShutdown || discarding) {
                closeNow();
            }
        } else if (discarding) {
            linger = eventLoop().schedule(this::reset0, LINGER_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** True if another call of {@link #writeFrame} would write something now. */
    boolean hasMore() {
        ChannelOutboundBuffer out = unsafe().outboundBuffer();
        return out != null
                && (out.isEmpty() ? finRequested && !finSent : sendWindow > 0 || openingFlag != 0);
    }

    long sendWindow() {
        return sendWindow;
    }

    int openReceiveWindow() {
        return receiveWindow.open();
    }

    boolean finReceived() {
        return finReceived;
    }

    boolean nothingToSend() {
        ChannelOutboundBuffer out = unsafe().outboundBuffer();
        return out != null && out.isEmpty() && out.totalPendingWriteBytes() == 0 && !finRequested;
    }

    /** Moves what was not read; the stream has no further use. */
    void drainTo(ByteBuf target) {
        for (ByteBuf part = unread.poll(); part != null; part = unread.poll()) {
            session.held(-part.readableBytes());
            target.writeBytes(part);
            part.release();
        }
    }

    /** Closes the channel without a word to the peer. */
    void closeNow() {
        ((StreamUnsafe) unsafe()).closeNow();
    }

    // ---- inbound ----

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (deliverPending() && !session.deferReadComplete(this)) {
                fireReadComplete();
            }
        } finally {
            delivering = false;
        }
        if (unread.isEmpty() && (finReceived || sessionEnd != null)) {
            endInput();
        }
    }

    private boolean deliverPending() {
        boolean any = false;
        while (readPending) {
            ByteBuf part = next();
            if (part == null) {
                break;
            }
            any = true;
            if (!config.isAutoRead()) {
                readPending = false;
            }
            consumed(part.readableBytes());
            pipeline().fireChannelRead(part);
        }
        return any;
    }

    private @Nullable ByteBuf next() {
        ByteBuf part = fresh;
        fresh = null;
        if (part == null) {
            part = unread.poll();
            if (part != null) {
                session.held(-part.readableBytes());
            }
        }
        return part;
    }

    private void consumed(int bytes) {
        if (finReceived || sessionEnd != null) {
            return;
        }
        int grant =
                receiveWindow.consume(
                        bytes, session.now(), session.roundTrip(), session.windowGrowth());
        if (grant > 0) {
            session.control(FrameHeader.WINDOW_UPDATE, takeOpeningFlag(), streamId, grant);
        }
    }

    int windowGrowth() {
        return receiveWindow.growth();
    }

    private void endInput() {
        if (inputShutdown || !open) {
            return;
        }
        inputShutdown = true;
        if (touched) {
            // The reader must hear of the last bytes before it hears of the end.
            touched = false;
            fireReadComplete();
        }
        if (finReceived) {
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            if (finSent) {
                closeNow();
            }
        }
        if (sessionEnd != null && open) {
            fireAndClose(sessionEnd);
        }
    }

    private void fireAndClose(IOException cause) {
        pipeline().fireExceptionCaught(cause);
        closeNow();
    }

    private void dropUnread() {
        for (ByteBuf part = unread.poll(); part != null; part = unread.poll()) {
            session.held(-part.readableBytes());
            part.release();
        }
    }

    // ---- Netty's channel ----

    private void wantTurn() {
        session.wantTurn(this);
    }

    private void requestFin(ChannelPromise promise) {
        if (finSent || sessionEnd != null) {
            promise.trySuccess();
            return;
        }
        if (finPromise == null) {
            finPromise = promise;
        } else {
            finPromise.addListener(done -> promise.trySuccess());
        }
        if (!finRequested) {
            unsafe().flush();
            finRequested = true;
            wantTurn();
        }
    }

    private void beginClose() {
        if (!discarding) {
            discarding = true;
            dropUnread();
            requestFin(newPromise());
            if ((finSent && finReceived) || sessionEnd != null) {
                closeNow();
            } else if (finSent && linger == null) {
                linger = eventLoop().schedule(this::reset0, LINGER_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** A peer that resets a stream which nobody serves any more is no news for an operator. */
    @Override
    protected DefaultChannelPipeline newChannelPipeline() {
        return new DefaultChannelPipeline(this) {
            @Override
            protected void onUnhandledInboundException(Throwable cause) {
                if (cause instanceof IOException) {
                    LOG.debug("{}: {}", YamuxStream.this, cause.getMessage());
                } else {
                    super.onUnhandledInboundException(cause);
                }
            }
        };
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return parent().localAddress();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return parent().remoteAddress();
    }

    @Override
    protected void doBind(SocketAddress localAddress) {
        throw new UnsupportedOperationException("a stream is not bound");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doClose() {
        if (!open) {
            return;
        }
        open = false;
        dropUnread();
        if (linger != null) {
            linger.cancel(false);
        }
        if (finPromise != null) {
            finPromise.tryFailure(new IOException("the stream ended before all was sent"));
        }
        session.sendReset(this);
        session.remove(this);
        if (place != null) {
            place.release();
        }
    }

    @Override
    protected void doShutdownOutput() {
        // Only called when the session has ended: there is nobody to tell.
    }

    @Override
    protected void doBeginRead() {
        readPending = true;
        deliver();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        wantTurn();
    }

    @Override
    protected Object filterOutboundMessage(Object message) throws Exception {
        if (finRequested) {
            throw new ChannelOutputShutdownException("the stream's writing end is closed");
        }
        if (message instanceof ByteBuf) {
            return message;
        }
        throw new UnsupportedOperationException("a stream takes bytes, not " + message.getClass());
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isInputShutdown() {
        return inputShutdown;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    /** What arrives from now on is dropped. */
    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        onLoop(
                () -> {
                    discarding = true;
                    inputShutdown = true;
                    dropUnread();
                    promise.trySuccess();
                });
        return promise;
    }

    @Override
    public boolean isOutputShutdown() {
        return finRequested || !open;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    /** Ends our direction after everything written before. */
    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        onLoop(() -> requestFin(promise));
        return promise;
    }

    @Override
    public boolean isShutdown() {
        return isInputShutdown() && isOutputShutdown();
    }

    @Override
    public ChannelFuture shutdown() {
        return close();
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        return close(promise);
    }

    private void onLoop(Runnable task) {
        if (eventLoop().inEventLoop()) {
            task.run();
        } else if (open) {
            try {
                eventLoop().execute(task);
            } catch (RejectedExecutionException e) {
                LOG.debug("{} ended with its event loop", this, e);
            }
        }
    }

    private final class StreamUnsafe extends AbstractUnsafe {

        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            safeSetFailure(promise, new UnsupportedOperationException("a stream is connected"));
        }

        @Override
        public void close(ChannelPromise promise) {
            if (!promise.setUncancellable()) {
                return;
            }
            if (open && isRegistered()) {
                if (!promise.isVoid()) {
                    closeFuture().addListener(closed -> promise.trySuccess());
                }
                beginClose();
            } else {
                super.close(promise);
            }
        }

        void closeNow() {
            super.close(newPromise());
        }
    }

    /** Counts and writes what is flushed, up to a limit, without an object per frame. */
    private final class FlushedBytes implements ChannelOutboundBuffer.MessageProcessor {

        private boolean writing;
        private long limit;
        private long seen;

        int count(ChannelOutboundBuffer out, int atMost) {
            visit(out, atMost, false);
            return (int) Math.min(limit, seen);
        }

        void write(ChannelOutboundBuffer out, int length) {
            visit(out, length, true);
        }

        private void visit(ChannelOutboundBuffer out, int atMost, boolean write) {
            writing = write;
            limit = atMost;
            seen = 0;
            try {
                out.forEachFlushedMessage(this);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean processMessage(Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (writing && seen < limit) {
                int part = (int) Math.min(limit - seen, bytes.readableBytes());
                session.writeBody(bytes.retainedSlice(bytes.readerIndex(), part));
            }
            seen += bytes.readableBytes();
            return seen <= limit;
        }
    }
}
