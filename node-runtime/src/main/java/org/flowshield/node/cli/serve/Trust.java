package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.Node;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.config.Config;
import org.flowshield.node.daemon.DataDirectory;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.OwnIdentity;
import org.flowshield.node.identity.OwnKeys;
import org.flowshield.node.identity.proofs.ProofService;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.revocation.RevocationGossip;
import org.flowshield.node.revocation.RevocationWatch;
import org.flowshield.node.revocation.Revocations;
import org.flowshield.node.swarm.Swarm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything in a daemon that has to do with who it is, and who others are. */
final class Trust implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

    private final OwnIdentity identity;
    private final Optional<ChainAccess> chain;
    private final Optional<Revocations> revocations;
    private @Nullable RevocationWatch watch;

    private Trust(
            OwnIdentity identity, Optional<ChainAccess> chain, Optional<Revocations> revocations) {
        this.identity = identity;
        this.chain = chain;
        this.revocations = revocations;
    }

    static Trust open(
            Config config,
            DataDirectory data,
            PrivateKey key,
            Optional<ChainAccess> chain,
            SecureRandom random)
            throws IOException {
        Clock clock = Clock.systemUTC();
        OwnIdentity identity =
                new OwnIdentity(
                        key,
                        OwnKeys.in(data.key()),
                        config.identityWallet(),
                        chain.map(
                                at ->
                                        new OwnIdentity.Anchor(
                                                at.chain().id(), at.contracts().identities())),
                        random,
                        clock);
        return new Trust(
                identity,
                chain,
                chain.map(
                        at ->
                                new Revocations(
                                        RevocationWatch.events(
                                                at.chain(), at.contracts().identities()),
                                        at.registry(),
                                        System::nanoTime)));
    }

    OwnIdentity identity() {
        return identity;
    }

    /** To be told of nodes that were revoked. */
    Optional<Revocations> revocations() {
        return revocations;
    }

    /** What a node serves whichever of its roles is on. */
    List<ProtocolBinding> protocols() {
        List<ProtocolBinding> protocols = new ArrayList<>();
        protocols.add(IdentityProtocol.of(identity));
        chain.ifPresent(
                at ->
                        protocols.add(
                                new ProofService(
                                        at.chain(),
                                        at.contracts().identities().address(),
                                        System::nanoTime)));
        return protocols;
    }

    /** The same swarm, whose members tell each other of revocations. */
    Swarm telling(Swarm swarm) {
        if (chain.isEmpty() || revocations.isEmpty()) {
            return swarm;
        }
        MarketNetwork network = new MarketNetwork(chain.get().contracts().channels().domain());
        return new RevocationGossip(swarm, new Topic(network.revocations()), revocations.get());
    }

    /**
     * Begins to look for revocations, for the roles of this node.
     *
     * @param unreached told that the chain does not answer, time and again
     */
    void follow(Node node, Money money, Runnable unreached) {
        revocations.ifPresent(
                known -> {
                    known.onRevoked(money::revoked);
                    known.watch(money::payee);
                    known.onRevoked((revoked, at) -> own(node, revoked, at));
                    watch = RevocationWatch.start(known, () -> deals(node.status()), unreached);
                });
    }

    /** Whether others are served, or one serves us. */
    private static boolean deals(NodeStatus status) {
        ClientStatus client = status.client();
        return (client != null && client.state() == ClientState.CONNECTED)
                || status.roles().stream()
                        .anyMatch(
                                role ->
                                        role.name() != RoleName.CLIENT
                                                && role.state() == RoleState.ON);
    }

    /** Everybody refuses this node from now on: it does not go on as if nothing had happened. */
    private void own(Node node, NodeId revoked, Instant at) {
        if (!revoked.key().equals(identity.key())
                || !identity.wallet().equals(Optional.of(revoked.wallet()))) {
            return;
        }
        LOG.error(
                "this node was revoked by its wallet on {}: nobody deals with it any more, so it"
                        + " stops serving; give it a new key: flowshield identity rotate",
                at);
        Thread.ofVirtual().name("revoked").start(() -> stop(node));
    }

    private static void stop(Node node) {
        for (RoleName role : RoleName.values()) {
            try {
                if (role != RoleName.CLIENT) {
                    RoleStatus _ = node.disable(role);
                }
            } catch (RefusedException e) {
                LOG.error(
                        "the role {} could not be switched off: {}", role.label(), e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the daemon stops
                return;
            }
        }
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
    }
}
