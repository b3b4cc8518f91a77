package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.rpc.RpcTransport;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.controlplane.RpcSockets;
import org.flowshield.node.finder.ProofFullnodes;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryCache;
import org.flowshield.node.identity.chain.ChainSource;
import org.flowshield.node.identity.chain.ProvenRegistry;
import org.flowshield.node.identity.chain.RpcRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a daemon's registry of identities: one for all that ask, so that what is learnt by one of
 * them is known to all.
 */
final class Registries {

    private static final Logger LOG = LoggerFactory.getLogger(Registries.class);

    /** Others answer meanwhile: a source that is slower than that counts as silent. */
    private static final RpcLimits LIMITS =
            new RpcLimits(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    RpcLimits.DEFAULT.maxAnswerBytes());

    private Registries() {}

    /**
     * The registry that was chosen; nobody is asked yet.
     *
     * @param believed by the RPC that is asked for everything
     * @param fullnodes for proofs
     * @param opened takes what is to be closed
     * @throws RefusedException if what was configured can't be had
     */
    static RegistryCache open(
            RegistryChoice choice,
            ChainId chain,
            IdentityRegistry believed,
            Supplier<ProofFullnodes> fullnodes,
            ControlSockets control,
            Names names,
            InstantSource time,
            Deque<AutoCloseable> opened)
            throws RefusedException {
        Registry registry =
                switch (choice) {
                    case RegistryChoice.Believed(String why) -> {
                        LOG.info(
                                "whose a node is, and whether it was revoked, the chain's RPC is"
                                        + " believed about: {}",
                                why);
                        yield new RpcRegistry(believed);
                    }
                    case RegistryChoice.Proven proven -> {
                        LOG.info(
                                "whose a node is, and whether it was revoked, has to be proved in a"
                                        + " block that {} of the network's {} RPCs name",
                                proven.needed(),
                                proven.sources().size());
                        ProofFullnodes witnesses = fullnodes.get();
                        opened.push(witnesses);
                        control.onChange(witnesses::drop);
                        RpcSockets sockets = new RpcSockets(control, names);
                        opened.push(sockets);
                        List<ChainSource> sources =
                                proven.sources().stream()
                                        .map(rpc -> source(chain, rpc, sockets))
                                        .toList();
                        yield new ProvenRegistry(
                                believed.address(), sources, witnesses, sources, time);
                    }
                    case RegistryChoice.Impossible(String why) ->
                            throw new RefusedException(
                                    RefusedException.Kind.FAILED,
                                    new Problem(
                                            "no_sources",
                                            why,
                                            "name more RPCs in the network file, or set"
                                                    + " chain.registry, and restart the daemon"));
                };
        return new RegistryCache(registry, time);
    }

    /** One RPC on its own: it is no use to a source that another one answers in its place. */
    private static ChainSource source(ChainId chain, URI rpc, RpcSockets sockets) {
        return new ChainSource(RpcChain.of(chain, List.of(rpc), LIMITS, new Lent(sockets)));
    }

    /** Sockets that all sources share, closed by who opened them. */
    private record Lent(RpcSockets sockets) implements RpcTransport {

        @Override
        public Answer post(URI rpc, String json, RpcLimits limits)
                throws IOException, InterruptedException {
            return sockets.post(rpc, json, limits);
        }

        @Override
        public void close() {
            // they are another's
        }
    }
}
