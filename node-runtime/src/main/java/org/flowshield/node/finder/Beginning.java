package org.flowshield.node.finder;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.controlplane.Names;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom a search begins with: the nodes that this client was told of, and where none of them answers
 * soon those that it has found before. Safe for use by any thread; waits for those that it dials.
 */
public final class Beginning {

    private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

    /** Three round trips over a slow line: beyond that a node counts as gone for now. */
    private static final Duration HEAD_START = Duration.ofSeconds(1);

    private final Supplier<List<Multiaddr>> told;
    private final Names names;
    private final FoundNodes found;

    /**
     * @param told each ends in {@code /p2p/ID}
     */
    public Beginning(List<Multiaddr> told, Names names, FoundNodes found) {
        this(() -> told, names, found);
    }

    /**
     * @param told asked by each search; each ends in {@code /p2p/ID}
     */
    public Beginning(Supplier<List<Multiaddr>> told, Names names, FoundNodes found) {
        this.told = told;
        this.names = names;
        this.found = found;
    }

    /** Those that the client was told of. */
    List<Multiaddr> told() {
        return told.get();
    }

    /** The same as numbers; names that can't be found now are left out. */
    List<Multiaddr> resolved() throws InterruptedException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (Multiaddr each : told()) {
            try {
                addresses.addAll(names.dialable(each));
            } catch (UnknownHostException e) {
                LOG.debug("{} is left out: {}", each, e.getMessage());
            }
        }
        return addresses;
    }

    /** Where to dial for an address of a node that the client was told of, or has found. */
    List<Multiaddr> dialable(Multiaddr address) throws UnknownHostException, InterruptedException {
        return names.dialable(address);
    }

    boolean knowsNobody() {
        return told().isEmpty() && found.some().isEmpty();
    }

    /** Why nobody was found. */
    Problem unreachable() {
        return knowsNobody()
                ? new Problem(
                        "no_bootstrap",
                        "this node knows nobody of the network to begin with",
                        "set network.bootstrap, or use a network file with bootstrap nodes")
                : new Problem(
                        "market_unreachable",
                        "none of the %d nodes to begin with answers, nor any of %d found earlier,"
                                        .formatted(told().size(), found.some().size())
                                + " and nothing is known of the market",
                        "check the machine's network, and network.bootstrap");
    }

    /**
     * Joins the DHT.
     *
     * @param begin {@link #resolved} addresses
     * @return whether anybody has answered
     */
    boolean join(Search search, List<Multiaddr> begin, Duration limit) throws InterruptedException {
        CompletableFuture<Boolean> first =
                CompletableFuture.supplyAsync(
                        () -> joined(search, begin, limit),
                        task -> Thread.ofVirtual().name("finder-begin").start(task));
        List<Multiaddr> others = found.some();
        if (others.isEmpty() || hasJoined(first)) {
            return isDone(first);
        }
        LOG.debug("no node to begin with answers: {} found earlier are tried", others.size());
        boolean byOthers = joined(search, others, limit);
        return byOthers || isDone(first);
    }

    private static boolean joined(Search search, List<Multiaddr> begin, Duration limit) {
        try {
            search.join(begin, limit);
            return true;
        } catch (IOException e) {
            LOG.debug("not in the DHT: {}", e.getMessage());
            return false;
        }
    }

    private static boolean hasJoined(CompletableFuture<Boolean> joining)
            throws InterruptedException {
        try {
            return joining.get(HEAD_START.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("joining failed", e.getCause());
        }
    }

    private static boolean isDone(CompletableFuture<Boolean> joining) throws InterruptedException {
        try {
            return joining.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("joining failed", e.getCause());
        }
    }

    /**
     * Keeps in mind who has answered; to be called when a search is over.
     *
     * @param fullnodes that have answered, and serve the DHT as all of them do
     */
    void remember(Search search, Set<PeerId> fullnodes) {
        found.answered(search.reached(fullnodes));
    }
}
