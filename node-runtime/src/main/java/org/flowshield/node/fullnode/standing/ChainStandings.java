package org.flowshield.node.fullnode.standing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.node.fullnode.standing.Vouched.Why;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;

/**
 * Asks the chain once, and again when it has said something of the wallet ({@link #forget}) or some
 * time has passed. The node's own consent is the offer that it has signed, which names the wallet.
 * Safe for use by any thread; waits for the chain.
 */
public final class ChainStandings implements Standings {

    /** Stake can be slashed without a word of the registry's. */
    public static final Duration GOOD_FOR = Duration.ofHours(1);

    /** Who is refused may register in the next minute. */
    static final Duration REFUSED_FOR = Duration.ofSeconds(30);

    /** As many as an index holds; beyond that the longest unused is asked for again. */
    private static final int MOST = 1 << 20;

    /**
     * Who is refused has a small place of its own, so that strangers push nobody out who is not.
     * More than intake asks for in the time that it is kept.
     */
    static final int MOST_REFUSED = 1 << 12;

    private record Known(Vouched vouched, Instant at) {}

    private final Registry identities;
    private final ProviderRegistry providers;
    private final StakeVault vault;
    private final InstantSource time;

    /** Guarded by this. */
    private final Map<NodeId, Known> known = atMost(MOST);

    /** Guarded by this. */
    private final Map<NodeId, Known> refused = atMost(MOST_REFUSED);

    public ChainStandings(
            Registry identities, ProviderRegistry providers, StakeVault vault, InstantSource time) {
        this.identities = identities;
        this.providers = providers;
        this.vault = vault;
        this.time = time;
    }

    private static Map<NodeId, Known> atMost(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<NodeId, Known> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public Vouched of(NodeId node) throws RegistryUnavailableException {
        Instant asked = time.instant();
        synchronized (this) {
            Known before = known.get(node);
            if (before == null) {
                before = refused.get(node);
            }
            if (before != null && isGood(before, asked)) {
                return before.vouched();
            }
        }
        Vouched vouched = ask(node);
        synchronized (this) {
            forget(node);
            (vouched instanceof Vouched.Yes ? known : refused).put(node, new Known(vouched, asked));
        }
        return vouched;
    }

    private static boolean isGood(Known known, Instant now) {
        Duration most = known.vouched() instanceof Vouched.Yes ? GOOD_FOR : REFUSED_FOR;
        return Duration.between(known.at(), now).compareTo(most) < 0;
    }

    /** The chain has said something of this node: what was known of it counts no more. */
    public synchronized void forget(NodeId node) {
        known.remove(node);
        refused.remove(node);
    }

    /**
     * The same of wallets, with all that are asked for in their name, listed or not: nobody is
     * listed on a word that was taken back before.
     */
    public synchronized void forget(Set<EvmAddress> wallets) {
        if (!wallets.isEmpty()) {
            known.keySet().removeIf(node -> wallets.contains(node.wallet()));
            refused.keySet().removeIf(node -> wallets.contains(node.wallet()));
        }
    }

    /** What the chain said meanwhile was missed. */
    public synchronized void forgetAll() {
        known.clear();
        refused.clear();
    }

    private Vouched ask(NodeId node) throws RegistryUnavailableException {
        return switch (identities.standing(node)) {
            case Standing.Unbound _ -> new Vouched.No(Why.UNBOUND);
            case Standing.Revoked _ -> new Vouched.No(Why.REVOKED);
            case Standing.Bound bound when Roles.PROVIDER.isIn(bound.roles()) ->
                    provider(node.wallet());
            case Standing.Bound _ -> new Vouched.No(Why.OTHER_ROLE);
        };
    }

    private Vouched provider(EvmAddress wallet) throws RegistryUnavailableException {
        try {
            return providers.isActive(wallet)
                    ? new Vouched.Yes(vault.stake(wallet, StakeKind.PROVIDER).staked())
                    : new Vouched.No(Why.INACTIVE);
        } catch (RpcException e) {
            throw new RegistryUnavailableException(
                    "the chain was not reached: " + e.getMessage(), e);
        }
    }
}
