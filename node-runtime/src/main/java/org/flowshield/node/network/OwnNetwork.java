package org.flowshield.node.network;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.network.BootstrapNode;
import org.flowshield.node.api.network.MalformedWayException;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.Networking;
import org.flowshield.node.api.network.RpcUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ways of a node, changed while it runs: RPCs at once, bootstrap nodes for what begins after
 * that. Safe for use by any thread; a change waits for RPCs and the disk, and for others.
 */
public final class OwnNetwork implements Networking {

    private static final Logger LOG = LoggerFactory.getLogger(OwnNetwork.class);

    /** The chain's ways, or why there are none. */
    public sealed interface Chain {

        record Reached(ChainWays ways) implements Chain {}

        record None(Problem why) implements Chain {}
    }

    private final KeptNetwork kept;
    private final Chain chain;
    private final Supplier<Optional<List<Multiaddr>>> serving;
    private volatile Runnable listener = () -> {};

    /**
     * @param serving whom the roles that serve have begun with; empty while none is on
     */
    public OwnNetwork(KeptNetwork kept, Chain chain, Supplier<Optional<List<Multiaddr>>> serving) {
        this.kept = kept;
        this.chain = chain;
        this.serving = serving;
    }

    /** To be told after a change; must not wait. */
    public void onChange(Runnable told) {
        listener = told;
    }

    @Override
    public NetworkSettings settings() {
        ChosenNetwork chosen = kept.chosen();
        return new NetworkSettings(
                chosen.rpcs(),
                nodes(chosen.bootstrap()),
                new NetworkSettings.InForce(
                        chain instanceof Chain.Reached(ChainWays ways)
                                ? ways.chain().value()
                                : null,
                        chain instanceof Chain.Reached(ChainWays ways)
                                ? ways.rpcs().stream().map(RpcUrl::new).toList()
                                : List.of(),
                        chain instanceof Chain.Reached(ChainWays ways) ? ways.identities() : null,
                        nodes(kept.bootstrap()),
                        serving.get().map(OwnNetwork::nodes).orElse(null)));
    }

    private static List<BootstrapNode> nodes(List<Multiaddr> addresses) {
        return addresses.stream().map(address -> new BootstrapNode(address.toString())).toList();
    }

    @Override
    public synchronized NetworkSettings change(NetworkChange change) throws RefusedException {
        ChosenNetwork before = kept.chosen();
        ChosenNetwork next =
                new ChosenNetwork(
                        change.rpcs() == null ? before.rpcs() : change.rpcs(),
                        change.bootstrap() == null
                                ? before.bootstrap()
                                : dialled(change.bootstrap()));
        boolean others =
                !next.rpcs().equals(before.rpcs()) || (change.rpcs() != null && !asked(next));
        if (others) {
            check(next.rpcs());
        }
        keep(next);
        if (others && chain instanceof Chain.Reached(ChainWays ways)) {
            ways.use(kept.rpcs());
            LOG.info(
                    "the chain is asked through {}",
                    next.rpcs().isEmpty() ? "the network file's RPCs" : next.rpcs());
        }
        listener.run();
        return settings();
    }

    /** What was kept may have been refused when it was to be in force. */
    private boolean asked(ChosenNetwork chosen) {
        return !(chain instanceof Chain.Reached(ChainWays ways))
                || ways.asks(chosen.rpcs().stream().map(RpcUrl::uri).toList());
    }

    private void check(List<RpcUrl> rpcs) throws RefusedException {
        switch (chain) {
            case Chain.Reached(ChainWays ways) ->
                    ways.check(rpcs.stream().map(RpcUrl::uri).toList());
            case Chain.None(Problem why) -> {
                if (!rpcs.isEmpty()) {
                    throw new RefusedException(Kind.REFUSED, why);
                }
            }
        }
    }

    private static List<Multiaddr> dialled(List<BootstrapNode> nodes) throws RefusedException {
        try {
            return ChosenNetwork.dialled(nodes);
        } catch (MalformedMultiaddrException | MalformedWayException e) {
            throw new RefusedException(
                    Kind.INVALID,
                    new Problem(
                            "malformed_multiaddr",
                            e.getMessage() + "; nothing was changed",
                            "give each node once, by the address that it shows:"
                                    + " /ip4/ADDRESS/tcp/PORT/p2p/ID"),
                    e);
        }
    }

    private void keep(ChosenNetwork next) throws RefusedException {
        try {
            kept.keep(next);
        } catch (IOException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "settings_not_kept",
                            "the settings could not be written: " + e.getMessage(),
                            "see the message; nothing was changed"),
                    e);
        }
    }
}
