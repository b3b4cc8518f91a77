package org.flowshield.libp2p.connections;

import java.time.Duration;

/**
 * How many connections are good to have. Immutable.
 *
 * @param low so many are left when some are closed
 * @param high nothing is closed up to here
 * @param grace a connection that is younger is spared: what it is for may not be known yet
 */
public record WaterMarks(int low, int high, Duration grace) {

    /**
     * Below the 2,000 inbound connections that a host takes by default, so that there is always
     * room for a newcomer. Idle peers find back by themselves; a client that was admitted is
     * protected. Grace as in go-libp2p, doubled: an order may have to wait for its block.
     */
    public static final WaterMarks DEFAULT = new WaterMarks(1_200, 1_600, Duration.ofSeconds(40));

    public WaterMarks {
        if (low < 0 || high < low || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "0 <= low <= high, and a grace that is not negative");
        }
    }
}
