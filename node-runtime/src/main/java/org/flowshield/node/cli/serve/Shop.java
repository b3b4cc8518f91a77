package org.flowshield.node.cli.serve;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.cli.Version;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.finder.Backing;
import org.flowshield.node.finder.ChainBacking;
import org.flowshield.node.finder.Finder;
import org.flowshield.node.finder.IdentityVetting;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryCache;
import org.flowshield.node.identity.chain.RpcRegistry;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.routing.linux.SocketMarks;

/** How a client finds providers, and whom of them it pays. */
record Shop(Finder finder, Vetting vetting) {

    /**
     * Puts it together; nobody is asked yet.
     *
     * @param bootstrap nodes to begin with
     * @param contracts of the network, by an RPC that its owner believes
     */
    static Shop of(
            List<Multiaddr> bootstrap,
            boolean local,
            Network network,
            Contracts contracts,
            ControlSockets control,
            Names names,
            SecureRandom random,
            Clock clock) {
        Registry registry = new RegistryCache(new RpcRegistry(contracts.identities()), clock);
        Backing backing = new ChainBacking(registry, wallet -> stake(contracts, wallet), clock);
        Finder finder =
                Finder.of(
                        new Finder.Settings(
                                new MarketNetwork(network.channelDomain()), bootstrap, local),
                        random,
                        () -> control.mark() == 0 ? 0 : SocketMarks.ofThisProcess(),
                        SocketMarks::ofThisProcess,
                        "flowshield/" + Version.current(),
                        names,
                        backing,
                        clock);
        Vetting vetting =
                new IdentityVetting(
                        new IdentityVerifier(registry, network.chain(), clock),
                        backing,
                        finder::chosenFor);
        finder.vetBy(vetting);
        return new Shop(finder, vetting);
    }

    private static Optional<TokenAmount> stake(Contracts contracts, EvmAddress wallet)
            throws RpcException {
        return contracts.providers().isActive(wallet)
                ? Optional.of(contracts.vault().stake(wallet, StakeKind.PROVIDER).staked())
                : Optional.empty();
    }
}
