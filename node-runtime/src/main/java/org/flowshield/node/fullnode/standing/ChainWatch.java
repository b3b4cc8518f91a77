package org.flowshield.node.fullnode.standing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderEvent;
import org.flowshield.contracts.registry.ProviderRegistry;

/**
 * Hears what the chain says of wallets. An event counts as soon as it is in a block, since bad news
 * must not wait; and whoever it was about is looked at again at each step until the block has its
 * confirmations, and once more then, since a reorganisation may have unsaid it. For one thread;
 * waits for the chain.
 */
public final class ChainWatch {

    /** Blocks that are asked for at once: nodes refuse more. */
    static final int SPAN = 1_000;

    /** Who was away for longer than that asks anew for whom it lists, which takes less. */
    static final int FURTHEST = 10_000;

    /** Wallets of whom something was said lately; more than blocks of some minutes hold. */
    static final int MOST_UNSETTLED = 100_000;

    /** The newest block. */
    @FunctionalInterface
    public interface Heads {
        long newest() throws RpcException;
    }

    /**
     * What was heard.
     *
     * @param all everybody is to be looked at again
     */
    public record Heard(Set<EvmAddress> wallets, boolean all) {

        public Heard {
            wallets = Set.copyOf(wallets);
        }
    }

    private final Heads heads;
    private final IdentityRegistry identities;
    private final ProviderRegistry providers;
    private final int confirmations;

    /** In which block something was last said of whom. */
    private final Map<EvmAddress, Long> unsettled = new HashMap<>();

    /** The first block that was not asked for; negative: none was. */
    private long next = -1;

    public ChainWatch(
            Heads heads,
            IdentityRegistry identities,
            ProviderRegistry providers,
            int confirmations) {
        this.heads = heads;
        this.identities = identities;
        this.providers = providers;
        this.confirmations = confirmations;
    }

    /**
     * Goes on where an earlier watch ended.
     *
     * @param block the first that it did not hear of; negative: from the newest
     */
    public void resume(long block) {
        next = block;
    }

    /** The first block that was not heard of; negative: none was. */
    public long next() {
        return next;
    }

    /**
     * Asks for what was said since the last time, and what of that may have been unsaid.
     *
     * @return whom to look at again
     */
    public Heard step() throws RpcException {
        long newest = heads.newest();
        boolean lost = next < 0 || newest - next > FURTHEST;
        long from = lost ? newest : next;
        for (long first = Math.max(0, from - confirmations); first <= newest; first += SPAN) {
            hear(first, Math.min(newest, first + SPAN - 1));
        }
        if (unsettled.size() > MOST_UNSETTLED) {
            unsettled.clear();
            lost = true;
        }
        Set<EvmAddress> again = new HashSet<>(unsettled.keySet());
        next = newest + 1;
        for (Iterator<Long> blocks = unsettled.values().iterator(); blocks.hasNext(); ) {
            if (newest - blocks.next() > confirmations) {
                blocks.remove();
            }
        }
        return new Heard(again, lost);
    }

    private void hear(long from, long to) throws RpcException {
        for (BindingEvent event : identities.events(from, to)) {
            unsettled.merge(event.wallet(), event.log().block(), Math::max);
        }
        for (ProviderEvent event : providers.events(from, to)) {
            unsettled.merge(event.wallet(), event.log().block(), Math::max);
        }
    }
}
