package org.flowshield.node.finder.backing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;

/**
 * By the chain: the registry of identities for the node, that of providers for its wallet. Safe for
 * use by any thread; waits for the chain.
 */
public final class ChainBacking implements Backing {

    /**
     * The contract itself refuses a channel to a wallet that has lost its stake: nobody loses money
     * by what was true a minute ago.
     */
    static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** Wallets; the one that was asked for longest ago is forgotten. */
    static final int MOST_WALLETS = 1_000;

    /** What the chain knows of a wallet. */
    public interface Stakes {

        /**
         * What a wallet can lose.
         *
         * @return empty: it is not registered, has too little, or is jailed
         */
        Optional<TokenAmount> of(EvmAddress wallet) throws RpcException;
    }

    private record Known(Optional<TokenAmount> stake, Instant at) {}

    private final Registry registry;
    private final Stakes stakes;
    private final InstantSource time;

    /** Guarded by itself. */
    private final Map<EvmAddress, Known> known =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<EvmAddress, Known> eldest) {
                    return size() > MOST_WALLETS;
                }
            };

    /**
     * @param registry remembers for itself what it may
     */
    public ChainBacking(Registry registry, Stakes stakes, InstantSource time) {
        this.registry = registry;
        this.stakes = stakes;
        this.time = time;
    }

    @Override
    public Backed of(NodeKey node, EvmAddress payee) {
        try {
            return switch (registry.standing(new NodeId(payee, node))) {
                case Standing.Bound bound when Roles.PROVIDER.isIn(bound.roles()) -> staked(payee);
                case Standing.Bound _ ->
                        new Backed.Refused(
                                "not_a_provider",
                                "the wallet that is to be paid has not bound this node as a"
                                        + " provider");
                case Standing.Revoked revoked ->
                        new Backed.Refused(
                                "identity_revoked",
                                "its wallet has revoked this node on " + revoked.at());
                case Standing.Unbound _ ->
                        new Backed.Refused(
                                "identity_unbound",
                                "the wallet that is to be paid has not bound this node");
            };
        } catch (RegistryUnavailableException e) {
            return new Backed.Unknown(String.valueOf(e.getMessage()));
        }
    }

    private Backed staked(EvmAddress payee) {
        Instant now = time.instant();
        Known before;
        synchronized (known) {
            before = known.get(payee);
        }
        if (before == null || !isGood(before, now)) {
            try {
                before = new Known(stakes.of(payee), now);
            } catch (RpcException e) {
                return new Backed.Unknown("the chain was not reached: " + e.getMessage());
            }
            synchronized (known) {
                known.remove(payee);
                known.put(payee, before);
            }
        }
        return before.stake()
                .<Backed>map(Backed.Staked::new)
                .orElseGet(
                        () ->
                                new Backed.Refused(
                                        "not_staked",
                                        "the wallet that is to be paid is not registered as a"
                                                + " provider, has too little stake, or is jailed"));
    }

    private static boolean isGood(Known known, Instant now) {
        Duration age = Duration.between(known.at(), now);
        return !age.isNegative() && age.compareTo(REMEMBERED) < 0;
    }
}
