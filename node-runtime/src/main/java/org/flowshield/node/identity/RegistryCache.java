package org.flowshield.node.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks a registry for each node at most once in a while. What it cannot say it does not know:
 * nothing is remembered for longer than {@link Registry#MAX_AGE} but that a node was revoked, which
 * is for ever. Safe for use by any thread; threads that ask for one node at once may all ask.
 */
public final class RegistryCache implements Registry {

    /**
     * Nodes: a provider's clients, a fullnode's providers; beyond that the longest unused is asked
     * for again.
     */
    static final int MAX_NODES = 10_000;

    private record Known(Standing standing, Instant at) {}

    private final Registry registry;
    private final InstantSource time;

    /** Guarded by this. */
    private final Map<NodeId, Known> known =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<NodeId, Known> eldest) {
                    return size() > MAX_NODES;
                }
            };

    /** How often others were believed; guarded by this. */
    private int era;

    public RegistryCache(Registry registry, InstantSource time) {
        this.registry = registry;
        this.time = time;
    }

    @Override
    public Standing standing(NodeId node) throws RegistryUnavailableException {
        Instant asked = time.instant();
        int begun;
        synchronized (this) {
            begun = era;
            Known before = known.get(node);
            if (before != null && isGood(before, asked)) {
                return before.standing();
            }
        }
        Standing standing = registry.standing(node);
        synchronized (this) {
            Known before = known.get(node);
            if (before != null && before.standing() instanceof Standing.Revoked) {
                return before.standing();
            }
            if (begun == era) {
                known.put(node, new Known(standing, asked));
            }
        }
        return standing;
    }

    private static boolean isGood(Known known, Instant now) {
        Duration age = Duration.between(known.at(), now);
        return known.standing() instanceof Standing.Revoked
                || (!age.isNegative() && age.compareTo(MAX_AGE) < 0);
    }

    /** Somebody else is believed from now on: everything is asked again. */
    public synchronized void forget() {
        era++;
        known.clear();
    }

    /**
     * Somebody says that things have changed: that is no reason to believe it, but one to ask
     * again.
     */
    public synchronized void askAgain(NodeId node) {
        Known before = known.get(node);
        if (before != null && !(before.standing() instanceof Standing.Revoked)) {
            known.remove(node);
        }
    }
}
