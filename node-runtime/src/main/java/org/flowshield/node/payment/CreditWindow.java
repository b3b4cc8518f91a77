package org.flowshield.node.payment;

/**
 * How many bytes are served ahead of payment. It doubles each time that half of it was paid since
 * it last did, so that nobody is trusted with more than about twice of what has passed between the
 * two before. Both sides keep one, by the same rule. Immutable.
 *
 * @param size in bytes, at most {@code most}
 * @param most that the offer allows
 * @param paid bytes paid since it last grew
 * @param confirmed whether the channel's opening is safe; until then at most {@link #UNCONFIRMED}
 *     is served
 */
public record CreditWindow(long size, long most, long paid, boolean confirmed) {

    /** Some pages of a web site: what a stranger gets. */
    public static final long FIRST = 256 * 1024;

    /**
     * Three quarters of it are a third of a second at 1.3 Gbit/s: what four flushes of a disk and a
     * round trip across the world take.
     */
    public static final long MOST = 64L << 20;

    /** An opening that is not yet confirmed may vanish in a reorganisation of the chain. */
    public static final long UNCONFIRMED = 1L << 20;

    public CreditWindow {
        if (size < FIRST || size > most || most > MOST || paid < 0) {
            throw new IllegalArgumentException("no window: %d of %d bytes".formatted(size, most));
        }
    }

    /** The window that a session begins with. */
    public static CreditWindow first(long size, long most, boolean confirmed) {
        return new CreditWindow(size, most, 0, confirmed);
    }

    /**
     * The window that a session begins with in a channel through which something was paid before:
     * as large as that has made it, for who has paid so much can be trusted with as much again.
     *
     * @param size that a stranger begins with
     * @param before bytes that were paid through the channel, at the price of now
     */
    public static CreditWindow earned(long size, long most, long before, boolean confirmed) {
        long grown = size;
        long rest = before;
        while (grown < most && rest >= grown / 2) {
            rest -= grown / 2;
            grown = Math.min(2 * grown, most);
        }
        return new CreditWindow(grown, most, Math.min(rest, most), confirmed);
    }

    /** What it allows now. */
    public long bytes() {
        return confirmed ? size : Math.min(size, UNCONFIRMED);
    }

    /**
     * A client signs no earlier than when so much is unpaid, and at this as long as it does not
     * know how quick an exchange is: both sides flush their disks before the rest is used, also
     * when somebody else keeps the disks busy (ADR 19, ADR 29).
     */
    public long due() {
        return bytes() / 4;
    }

    /** Whether payments still make it larger. */
    public boolean grows() {
        return bytes() < most;
    }

    /** When so much of it was paid, it doubles. */
    public long half() {
        return bytes() / 2;
    }

    /** After so many more bytes were paid. */
    public CreditWindow after(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("payments only grow");
        }
        long sum = paid + bytes;
        boolean grows = sum >= half() && bytes() == size && size < most;
        return grows
                ? new CreditWindow(Math.min(2 * size, most), most, 0, confirmed)
                : new CreditWindow(size, most, Math.min(sum, most), confirmed);
    }

    /** When the opening is safe, or no longer seems to be. */
    public CreditWindow confirmed(boolean now) {
        return new CreditWindow(size, most, paid, now);
    }
}
