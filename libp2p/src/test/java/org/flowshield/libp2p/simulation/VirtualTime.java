package org.flowshield.libp2p.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * A clock and an agenda for simulations: time stands still while something happens, then jumps to
 * what is due next. What is due at one time happens in the order in which it was planned, so that a
 * run depends on nothing but its seed. For one thread.
 */
public final class VirtualTime {

    private record Event(long nanos, long number, Runnable action) {}

    private final PriorityQueue<Event> agenda =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
    private long nanos;
    private long planned;

    /** Nanoseconds since the simulation began. */
    public long nanos() {
        return nanos;
    }

    /** Plans an action; a delay of zero means after everything that is already planned for now. */
    public void after(Duration delay, Runnable action) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay of " + delay);
        }
        agenda.add(new Event(nanos + delay.toNanos(), planned++, action));
    }

    /** Lets happen what is due within this time, then stands at its end. */
    public void pass(Duration time) {
        long end = nanos + time.toNanos();
        for (Event next = agenda.peek();
                next != null && next.nanos() <= end;
                next = agenda.peek()) {
            agenda.remove();
            nanos = next.nanos();
            next.action().run();
        }
        nanos = end;
    }
}
