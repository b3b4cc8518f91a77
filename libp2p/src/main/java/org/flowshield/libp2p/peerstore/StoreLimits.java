package org.flowshield.libp2p.peerstore;

import java.time.Duration;

/**
 * How much is remembered. Peers that a dial of ours has reached and those that are merely heard of
 * have rooms of their own: whoever connects to us with many identities fills the second only.
 * Immutable.
 *
 * @param proven most peers that were reached
 * @param heard most of the others
 * @param provenPerNetwork most peers reached in one /24 or /48 of the internet
 * @param heardPerNetwork most of the others that came from one
 * @param provenLife this long a peer is remembered that was reached and is not met any more
 * @param heardLife this long the others
 */
public record StoreLimits(
        int proven,
        int heard,
        int provenPerNetwork,
        int heardPerNetwork,
        Duration provenLife,
        Duration heardLife) {

    /**
     * Some hundred bytes a peer: far below a mebibyte. A node that was off for a month may find the
     * network by what it remembers; a place that was only heard of is stale after a day.
     */
    public static final StoreLimits DEFAULT =
            new StoreLimits(512, 256, 8, 4, Duration.ofDays(30), Duration.ofDays(1));

    public StoreLimits {
        if (proven < 1 || heard < 1 || provenPerNetwork < 1 || heardPerNetwork < 1) {
            throw new IllegalArgumentException("a store has room for at least one peer");
        }
    }

    int room(boolean isProven) {
        return isProven ? proven : heard;
    }

    int perNetwork(boolean isProven) {
        return isProven ? provenPerNetwork : heardPerNetwork;
    }

    Duration life(boolean isProven) {
        return isProven ? provenLife : heardLife;
    }
}
