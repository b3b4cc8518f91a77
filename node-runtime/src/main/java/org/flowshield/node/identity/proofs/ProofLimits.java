package org.flowshield.node.identity.proofs;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.flowshield.libp2p.kad.routing.Network;

/**
 * How often strangers may have the chain asked for them: all together, and those of one network for
 * half of it, so that nobody uses up what is for all. Bounded; guarded by itself.
 */
final class ProofLimits {

    /** Of an RPC's answers a second: each client asks twice and remembers for 30 s. */
    static final int PER_SECOND = 20;

    /** After a quiet while: some hundred clients that come at once. */
    static final int AT_ONCE = 200;

    /** The part of it that one network has. */
    static final double SHARE = 0.5;

    /** Networks that are told apart; who is forgotten has its share again. */
    private static final int MOST_NETWORKS = 4_096;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static final class Bucket {

        private final double share;
        private double left;
        private long at;

        Bucket(double share, long now) {
            this.share = share;
            this.left = share * AT_ONCE;
            this.at = now;
        }

        boolean hasOne(long now) {
            left = Math.min(share * AT_ONCE, left + share * (now - at) / SECOND * PER_SECOND);
            at = now;
            return left >= 1;
        }
    }

    private final LongSupplier nanoTime;
    private final Bucket all;

    private final Map<Network, Bucket> networks =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Network, Bucket> eldest) {
                    return size() > MOST_NETWORKS;
                }
            };

    ProofLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.all = new Bucket(1, nanoTime.getAsLong());
    }

    /**
     * Whether the chain may be asked once more.
     *
     * @param from empty for a network of one's own
     */
    synchronized boolean take(Optional<Network> from) {
        long now = nanoTime.getAsLong();
        Optional<Bucket> own =
                from.map(each -> networks.computeIfAbsent(each, _ -> new Bucket(SHARE, now)));
        if (own.filter(each -> !each.hasOne(now)).isPresent() || !all.hasOne(now)) {
            return false;
        }
        own.ifPresent(each -> each.left--);
        all.left--;
        return true;
    }
}
