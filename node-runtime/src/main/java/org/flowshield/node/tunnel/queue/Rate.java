package org.flowshield.node.tunnel.queue;

/**
 * How many bytes of inner packets may pass in a second. Immutable.
 *
 * @param bytesPerSecond more than 0
 */
public record Rate(long bytesPerSecond) {

    /** No limit, and no cost: the path does not even count. */
    public static final Rate UNLIMITED = new Rate(Long.MAX_VALUE);

    /** 64 kbit/s: below that a session is of no use to anybody. */
    public static final long LEAST = 8_000;

    public Rate {
        if (bytesPerSecond < LEAST) {
            throw new IllegalArgumentException(
                    "a rate is at least " + LEAST + " bytes a second, not " + bytesPerSecond);
        }
    }

    public boolean isLimited() {
        return bytesPerSecond != Long.MAX_VALUE;
    }
}
