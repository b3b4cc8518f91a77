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
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.controlplane.RpcSockets;
import org.flowshield.node.finder.ProofFullnodes;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryCache;
import org.flowshield.node.identity.chain.ChainSource;
import org.flowshield.node.identity.chain.ProvenRegistry;
import org.flowshield.node.identity.chain.RpcRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon's registry of identities: one for all that ask, so that what is learnt by one of them is
 * known to all. Who is believed can be exchanged while it is asked. Safe for use by any thread.
 */
final class Registries implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Registries.class);

    /** Others answer meanwhile: a source that is slower than that counts as silent. */
    private static final RpcLimits LIMITS =
            new RpcLimits(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    RpcLimits.DEFAULT.maxAnswerBytes());

    private final ChainId chain;
    private final IdentityRegistry believed;
    private final Supplier<ProofFullnodes> fullnodes;
    private final ControlSockets control;
    private final Names names;
    private final InstantSource time;
    private final RegistryCache cache;

    /** Who is asked by {@link #cache}. */
    private volatile Registry asked;

    private volatile NetworkStatus.Identities identities = NetworkStatus.Identities.RPC;

    // Changed under this object's lock; there while proofs are asked for.
    private volatile @Nullable ProofFullnodes witnesses;
    private @Nullable RpcSockets sockets;

    private Registries(
            ChainId chain,
            IdentityRegistry believed,
            Supplier<ProofFullnodes> fullnodes,
            ControlSockets control,
            Names names,
            InstantSource time) {
        this.chain = chain;
        this.believed = believed;
        this.fullnodes = fullnodes;
        this.control = control;
        this.names = names;
        this.time = time;
        this.asked = new RpcRegistry(believed);
        this.cache = new RegistryCache(node -> asked.standing(node), time);
        control.onChange(this::drop);
    }

    /**
     * The registry that was chosen; nobody is asked yet.
     *
     * @param believed by the RPC that is asked for everything
     * @param fullnodes for proofs
     * @param opened takes what is to be closed
     * @throws RefusedException if what was configured can't be had
     */
    static Registries open(
            RegistryChoice choice,
            ChainId chain,
            IdentityRegistry believed,
            Supplier<ProofFullnodes> fullnodes,
            ControlSockets control,
            Names names,
            InstantSource time,
            Deque<AutoCloseable> opened)
            throws RefusedException {
        Registries registries = new Registries(chain, believed, fullnodes, control, names, time);
        registries.use(choice);
        opened.push(registries);
        return registries;
    }

    /** What is known, by whoever is believed now. */
    RegistryCache cache() {
        return cache;
    }

    /** Who is believed now, for the status. */
    NetworkStatus.Identities identities() {
        return identities;
    }

    /**
     * Believes others from now on, and asks them anew about everybody.
     *
     * @throws RefusedException if what was configured can't be had; then nothing has changed
     */
    synchronized void use(RegistryChoice choice) throws RefusedException {
        switch (choice) {
            case RegistryChoice.Believed(String why) -> {
                LOG.info(
                        "whose a node is, and whether it was revoked, the chain's RPC is believed"
                                + " about: {}",
                        why);
                asked = new RpcRegistry(believed);
                close();
            }
            case RegistryChoice.Proven proven -> {
                LOG.info(
                        "whose a node is, and whether it was revoked, has to be proved in a block"
                                + " that {} of {} RPCs name",
                        proven.needed(),
                        proven.sources().size());
                asked = proven(proven.sources());
            }
            case RegistryChoice.Impossible(String why) ->
                    throw new RefusedException(
                            RefusedException.Kind.FAILED,
                            new Problem(
                                    "no_sources",
                                    why,
                                    "name more RPCs in the network file, or set chain.registry, and"
                                            + " restart the daemon; where RPCs were chosen, go back"
                                            + " with 'flowshield network --rpc network' before"));
        }
        identities = choice.identities();
        cache.forget();
    }

    private Registry proven(List<URI> rpcs) {
        ProofFullnodes known = witnesses;
        ProofFullnodes proving = known == null ? fullnodes.get() : known;
        witnesses = proving;
        RpcSockets way = sockets == null ? new RpcSockets(control, names) : sockets;
        sockets = way;
        List<ChainSource> sources = rpcs.stream().map(rpc -> source(rpc, way)).toList();
        return new ProvenRegistry(believed.address(), sources, proving, sources, time);
    }

    /** One RPC on its own: it is no use to a source that another one answers in its place. */
    private ChainSource source(URI rpc, RpcSockets way) {
        return new ChainSource(RpcChain.of(chain, List.of(rpc), LIMITS, lent(way)));
    }

    /** Never waits. */
    private void drop() {
        ProofFullnodes known = witnesses;
        if (known != null) {
            known.drop();
        }
    }

    /** Ends the ways to who proves things. */
    @Override
    public synchronized void close() {
        if (sockets != null) {
            sockets.close();
            sockets = null;
        }
        ProofFullnodes known = witnesses;
        if (known != null) {
            witnesses = null;
            known.close();
        }
    }

    /** Sockets that several chains share, closed by who opened them. */
    static RpcTransport lent(RpcSockets sockets) {
        return new Lent(sockets);
    }

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
