package org.flowshield.libp2p.host;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.flowshield.libp2p.yamux.StreamResetException;
import org.flowshield.libp2p.yamux.UnreadBytes;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between a stream's event loop and its blocking readers and writers. When it is
 * full the channel is not read any more, and the peer's window closes.
 */
final class StreamInbox extends ChannelInboundHandlerAdapter {

    /** Guards all fields; held for a few instructions, by the event loop too. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition readable = lock.newCondition();
    private final Condition writable = lock.newCondition();
    private final UnreadBytes queue = new UnreadBytes();
    private final ConnectionScope scope;
    private int queued;
    private boolean paused;
    private boolean ended;
    private boolean closed;
    private @Nullable IOException failure;
    private @Nullable ChannelHandlerContext context;

    StreamInbox(ConnectionScope scope) {
        this.scope = scope;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    // ---- the event loop's side ----

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        lock.lock();
        try {
            if (closed || !bytes.isReadable()) {
                bytes.release();
                return;
            }
            int length = bytes.readableBytes();
            queue.add(bytes, ctx.alloc());
            queued += length;
            scope.received(length);
            if (queued >= HostLimits.INBOX_HIGH && !paused) {
                paused = true;
                // Under the lock, as below: a reader that empties the queue meanwhile would say
                // "go on" first, and nothing would ever be read again.
                ctx.channel().config().setAutoRead(false);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        lock.lock();
        try {
            readable.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            lock.lock();
            try {
                ended = true;
                readable.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        lock.lock();
        try {
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause instanceof IOException io ? io : new IOException(cause));
        if (!(cause instanceof IOException)) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        lock.lock();
        try {
            if (!ended && failure == null) {
                failure = new ClosedChannelException();
            }
            readable.signalAll();
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            if (cause instanceof StreamResetException) {
                releaseQueue();
            }
            readable.signalAll();
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // ---- the blocking side ----

    /** Reads at least one byte; -1 at the end. */
    int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        int count;
        lock.lock();
        try {
            awaitReadable();
            if (queue.isEmpty()) {
                return -1;
            }
            count = take(target);
            queued -= count;
            scope.received(-count);
            if (paused && queued <= HostLimits.INBOX_LOW) {
                paused = false;
                readOn();
            }
        } finally {
            lock.unlock();
        }
        return count;
    }

    /** Asks the event loop to; does not wait for it. */
    private void readOn() {
        ChannelHandlerContext ctx = context;
        if (ctx != null && ctx.channel().isActive()) {
            ctx.channel().config().setAutoRead(true);
        }
    }

    private int take(ByteBuffer target) {
        int count = 0;
        for (ByteBuf head = queue.peek();
                head != null && target.hasRemaining();
                head = queue.peek()) {
            int part = Math.min(target.remaining(), head.readableBytes());
            int limit = target.limit();
            target.limit(target.position() + part);
            head.readBytes(target);
            target.limit(limit);
            count += part;
            if (!head.isReadable()) {
                queue.poll();
                head.release();
            }
        }
        return count;
    }

    private void awaitReadable() throws IOException {
        try {
            while (queue.isEmpty() && !ended && !closed && failure == null) {
                readable.await();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (closed) {
            throw new ClosedChannelException();
        }
        if (queue.isEmpty() && !ended && failure != null) {
            throw rethrown(failure);
        }
    }

    /** Waits until the channel takes more. */
    void awaitWritable() throws IOException {
        ChannelHandlerContext ctx = context;
        if (ctx == null) {
            throw new ClosedChannelException();
        }
        Channel channel = ctx.channel();
        lock.lock();
        try {
            while (failure == null && channel.isActive() && !channel.isWritable()) {
                writable.await();
            }
            if (failure != null) {
                throw rethrown(failure);
            }
            if (!channel.isActive()) {
                throw new ClosedChannelException();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for the peer");
    }

    /** The same failure with the caller's own stack. */
    private static IOException rethrown(IOException cause) {
        if (cause instanceof StreamResetException || cause instanceof ClosedChannelException) {
            return cause;
        }
        return new IOException(cause.getMessage(), cause);
    }

    /** Moves what was not read; event loop only, no reader may be waiting. */
    void drainTo(ByteBuf target) {
        lock.lock();
        try {
            for (ByteBuf bytes = queue.poll(); bytes != null; bytes = queue.poll()) {
                target.writeBytes(bytes);
                bytes.release();
            }
            releaseQueue();
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Fires what was not read to the handlers behind this one and leaves. Event loop only. */
    void handOver() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || ctx.isRemoved()) {
            return;
        }
        List<ByteBuf> unread = new ArrayList<>();
        lock.lock();
        try {
            for (ByteBuf bytes = queue.poll(); bytes != null; bytes = queue.poll()) {
                unread.add(bytes);
            }
            releaseQueue();
            closed = true;
        } finally {
            lock.unlock();
        }
        unread.forEach(ctx::fireChannelRead);
        ctx.fireChannelReadComplete();
        if (ended) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        if (failure != null) {
            ctx.fireExceptionCaught(failure);
        }
        ctx.pipeline().remove(this);
    }

    /** What has not been read is dropped; readers fail from now on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            releaseQueue();
            readable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void releaseQueue() {
        queue.clear();
        scope.received(-queued);
        queued = 0;
    }
}
