package org.flowshield.libp2p.resource;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The limits of one host. Immutable.
 *
 * @param values those that differ from {@link Limit#standard}; after construction, all of them
 * @param loopbackExempt true if what counts for each address does not count for loopback, where the
 *     machine's own programs are. Tests of hostile strangers say false
 */
public record Limits(Map<Limit, Long> values, boolean loopbackExempt) {

    /** Beyond any machine; keeps sums from overflowing. */
    private static final long MOST = 1L << 40;

    /** What {@link Limit} says. */
    public static final Limits DEFAULT = new Limits(Map.of(), true);

    public Limits {
        Map<Limit, Long> all = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            long value = values.getOrDefault(limit, limit.standard());
            if (value < 1 || value > MOST) {
                throw new IllegalArgumentException(
                        "the limit %s must be from 1 to %d, not %d"
                                .formatted(limit.label(), MOST, value));
            }
            all.put(limit, value);
        }
        values = Collections.unmodifiableMap(all);
    }

    public long of(Limit limit) {
        return values.getOrDefault(limit, limit.standard());
    }

    public Limits with(Limit limit, long value) {
        Map<Limit, Long> changed = new EnumMap<>(values);
        changed.put(limit, value);
        return new Limits(changed, loopbackExempt);
    }

    /** Treats the addresses of loopback as those of strangers. */
    public Limits withLoopbackCounted() {
        return new Limits(values, false);
    }
}
