package org.flowshield.libp2p.pubsub;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one topic as they come; blocks, for virtual threads. Safe for use by any thread;
 * each message goes to one of those that wait. What nobody takes in time is dropped by the rule of
 * {@link PubSubOptions#overflow} and counted. Iterating ends when the subscription does.
 */
public final class Subscription implements Iterable<ReceivedMessage>, AutoCloseable {

    private final PubSub pubsub;
    private final Topic topic;
    private final int capacity;
    private final Overflow overflow;

    /** Guards the four below; held for a few instructions. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Deque<ReceivedMessage> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean ended;

    Subscription(PubSub pubsub, Topic topic, int capacity, Overflow overflow) {
        this.pubsub = pubsub;
        this.topic = topic;
        this.capacity = capacity;
        this.overflow = overflow;
    }

    public Topic topic() {
        return topic;
    }

    /** Publishes about this topic. */
    public Published publish(byte[] data) {
        return pubsub.publish(topic, data);
    }

    /** Waits for a message; empty if none came in time, or the subscription has ended. */
    public Optional<ReceivedMessage> next(Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a message; empty if the subscription has ended. */
    public Optional<ReceivedMessage> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !ended) {
                changed.await();
            }
            return Optional.ofNullable(waiting.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Waits at each step; an interrupt ends it, and stays set. */
    @Override
    public Iterator<ReceivedMessage> iterator() {
        return new Iterator<>() {
            private @Nullable ReceivedMessage ahead;

            @Override
            public boolean hasNext() {
                if (ahead == null) {
                    try {
                        ahead = Subscription.this.next().orElse(null);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return false;
                    }
                }
                return ahead != null;
            }

            @Override
            public ReceivedMessage next() {
                if (!hasNext() || ahead == null) {
                    throw new NoSuchElementException("the subscription has ended");
                }
                ReceivedMessage message = ahead;
                ahead = null;
                return message;
            }
        };
    }

    /** How many messages were dropped because nobody took them. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    void offer(ReceivedMessage message) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (waiting.size() >= capacity) {
                dropped++;
                if (overflow == Overflow.DROP_NEWEST) {
                    return;
                }
                waiting.removeFirst();
            }
            waiting.addLast(message);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the topic; who waits finds what is left, then the end. Idempotent. */
    @Override
    public void close() {
        pubsub.leave(this);
    }
}
