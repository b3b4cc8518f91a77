package org.flowshield.node.tunnel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The events of one session on their way to the one thread that runs it. Bounded: who reads the
 * peer's messages waits while too many are on their way; the other events come once for each lane
 * and end. Nobody but that reader ever waits.
 */
final class Mailbox<E> {

    /** The peer's messages on their way; it says one every few seconds. */
    private static final int MESSAGES = 16;

    /** How often an idle session looks at the clock. */
    private static final long TICK_MILLIS = 500;

    private record Item<E>(E event, boolean message) {}

    private final Semaphore room = new Semaphore(MESSAGES);
    private final LinkedBlockingQueue<Item<E>> events = new LinkedBlockingQueue<>();

    /** Of the session's own thread: what an effect led to. */
    private final Deque<E> own = new ArrayDeque<>();

    /** Puts one of the peer's messages; waits while too many are on their way. */
    void putMessage(E event) throws InterruptedException {
        room.acquire();
        events.add(new Item<>(event, true));
    }

    /** Puts another event; never waits. */
    void put(E event) {
        events.add(new Item<>(event, false));
    }

    /** Puts what follows from an effect, before all else; the session's own thread only. */
    void follow(E event) {
        own.add(event);
    }

    /** The next event; empty when it is time to look at the clock. */
    Optional<E> next() throws InterruptedException {
        E first = own.poll();
        if (first != null) {
            return Optional.of(first);
        }
        Item<E> item = events.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (item == null) {
            return Optional.empty();
        }
        if (item.message()) {
            room.release();
        }
        return Optional.of(item.event());
    }
}
