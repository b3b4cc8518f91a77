package org.flowshield.node.fullnode.index;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the disk does not have yet. Bounded: whoever brings more waits. Guarded by the index's lock,
 * which saving takes by itself, and does not hold while it writes.
 */
final class Unsaved {

    /** What waits to be written: some 15 MB. Whoever brings more waits. */
    private static final int MOST = 20_000;

    /** What is written at once, so that nobody waits long for the lock. */
    private static final int BATCH = 5_000;

    private final ReentrantLock lock;

    /** Room for more to wait. */
    private final Condition saved;

    /** By slot; empty bytes: the slot was freed. */
    private final LinkedHashMap<Integer, ByteString> listings = new LinkedHashMap<>();

    /** Slots whose provider was heard of, or whose stake is another. */
    private final BitSet pulse = new BitSet();

    Unsaved(ReentrantLock lock) {
        this.lock = lock;
        this.saved = lock.newCondition();
    }

    /** Gives the lock away until there is room for one more. */
    void awaitRoom() throws InterruptedException {
        while (listings.size() >= MOST) {
            saved.await();
        }
    }

    void put(int slot, ByteString listing) {
        listings.putLast(slot, listing);
    }

    void freed(int slot) {
        pulse.clear(slot);
        listings.putLast(slot, ByteString.EMPTY);
    }

    void beats(int slot) {
        pulse.set(slot);
    }

    /** A listing that is not written yet; null if it is, or there is none. */
    @Nullable ByteString listing(int slot) {
        return listings.get(slot);
    }

    /**
     * Writes some listings.
     *
     * @return false if nothing was left
     * @throws IOException if that can't be; it is kept
     */
    boolean saveSome(Store store, Rows rows) throws IOException {
        Map<Integer, ByteString> batch = new LinkedHashMap<>();
        List<Store.Saved> come = new ArrayList<>();
        List<Integer> gone = new ArrayList<>();
        lock.lock();
        try {
            for (Map.Entry<Integer, ByteString> each : listings.entrySet()) {
                if (batch.size() == BATCH) {
                    break;
                }
                batch.put(each.getKey(), each.getValue());
                if (each.getValue().isEmpty()) {
                    gone.add(each.getKey());
                } else {
                    come.add(new Store.Saved(rows.row(each.getKey()), each.getValue()));
                }
            }
        } finally {
            lock.unlock();
        }
        if (batch.isEmpty()) {
            return false;
        }
        store.write(come, gone, List.of());
        lock.lock();
        try {
            // What changed meanwhile stays.
            batch.forEach(
                    (slot, bytes) ->
                            listings.computeIfPresent(
                                    slot, (_, now) -> now.equals(bytes) ? null : now));
            saved.signalAll();
        } finally {
            lock.unlock();
        }
        return true;
    }

    /** The same of providers that were heard of. */
    boolean savePulse(Store store, Rows rows) throws IOException {
        List<Row> batch = new ArrayList<>();
        lock.lock();
        try {
            for (int slot = pulse.nextSetBit(0);
                    slot >= 0 && batch.size() < BATCH;
                    slot = pulse.nextSetBit(slot + 1)) {
                batch.add(rows.row(slot));
                pulse.clear(slot);
            }
        } finally {
            lock.unlock();
        }
        if (batch.isEmpty()) {
            return false;
        }
        store.write(List.of(), List.of(), batch);
        return true;
    }
}
