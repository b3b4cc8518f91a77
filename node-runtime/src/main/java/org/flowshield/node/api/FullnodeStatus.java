package org.flowshield.node.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fullnode role does. Immutable.
 *
 * @param multiaddrs where peers reach it, with its peer id
 * @param reach whether others get there
 * @param http where browsers and scripts reach it; null: nowhere
 * @param offers that it lists
 * @param online providers of them that are there
 * @param stale providers of them that have missed heartbeats
 * @param wallets that stand behind them
 * @param heartbeatsPerSecond that it takes in
 * @param answered questions about the market since it started
 * @param refused questions since it started that were too many, or none
 * @param dropped listings and heartbeats since it started that were too many
 * @param lies listings and heartbeats since it started that nobody had signed
 * @param fullnodes others that it knows
 * @param syncedAt when it last caught up with another; null: never
 * @param trouble why it serves nothing; null: it does
 */
public record FullnodeStatus(
        List<String> multiaddrs,
        ReachStatus reach,
        @Nullable String http,
        int offers,
        int online,
        int stale,
        int wallets,
        double heartbeatsPerSecond,
        long answered,
        long refused,
        long dropped,
        long lies,
        int fullnodes,
        @Nullable Instant syncedAt,
        @Nullable String trouble) {

    public FullnodeStatus {
        multiaddrs = List.copyOf(multiaddrs);
    }

    /** One of which nobody has tried whether others get there. */
    public FullnodeStatus(
            List<String> multiaddrs,
            @Nullable String http,
            int offers,
            int online,
            int stale,
            int wallets,
            double heartbeatsPerSecond,
            long answered,
            long refused,
            long dropped,
            long lies,
            int fullnodes,
            @Nullable Instant syncedAt,
            @Nullable String trouble) {
        this(
                multiaddrs,
                ReachStatus.OFF,
                http,
                offers,
                online,
                stale,
                wallets,
                heartbeatsPerSecond,
                answered,
                refused,
                dropped,
                lies,
                fullnodes,
                syncedAt,
                trouble);
    }
}
