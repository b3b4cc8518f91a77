package org.flowshield.libp2p.resource;

import java.util.concurrent.atomic.AtomicLong;

/** A number that is taken and given back, and a bound for it. Any thread. */
final class Gauge {

    private final long bound;
    private final AtomicLong used = new AtomicLong();

    Gauge(long bound) {
        this.bound = bound;
    }

    /** Takes one; false if the bound is reached. */
    boolean take() {
        return takeUpTo(1) == 1;
    }

    /** Takes as much as there is. */
    long takeUpTo(long wanted) {
        while (true) {
            long before = used.get();
            long taken = Math.clamp(bound - before, 0, wanted);
            if (taken == 0 || used.compareAndSet(before, before + taken)) {
                return taken;
            }
        }
    }

    /** Takes, or with less than 0 gives back, whatever the bound says. */
    void add(long amount) {
        used.addAndGet(amount);
    }

    void giveBack(long amount) {
        used.addAndGet(-amount);
    }

    boolean isFull() {
        return used.get() >= bound;
    }

    long used() {
        return used.get();
    }
}
