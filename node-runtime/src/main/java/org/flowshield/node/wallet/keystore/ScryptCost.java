package org.flowshield.node.wallet.keystore;

/**
 * What one guess of a password costs with scrypt: 128 n r bytes of memory, and time in proportion
 * to n r p. Immutable.
 *
 * @param n rounds; a power of two
 * @param r block size
 * @param p parallel runs
 */
public record ScryptCost(int n, int r, int p) {

    /** What geth and cast write too: 256 MiB and one to two seconds for each guess. */
    public static final ScryptCost STANDARD = new ScryptCost(1 << 18, 8, 1);

    /** Files of others may ask for that much; more is an attack on this machine or a mistake. */
    static final long MAX_MEMORY = 1L << 29;

    /** Eight times the standard's time. */
    static final long MAX_WORK = 8L * (1 << 18) * 8;

    public ScryptCost {
        if (n < 2 || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException("n is a power of two, at least 2, not " + n);
        }
        if (r < 1 || p < 1) {
            throw new IllegalArgumentException("r and p are at least 1");
        }
        if (n >= 1L << Math.min(16L * r, 62)) {
            throw new IllegalArgumentException(
                    "scrypt has no n=" + n + " with r=" + r + " (RFC 7914, section 2)");
        }
        if (128L * n * r > MAX_MEMORY || (long) n * r > MAX_WORK / p) {
            throw new IllegalArgumentException(
                    "scrypt with n=" + n + " r=" + r + " p=" + p + " is more than any wallet uses");
        }
    }

    /** How much memory one derivation takes, in bytes. */
    public long memory() {
        return 128L * n * r;
    }

    private long work() {
        return (long) n * r * p;
    }

    boolean isAtLeast(ScryptCost other) {
        return memory() >= other.memory() && work() >= other.work();
    }
}
