package org.flowshield.node.tunnel.queue;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may send next when there is less than all want: deficit round robin (Shreedhar and Varghese,
 * 1995) by bytes over the queues of sessions, each below its own rate, all below one. Pure; guarded
 * by its owner.
 *
 * @param <S> who owns a queue
 */
public final class FairQueues<S> {

    /** Earned in each round: small, so that a session with little to say seldom waits for long. */
    private static final int QUANTUM = 16 * 1024;

    private final Supplier<Backlog> backlogs;
    private final TokenBucket total;

    /** Those with something to send, in the order of their turns. */
    private final ArrayDeque<Queue> waiting = new ArrayDeque<>();

    FairQueues(Rate total, Supplier<Backlog> backlogs, long now) {
        this.backlogs = backlogs;
        this.total = new TokenBucket(total, now);
    }

    /** What waits for one session, and what it may send. */
    public final class Queue {
        private final S owner;
        private final TokenBucket bucket;
        private final Backlog backlog = backlogs.get();
        private int deficit;
        private boolean open = true;

        Queue(S owner, Rate rate, long now) {
            this.owner = owner;
            this.bucket = new TokenBucket(rate, now);
        }

        S owner() {
            return owner;
        }

        long dropped() {
            return backlog.dropped();
        }
    }

    /** True if so many bytes may pass at once, since nobody waits and no rate stands against it. */
    boolean passes(Queue queue, int bytes, long now) {
        if (!waiting.isEmpty() || !total.isReady(now) || !queue.bucket.isReady(now)) {
            return false;
        }
        total.take(bytes, now);
        queue.bucket.take(bytes, now);
        return true;
    }

    /** Lets whole frames wait, as far as there is room, and consumes them. */
    void add(Queue queue, ByteBuffer frames, long now) {
        if (!queue.open) {
            frames.position(frames.limit());
            return;
        }
        boolean first = queue.backlog.isEmpty();
        queue.backlog.add(frames, now);
        if (first && !queue.backlog.isEmpty()) {
            waiting.addLast(queue);
        }
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Moves frames of the session whose turn it is to the batch.
     *
     * @return that session's queue; null if nobody may send now
     */
    @Nullable Queue next(ByteBuffer batch, int mtu, long now) {
        if (!total.isReady(now)) {
            return null;
        }
        int start = batch.position();
        for (int looked = 0, all = waiting.size(); looked < all && !waiting.isEmpty(); looked++) {
            Queue queue = waiting.removeFirst();
            if (!queue.bucket.isReady(now)) {
                waiting.addLast(queue);
                continue;
            }
            queue.deficit = Math.min(queue.deficit + QUANTUM, batch.capacity() - start);
            batch.limit(start + queue.deficit);
            int _ = queue.backlog.take(batch, mtu, now);
            int bytes = batch.position() - start;
            queue.deficit -= bytes;
            if (queue.backlog.isEmpty()) {
                queue.deficit = 0;
            } else {
                waiting.addLast(queue);
            }
            if (bytes > 0) {
                total.take(bytes, now);
                queue.bucket.take(bytes, now);
                return queue;
            }
            all += queue.backlog.isEmpty() ? 0 : 1; // it has earned more: another round
        }
        return null;
    }

    /** Nanoseconds until somebody may send; more than 0. */
    long untilNext(long now) {
        long least = Long.MAX_VALUE;
        for (Queue queue : waiting) {
            least = Math.min(least, queue.bucket.untilReady(now));
        }
        return Math.max(1, Math.max(least, total.untilReady(now)));
    }

    /** Forgets what waits for a session that is over. */
    void close(Queue queue) {
        queue.open = false;
        queue.backlog.clear();
        waiting.remove(queue);
    }
}
