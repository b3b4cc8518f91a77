package org.flowshield.node.tunnel.credit;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.flowshield.node.tunnel.credit.FlowKey.Meaning;
import org.flowshield.tun.Frame;

/**
 * The flows that a client has begun, so that it pays for what it asked for. Packets that the client
 * sends mark their flow; a packet that comes is solicited if its flow is marked. What a system
 * answers by itself (a reset, the acceptance of a connection, an echo reply, an error) marks
 * nothing, or a provider could make its own noise into a flow of ours.
 *
 * <p>A table of fixed size without chains: each key has eight places, and when they are taken the
 * flow goes that was silent for the longest time. Marking and looking up allocate nothing. {@link
 * View}s are for one thread each, the table is for all.
 */
public final class FlowTable {

    /** 2 MiB; more than the 64,512 ports that a client's NAT has for it towards one address. */
    private static final int PLACES = 1 << 16;

    /** Two cache lines of keys are looked at on average. */
    private static final int WAYS = 8;

    /** In longs: the three parts of the key and the state. */
    private static final int PLACE = 4;

    private static final int REST = 2;
    private static final int STATE = 3;

    /**
     * How long a flow other than TCP is remembered after its last packet from inside. The NAT of a
     * provider forgets after 30 s to 180 s (RFC 4787 asks for at least 120 s), and a flow that it
     * knows must not be unknown here.
     */
    static final Duration IDLE = Duration.ofMinutes(10);

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /** In a state, beside the second of the last packet: the far end began the flow. */
    private static final long ACCEPTED = 1L << 32;

    private static final long SECONDS = ACCEPTED - 1;

    private final long[] places = new long[PLACES * PLACE];
    private final LongSupplier clock;
    private final long began;

    /** Held by who writes a key. */
    private final ReentrantLock writing = new ReentrantLock();

    /**
     * An empty table.
     *
     * @param clock monotonic, in nanoseconds
     */
    public FlowTable(LongSupplier clock) {
        this.clock = clock;
        this.began = clock.getAsLong();
    }

    /** A thread's way to look at the table. */
    public final class View {

        private final FlowKey key = new FlowKey();

        /**
         * The key that was marked or found last, in {@link #second}: most packets have the same.
         */
        private long lastHigh;

        private long lastLow;
        private long lastRest;
        private long second;

        /** Looks at the clock; before each batch. */
        public void tick() {
            long now = ((clock.getAsLong() - began) / SECOND) & SECONDS;
            if (now != second) {
                second = now;
                lastRest = 0;
            }
        }

        /** Marks the flows of whole frames that the client sends, between position and limit. */
        public void mark(ByteBuffer frames) {
            tick();
            for (int at = frames.position(); at < frames.limit(); ) {
                int length = Frame.length(frames, at);
                mark(frames, at + Frame.HEADER, length);
                at += Frame.HEADER + length;
            }
        }

        /** Marks the flow of one packet that the client sends. */
        void mark(ByteBuffer batch, int packet, int length) {
            Meaning meaning = key.read(batch, packet, length, true);
            if (meaning == Meaning.NONE) {
                return;
            }
            if (!isLast()) {
                FlowTable.this.mark(key, second, meaning == Meaning.ACCEPT);
                remember();
            }
            if (meaning == Meaning.FIRST_FRAGMENT) {
                key.keepAddresses();
                FlowTable.this.mark(key, second, false);
            }
        }

        /** True if a packet that comes belongs to a flow that the client has begun. */
        public boolean isSolicited(ByteBuffer batch, int packet, int length) {
            Meaning meaning = key.read(batch, packet, length, false);
            if (meaning == Meaning.NONE) {
                return false;
            }
            if (!isLast()) {
                if (!isMarked(key, second)) {
                    return false;
                }
                remember();
            }
            if (meaning == Meaning.FIRST_FRAGMENT) {
                key.keepAddresses();
                FlowTable.this.mark(key, second, false);
            }
            return true;
        }

        private boolean isLast() {
            return key.rest() == lastRest && key.low() == lastLow && key.high() == lastHigh;
        }

        private void remember() {
            lastHigh = key.high();
            lastLow = key.low();
            lastRest = key.rest();
        }
    }

    private int firstPlace(FlowKey key) {
        long hash = key.high() * 0x9e3779b97f4a7c15L;
        hash = (hash ^ (hash >>> 32) ^ key.low()) * 0xd6e8feb86659fd93L;
        hash = (hash ^ (hash >>> 32) ^ key.rest()) * 0x9e3779b97f4a7c15L;
        return (int) ((hash >>> 32) & (PLACES / WAYS - 1)) * WAYS * PLACE;
    }

    private long get(int index) {
        return (long) LONGS.getOpaque(places, index);
    }

    private void set(int index, long value) {
        LONGS.setOpaque(places, index, value);
    }

    /** Where the key stands; -1 if nowhere. */
    private int find(FlowKey key, int first) {
        for (int at = first; at < first + WAYS * PLACE; at += PLACE) {
            if ((long) LONGS.getAcquire(places, at + REST) == key.rest()
                    && get(at + 1) == key.low()
                    && get(at) == key.high()) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isIdle(FlowKey key, long state, long now) {
        return !key.isTcp() && now - (state & SECONDS) > IDLE.toSeconds();
    }

    private boolean isMarked(FlowKey key, long now) {
        int at = find(key, firstPlace(key));
        if (at < 0) {
            return false;
        }
        long state = get(at + STATE);
        return (state & ACCEPTED) == 0 && !isIdle(key, state, now);
    }

    private void mark(FlowKey key, long now, boolean accepted) {
        int first = firstPlace(key);
        int at = find(key, first);
        if (at >= 0) {
            long before = get(at + STATE);
            set(at + STATE, now | (before & ACCEPTED));
            return;
        }
        writing.lock();
        try {
            put(key, oldest(first), now | (accepted ? ACCEPTED : 0));
        } finally {
            writing.unlock();
        }
    }

    private int oldest(int first) {
        int oldest = first;
        for (int at = first; at < first + WAYS * PLACE; at += PLACE) {
            if (get(at + REST) == 0) {
                return at;
            }
            if ((get(at + STATE) & SECONDS) < (get(oldest + STATE) & SECONDS)) {
                oldest = at;
            }
        }
        return oldest;
    }

    /** A reader finds the old key, none, or the new one. */
    private void put(FlowKey key, int at, long state) {
        LONGS.setOpaque(places, at + REST, 0L);
        VarHandle.storeStoreFence();
        set(at, key.high());
        set(at + 1, key.low());
        set(at + STATE, state);
        LONGS.setRelease(places, at + REST, key.rest());
    }
}
