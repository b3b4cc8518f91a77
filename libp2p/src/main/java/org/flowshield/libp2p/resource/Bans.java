package org.flowshield.libp2p.resource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who is shut out until when. Bounded; not thread-safe. */
final class Bans {

    /** Longer than a node runs; keeps the sum of clock and duration from overflowing. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Map<BanTarget, Long> endsAt = new HashMap<>();
    private final long bound;

    Bans(long bound) {
        this.bound = bound;
    }

    void add(BanTarget target, Duration duration, long now) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("a ban lasts longer than " + duration);
        }
        long nanos = (duration.compareTo(LONGEST) > 0 ? LONGEST : duration).toNanos();
        endsAt.merge(target, now + nanos, (old, end) -> old - end > 0 ? old : end);
        if (endsAt.size() > bound) {
            forgetEnded(now);
        }
        if (endsAt.size() > bound) {
            forgetFirstToEnd(now);
        }
    }

    private void forgetEnded(long now) {
        endsAt.values().removeIf(end -> end - now <= 0);
    }

    private void forgetFirstToEnd(long now) {
        endsAt.entrySet().stream()
                .min(Map.Entry.comparingByValue((a, b) -> Long.compare(a - now, b - now)))
                .ifPresent(first -> endsAt.remove(first.getKey()));
    }

    boolean remove(BanTarget target) {
        return endsAt.remove(target) != null;
    }

    boolean has(BanTarget target, long now) {
        if (endsAt.isEmpty()) {
            return false;
        }
        Long end = endsAt.get(target);
        if (end != null && end - now <= 0) {
            endsAt.remove(target);
            return false;
        }
        return end != null;
    }

    List<Ban> list(long now) {
        forgetEnded(now);
        List<Ban> list = new ArrayList<>();
        endsAt.forEach((target, end) -> list.add(new Ban(target, Duration.ofNanos(end - now))));
        return list;
    }

    int size() {
        return endsAt.size();
    }
}
