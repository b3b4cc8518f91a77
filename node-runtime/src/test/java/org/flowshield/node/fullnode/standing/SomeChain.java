package org.flowshield.node.fullnode.standing;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderEvent;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;
import org.flowshield.node.market.SomeMarket;

/** A chain in memory, on which everybody is a provider until something else is said. */
public final class SomeChain implements Registry {

    public final Map<NodeId, Standing> standings = new HashMap<>();
    public final Set<EvmAddress> inactive = new HashSet<>();
    public final List<BindingEvent> bindings = new ArrayList<>();
    public final List<ProviderEvent> providers = new ArrayList<>();
    public long head = 100;
    public boolean down;

    /** Events are told, but standings are not. */
    public boolean unregistered;

    /** How often the chain was asked of a node. */
    public int asked;

    public ChainStandings standings(InstantSource time) {
        return new ChainStandings(this, registry(), vault(), time);
    }

    public ChainWatch watch(int confirmations) {
        return new ChainWatch(this::newest, identities(), registry(), confirmations);
    }

    private synchronized long newest() throws RpcException {
        requireUp();
        return head;
    }

    private void requireUp() throws RpcException {
        if (down) {
            throw new RpcException(RpcException.Kind.UNREACHABLE, "nobody answers");
        }
    }

    @Override
    public synchronized Standing standing(NodeId node) throws RegistryUnavailableException {
        asked++;
        if (down || unregistered) {
            throw new RegistryUnavailableException("nobody answers", null);
        }
        return standings.getOrDefault(
                node, new Standing.Bound(Roles.bits(Roles.PROVIDER), Instant.EPOCH));
    }

    /** Takes a node back, in the newest block. */
    public synchronized void revoke(EvmAddress wallet, NodeKey node) {
        standings.put(new NodeId(wallet, node), new Standing.Revoked(SomeMarket.NOW));
        bindings.add(new BindingEvent.Revoked(wallet, node.bytes(), log(head)));
    }

    public synchronized void exit(EvmAddress wallet) {
        inactive.add(wallet);
        providers.add(new ProviderEvent.Exited(wallet, log(head)));
    }

    private static Log log(long block) {
        return new Log(
                EvmAddress.ZERO,
                List.of(),
                new byte[0],
                block,
                Bytes32.ZERO,
                new TransactionHash(Bytes32.ZERO),
                0);
    }

    private IdentityRegistry identities() {
        return port(
                IdentityRegistry.class,
                (name, given) ->
                        name.equals("events")
                                ? bindings.stream().filter(each -> isIn(each.log(), given)).toList()
                                : null);
    }

    private ProviderRegistry registry() {
        return port(
                ProviderRegistry.class,
                (name, given) ->
                        switch (name) {
                            case "events" ->
                                    providers.stream()
                                            .filter(each -> isIn(each.log(), given))
                                            .toList();
                            case "isActive" -> !inactive.contains((EvmAddress) given[0]);
                            default -> null;
                        });
    }

    private StakeVault vault() {
        return port(
                StakeVault.class,
                (name, _) ->
                        name.equals("stake")
                                ? new Stake(
                                        SomeMarket.milli(5_000_000),
                                        TokenAmount.ZERO,
                                        Instant.EPOCH)
                                : null);
    }

    private static boolean isIn(Log log, Object[] range) {
        return log.block() >= (long) range[0] && log.block() <= (long) range[1];
    }

    private interface Answer {
        @org.jspecify.annotations.Nullable
        Object to(String method, Object[] given);
    }

    /** What is not answered here nobody asks. */
    private <T> T port(Class<T> type, Answer answer) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, given) -> {
                            synchronized (this) {
                                requireUp();
                                Object said =
                                        answer.to(
                                                method.getName(),
                                                given == null ? new Object[0] : given);
                                if (said == null) {
                                    throw new UnsupportedOperationException(method.getName());
                                }
                                return said;
                            }
                        }));
    }
}
