package org.flowshield.node.payment.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The events of one paid session on their way to the one thread that runs it. Bounded: who reads
 * the peer's messages waits while too many are on their way; nudges count once; the rest come once
 * for each thing that was begun. Nobody but that reader ever waits.
 */
final class Mailbox<E> {

    /** The peer's messages on their way; an honest one waits for the answer to each. */
    private static final int MESSAGES = 16;

    private record Item<E>(E event, boolean message, boolean nudge) {}

    private final E look;
    private final Duration tick;
    private final Semaphore room = new Semaphore(MESSAGES);
    private final LinkedBlockingQueue<Item<E>> events = new LinkedBlockingQueue<>();
    private final AtomicBoolean nudged = new AtomicBoolean();

    /** Of the session's own thread: what an effect led to. */
    private final Deque<E> own = new ArrayDeque<>();

    /**
     * @param look the event that comes when nothing else does for a {@code tick}
     */
    Mailbox(E look, Duration tick) {
        this.look = look;
        this.tick = tick;
    }

    /** Puts one of the peer's messages; waits while too many are on their way. */
    void putMessage(E event) throws InterruptedException {
        room.acquire();
        events.add(new Item<>(event, true, false));
    }

    /** Puts another event; never waits. */
    void put(E event) {
        events.add(new Item<>(event, false, false));
    }

    /** Lets the session look at its meter; never waits, many count as one. */
    void nudge() {
        if (nudged.compareAndSet(false, true)) {
            events.add(new Item<>(look, false, true));
        }
    }

    /** Puts what follows from an effect, before all else; the session's own thread only. */
    void follow(E event) {
        own.add(event);
    }

    /** Nobody takes events any more: who waits to put one goes on. */
    void end() {
        room.release(Short.MAX_VALUE);
    }

    /** The next event. */
    E next() throws InterruptedException {
        E first = own.poll();
        if (first != null) {
            return first;
        }
        Optional<Item<E>> item =
                Optional.ofNullable(events.poll(tick.toMillis(), TimeUnit.MILLISECONDS));
        if (item.isEmpty()) {
            return look;
        }
        if (item.orElseThrow().message()) {
            room.release();
        }
        if (item.orElseThrow().nudge()) {
            nudged.set(false);
        }
        return item.orElseThrow().event();
    }
}
