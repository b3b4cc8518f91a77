package org.flowshield.node.fullnode.index;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.matching.Matching;

/** How rows are scored, by how the market stood last. Guarded by the index's lock. */
final class Scores {

    private Matching.Yardstick yardstick = Matching.Yardstick.UNKNOWN;

    /** From now on rows are scored by this. */
    void by(Matching.Yardstick measured) {
        yardstick = measured;
    }

    /** Scores a row anew. */
    void score(Columns columns, int slot, Instant now) {
        columns.score[slot] =
                (int)
                        Math.round(
                                Matching.score(facts(columns, slot, now), yardstick, now)
                                        * Index.MILLION);
    }

    /** Why a row has its score, the weightiest first. */
    List<String> reasons(Columns columns, int slot, Instant now) {
        return Matching.reasons(facts(columns, slot, now), yardstick, now);
    }

    private static Matching.Facts facts(Columns columns, int slot, Instant now) {
        SignedHeartbeat beat = columns.beat[slot];
        return new Matching.Facts(
                columns.price(slot),
                Objects.requireNonNull(columns.stake[slot]).units().doubleValue(),
                columns.heardAt(slot),
                Duration.ofMillis(Math.max(0, now.toEpochMilli() - columns.watchedSince[slot])),
                Duration.ofMillis(columns.up[slot]),
                beat == null ? -1 : beat.heartbeat().freeBitsPerSecond());
    }
}
