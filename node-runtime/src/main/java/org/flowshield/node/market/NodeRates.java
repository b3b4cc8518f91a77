package org.flowshield.node.market;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.flowshield.libp2p.peer.PeerId;

/**
 * How often each node says something: what is too much is found out before any signature inside is
 * looked at. Bounded; guarded by itself. Pure.
 */
public final class NodeRates {

    private final long intervalNanos;
    private final long toleranceNanos;
    private final int maxNodes;

    /**
     * When each node would have said all of it if it had kept its pace; the quietest come first.
     */
    private final LinkedHashMap<PeerId, Long> due = new LinkedHashMap<>();

    /**
     * @param interval between two messages of a node in the long run
     * @param burst messages at once, at least 1
     */
    public NodeRates(Duration interval, int burst, int maxNodes) {
        this.intervalNanos = interval.toNanos();
        this.toleranceNanos = (burst - 1) * intervalNanos;
        this.maxNodes = maxNodes;
    }

    /** Whether the node has said something, and is remembered. */
    public synchronized boolean knows(PeerId node) {
        return due.containsKey(node);
    }

    /**
     * False if the node says too much.
     *
     * @param nanos of a monotonic clock
     */
    public synchronized boolean take(PeerId node, long nanos) {
        Long before = due.get(node);
        long ahead = before == null ? 0 : Math.max(0, before - nanos);
        if (ahead > toleranceNanos) {
            return false;
        }
        if (before == null && due.size() == maxNodes) {
            // Who was silent for longest has its whole burst again in any case.
            due.pollFirstEntry();
        }
        due.putLast(node, nanos + ahead + intervalNanos);
        return true;
    }
}
