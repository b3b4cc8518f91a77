package org.flowshield.node.fullnode.index;

/**
 * The first few of an order, whatever comes in whatever order. A heap with the last of them on top.
 * For one thread.
 */
final class Best {

    private final int most;
    private final long[] majors;
    private final long[] minors;
    private final long[] places;
    private final int[] slots;
    private int size;

    Best(int most) {
        this.most = most;
        majors = new long[most];
        minors = new long[most];
        places = new long[most];
        slots = new int[most];
    }

    /** Whether something that begins so could still be among them. */
    boolean wants(long major) {
        return size < most || major <= majors[0];
    }

    void offer(long major, long minor, long place, int slot) {
        if (size < most) {
            int at = size++;
            set(at, major, minor, place, slot);
            up(at);
        } else if (compare(major, minor, place, slot, majors[0], minors[0], places[0], slots[0])
                < 0) {
            set(0, major, minor, place, slot);
            down(0, size);
        }
    }

    /** By what comes first, and among equals by place; slots differ. */
    static int compare(
            long major1,
            long minor1,
            long place1,
            int slot1,
            long major2,
            long minor2,
            long place2,
            int slot2) {
        int order = Long.compare(major1, major2);
        if (order == 0) {
            order = Long.compare(minor1, minor2);
        }
        if (order == 0) {
            order = Long.compareUnsigned(place1, place2);
        }
        return order == 0 ? Integer.compare(slot1, slot2) : order;
    }

    /** Their slots, the first first. Ends this. */
    int[] sorted() {
        int[] order = new int[size];
        for (int left = size; left > 0; left--) {
            order[left - 1] = slots[0];
            set(0, majors[left - 1], minors[left - 1], places[left - 1], slots[left - 1]);
            down(0, left - 1);
        }
        size = 0;
        return order;
    }

    private boolean isAfter(int one, int other) {
        return compare(
                        majors[one],
                        minors[one],
                        places[one],
                        slots[one],
                        majors[other],
                        minors[other],
                        places[other],
                        slots[other])
                > 0;
    }

    private void up(int from) {
        int at = from;
        while (at > 0 && isAfter(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void down(int from, int end) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= end) {
                return;
            }
            if (child + 1 < end && isAfter(child + 1, child)) {
                child++;
            }
            if (!isAfter(child, at)) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int one, int other) {
        long major = majors[one];
        long minor = minors[one];
        long place = places[one];
        int slot = slots[one];
        set(one, majors[other], minors[other], places[other], slots[other]);
        set(other, major, minor, place, slot);
    }

    private void set(int at, long major, long minor, long place, int slot) {
        majors[at] = major;
        minors[at] = minor;
        places[at] = place;
        slots[at] = slot;
    }
}
