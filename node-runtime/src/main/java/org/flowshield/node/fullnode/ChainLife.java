package org.flowshield.node.fullnode;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
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

    private final Index index;
    private final ChainStandings standings;
    private final ChainWatch watch;
    private final InstantSource time;

    /** When the chain was heard of last; the epoch: never. */
    private volatile Instant heardAt = Instant.EPOCH;

    private volatile String why = "it has not been asked yet";

    ChainLife(Index index, ChainStandings standings, ChainWatch watch, InstantSource time) {
        this.index = index;
        this.standings = standings;
        this.watch = watch;
        this.time = time;
    }

    /** Hears what is new, and looks again at whom it is about. */
    void step() {
        Instant asked = time.instant();
        try {
            ChainWatch.Heard heard = watch.step();
            for (EvmAddress wallet : heard.all() ? index.wallets() : List.copyOf(heard.wallets())) {
                look(wallet);
            }
            heardAt = asked;
        } catch (RpcException | RegistryUnavailableException e) {
            if (trouble().isEmpty()) {
                LOG.warn("the chain is not heard of: {}", e.getMessage());
            }
            why = String.valueOf(e.getMessage());
        }
    }

    private void look(EvmAddress wallet) throws RegistryUnavailableException {
        for (NodeId node : index.nodesOf(wallet)) {
            standings.forget(node);
            switch (standings.of(node)) {
                case Vouched.Yes(var stake) -> index.setStake(wallet, stake);
                case Vouched.No(Vouched.Why reason) -> {
                    if (index.remove(node)) {
                        LOG.info("{} is listed no more: {}", node, reason);
                    }
                }
            }
        }
    }

    /** Why the chain's word is too old to serve by; empty if it is not. */
    Optional<String> trouble() {
        return Duration.between(heardAt, time.instant()).compareTo(TOO_OLD) > 0
                ? Optional.of("the chain is not heard of: " + why)
                : Optional.empty();
    }
}
