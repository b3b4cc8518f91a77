package org.flowshield.node.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RegistryCache;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Standing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which nodes were revoked lately. Looks at the chain's events, and at the registry for each that
 * an event or a stranger names: only what the registry says counts. Safe for use by any thread;
 * waits for the chain.
 */
public final class Revocations {

    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    /** Blocks: a reorganisation may bring an event into one that was looked at before. */
    static final int AGAIN = 32;

    /** Blocks: who was not there for longer asks the registry about each node anyway. */
    static final int MOST_AT_ONCE = 5_000;

    /** Nodes that are remembered as told, and those that are still to be asked about. */
    private static final int REMEMBERED = 10_000;

    /** Nodes of strangers' hints that are still to be asked about; events name the others. */
    static final int MOST_HINTED = 64;

    /** Hints of strangers that have the chain asked, a second: the market has as many a day. */
    static final int HINTS_PER_SECOND = 10;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** What the chain says happened. */
    public interface Events {

        /** The number of the newest block. */
        long head() throws RpcException;

        /** Between two blocks, both included. */
        List<BindingEvent> between(long from, long to) throws RpcException;
    }

    /**
     * Hears of nodes that were revoked, from any thread: of each once, and of one that is dealt
     * with until that is over; must not wait for long.
     */
    @FunctionalInterface
    public interface Listener {
        void revoked(NodeId node, Instant at);
    }

    private final Events events;
    private final RegistryCache registry;
    private final LongSupplier nanoTime;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final List<Supplier<Optional<NodeId>>> dealings = new CopyOnWriteArrayList<>();

    /** Guarded by itself. */
    private final Set<NodeId> told = bounded(REMEMBERED);

    /** Named by events, and the registry was not to be reached. Guarded by itself. */
    private final Set<NodeId> open = bounded(REMEMBERED);

    /** The same of strangers' hints. Guarded by itself. */
    private final Set<NodeId> hinted = bounded(MOST_HINTED);

    // Guarded by this.
    private long next = -1;
    private long second;
    private int hints;

    /**
     * @param nanoTime monotonic
     */
    public Revocations(Events events, RegistryCache registry, LongSupplier nanoTime) {
        this.events = events;
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    private static Set<NodeId> bounded(int most) {
        Map<NodeId, Boolean> map =
                new LinkedHashMap<>() {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<NodeId, Boolean> eldest) {
                        return size() > most;
                    }
                };
        return Collections.newSetFromMap(map);
    }

    public void onRevoked(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Has the registry asked about a node at each look, for as long as there are dealings with it:
     * its event may have been told before they began, or have been missed.
     *
     * @param dealtWith whom with now
     */
    public void watch(Supplier<Optional<NodeId>> dealtWith) {
        dealings.add(dealtWith);
    }

    /** Looks at what has happened since the last time. One thread at a time. */
    public void look() throws RpcException {
        dealings.forEach(each -> each.get().ifPresent(this::askOfDealings));
        long head = events.head();
        long from;
        synchronized (this) {
            from = Math.max(0, Math.max(next < 0 ? head : next, head - MOST_AT_ONCE) - AGAIN);
        }
        Set<NodeId> named = new LinkedHashSet<>();
        for (BindingEvent event : events.between(Math.min(from, head), head)) {
            if (event instanceof BindingEvent.Revoked revoked) {
                named.add(new NodeId(revoked.wallet(), new NodeKey(revoked.nodeKey())));
            }
        }
        synchronized (this) {
            next = head + 1;
        }
        Set<NodeId> doubtful = taken(hinted);
        named.addAll(taken(open));
        named.forEach(node -> ask(node, open));
        doubtful.forEach(node -> ask(node, hinted));
    }

    private static Set<NodeId> taken(Set<NodeId> waiting) {
        synchronized (waiting) {
            Set<NodeId> all = new LinkedHashSet<>(waiting);
            waiting.clear();
            return all;
        }
    }

    /**
     * A stranger says that a node was revoked.
     *
     * @return whether it is so, and news; false as well if too many strangers say such things
     */
    public boolean hint(NodeId node) {
        return isNew(node) && mayAsk() && ask(node, hinted);
    }

    private boolean isNew(NodeId node) {
        synchronized (told) {
            return !told.contains(node);
        }
    }

    private synchronized boolean mayAsk() {
        long now = nanoTime.getAsLong();
        if (hints == 0 || now - second >= SECOND) {
            second = now;
            hints = 0;
        }
        return ++hints <= HINTS_PER_SECOND;
    }

    /** Told again if need be, as that must end the dealings. */
    private void askOfDealings(NodeId node) {
        try {
            if (registry.standing(node) instanceof Standing.Revoked(Instant at)) {
                synchronized (told) {
                    boolean _ = told.add(node);
                }
                listeners.forEach(listener -> listener.revoked(node, at));
            }
        } catch (RegistryUnavailableException e) {
            LOG.debug("whether {} was revoked is asked again: {}", node, e.getMessage());
        }
    }

    /** Asks; who can't be asked about waits for the next look. */
    private boolean ask(NodeId node, Set<NodeId> waiting) {
        if (!isNew(node)) {
            return false;
        }
        registry.askAgain(node);
        try {
            if (registry.standing(node) instanceof Standing.Revoked(Instant at)) {
                return tell(node, at);
            }
            return false;
        } catch (RegistryUnavailableException e) {
            synchronized (waiting) {
                boolean _ = waiting.add(node);
            }
            return false;
        }
    }

    private boolean tell(NodeId node, Instant at) {
        synchronized (told) {
            if (!told.add(node)) {
                return false;
            }
        }
        new ArrayList<>(listeners).forEach(listener -> listener.revoked(node, at));
        return true;
    }
}
