package org.flowshield.node.cli.serve;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.config.RegistryBy;
import org.flowshield.node.controlplane.RpcSockets;
import org.flowshield.node.network.ChainWays;

/** The RPCs of a daemon's chain: of all that is asked of it, and of the registry of identities. */
final class OpenWays implements ChainWays {

    /** Somebody waits for it; whoever is slower is no way to a chain. */
    private static final RpcLimits LIMITS =
            new RpcLimits(
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    RpcLimits.DEFAULT.maxAnswerBytes());

    private final Network network;
    private final RpcChain chain;
    private final Registries registries;
    private final RegistryBy registryBy;
    private final RpcSockets sockets;
    private final Runnable forgetting;
    private volatile List<URI> inForce;

    /**
     * @param network as its file says
     * @param sockets over which RPCs are asked before they are taken
     * @param forgetting has forgotten what else was learnt by the former ones; must not wait
     * @param inForce what the chain is asked through
     */
    OpenWays(
            Network network,
            RpcChain chain,
            Registries registries,
            RegistryBy registryBy,
            RpcSockets sockets,
            Runnable forgetting,
            List<URI> inForce) {
        this.network = network;
        this.chain = chain;
        this.registries = registries;
        this.registryBy = registryBy;
        this.sockets = sockets;
        this.forgetting = forgetting;
        this.inForce = List.copyOf(inForce);
    }

    @Override
    public ChainId chain() {
        return network.chain();
    }

    @Override
    public List<URI> rpcs() {
        return inForce;
    }

    @Override
    public boolean asks(List<URI> own) {
        return inForce.equals(rpcs(own));
    }

    private RegistryChoice registry(List<URI> rpcs) {
        return RegistryChoice.of(registryBy, network.withRpcs(rpcs));
    }

    @Override
    public NetworkStatus.Identities identities() {
        return registries.identities();
    }

    private List<URI> rpcs(List<URI> own) {
        return own.isEmpty() ? network.rpcs() : own;
    }

    private RegistryChoice possible(List<URI> rpcs) throws RefusedException {
        RegistryChoice choice = registry(rpcs);
        if (choice instanceof RegistryChoice.Impossible(String why)) {
            throw new RefusedException(
                    Kind.REFUSED,
                    new Problem(
                            "too_few_rpcs",
                            why + "; nothing was changed",
                            "name RPCs of "
                                    + RegistryChoice.SOURCES
                                    + " different servers, or set chain.registry to auto;"
                                    + " 'flowshield network --rpc network' goes back to the network"
                                    + " file's"));
        }
        return choice;
    }

    @Override
    public void check(List<URI> own) throws RefusedException {
        RegistryChoice _ = possible(rpcs(own));
        for (URI rpc : own) {
            try (RpcChain asked =
                    RpcChain.of(network.chain(), List.of(rpc), LIMITS, Registries.lent(sockets))) {
                Head _ = asked.head();
            } catch (RpcException e) {
                throw new RefusedException(
                        Kind.FAILED,
                        new Problem(
                                "rpc_" + e.kind().name().toLowerCase(Locale.ROOT),
                                e.getMessage() + "; nothing was changed",
                                e.passes()
                                        ? "see whether it runs and the URL is right, and try again"
                                        : "name an RPC of chain " + network.chain()),
                        e);
            }
        }
    }

    @Override
    public synchronized void use(List<URI> own) throws RefusedException {
        List<URI> rpcs = rpcs(own);
        RegistryChoice choice = possible(rpcs);
        chain.use(rpcs); // first: what the registry forgets must not come back by the former ones
        registries.use(choice);
        forgetting.run();
        inForce = List.copyOf(rpcs);
    }
}
