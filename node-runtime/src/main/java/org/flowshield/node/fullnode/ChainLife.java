package org.flowshield.node.fullnode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.standing.ChainStandings;
import org.flowshield.node.fullnode.standing.ChainWatch;
import org.flowshield.node.fullnode.standing.Vouched;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index to what the chain says: whoever is revoked, has left, or is jailed is out within
 * a step. {@link #step} is for one thread.
 */
final class ChainLife {

    private static final Logger LOG = LoggerFactory.getLogger(ChainLife.class);

    /** Blocks come each few seconds; a revocation is to be known within a minute. */
    static final Duration EVERY = Duration.ofSeconds(5);

    /**
     * Who has not heard of the chain for longer serves nothing: whom it lists may have been
     * revoked. A restart of an RPC takes less.
     */
    static final Duration TOO_OLD = Duration.ofMinutes(2);

    /**
     * Wallets that are asked about in a step though nothing was said of them: an RPC answers that
     * many beside all else, which is 36,000 in a round.
     */
    private static final int MOST_RENEWED = 100;

    /** Who comes right after a round began is asked about when the next one ends. */
    private static final Duration ROUND = ChainStandings.GOOD_FOR.dividedBy(2);

    /** Questions to the chain at a time. */
    private static final int ASKED_AT_A_TIME = 16;

    private final Semaphore asking = new Semaphore(ASKED_AT_A_TIME);
    private final Index index;
    private final ChainStandings standings;
    private final ChainWatch watch;
    private final InstantSource time;

    /** When the chain was heard of last; the epoch: never. */
    private volatile Instant heardAt = Instant.EPOCH;

    private volatile String why = "it has not been asked yet";

    /** Who is asked about in this round; for the thread of the steps. */
    private final Deque<EvmAddress> renewed = new ArrayDeque<>();

    private int renewedAtOnce;
    private Instant nextRound = Instant.EPOCH;

    ChainLife(Index index, ChainStandings standings, ChainWatch watch, InstantSource time) {
        this.index = index;
        this.standings = standings;
        this.watch = watch;
        this.time = time;
    }

    /** Goes on where the index ends. */
    void resume() {
        watch.resume(index.nextBlock());
    }

    /** Hears what is new, and looks again at whom it is about. */
    void step() throws InterruptedException {
        Instant asked = time.instant();
        try {
            ChainWatch.Heard heard = watch.step();
            if (heard.all()) {
                standings.forgetAll();
            } else {
                standings.forget(heard.wallets());
            }
            look(heard.all() ? index.wallets() : List.copyOf(heard.wallets()));
            index.setNextBlock(watch.next());
            heardAt = asked;
            renew(asked);
        } catch (RpcException | RegistryUnavailableException e) {
            if (trouble().isEmpty()) {
                LOG.warn("the chain is not heard of: {}", e.getMessage());
            }
            why = String.valueOf(e.getMessage());
            watch.resume(index.nextBlock()); // whom it was about was not looked at
        }
    }

    /**
     * Asks about everybody in turn, since a stake is slashed without a word of the registry's: each
     * within the time that a standing is good for, or, in a market too large for that, as fast as
     * an RPC answers.
     */
    private void renew(Instant now) throws RegistryUnavailableException, InterruptedException {
        if (renewed.isEmpty() && !now.isBefore(nextRound)) {
            renewed.addAll(index.wallets());
            long steps = ROUND.dividedBy(EVERY);
            renewedAtOnce = (int) Math.min(MOST_RENEWED, renewed.size() / steps + 1);
            nextRound = now.plus(ROUND);
        }
        List<EvmAddress> some = renewed.stream().limit(renewedAtOnce).toList();
        look(some);
        some.forEach(_ -> renewed.removeFirst());
    }

    private void look(List<EvmAddress> wallets)
            throws RegistryUnavailableException, InterruptedException {
        List<Future<?>> looks = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (EvmAddress wallet : wallets) {
                for (NodeId node : index.nodesOf(wallet)) {
                    looks.add(threads.submit(() -> look(node)));
                }
            }
            for (Future<?> each : looks) {
                Object _ = each.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryUnavailableException unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("a standing could not be looked at", e.getCause());
        }
    }

    private boolean look(NodeId node) throws RegistryUnavailableException, InterruptedException {
        asking.acquire();
        try {
            standings.forget(node);
            switch (standings.of(node)) {
                case Vouched.Yes(TokenAmount stake) -> index.setStake(node.wallet(), stake);
                case Vouched.No(Vouched.Why reason) -> {
                    if (index.remove(node)) {
                        LOG.info("{} is listed no more: {}", node, reason);
                    }
                }
            }
            return true;
        } finally {
            asking.release();
        }
    }

    /** Why the chain's word is too old to serve by; empty if it is not. */
    Optional<String> trouble() {
        return Duration.between(heardAt, time.instant()).compareTo(TOO_OLD) > 0
                ? Optional.of("the chain is not heard of: " + why)
                : Optional.empty();
    }
}
