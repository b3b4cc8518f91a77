package org.flowshield.node.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.CertificateHolder;
import org.flowshield.node.identity.Identity;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RefusedIdentityException;
import org.flowshield.node.identity.RegistryCache;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.chain.RpcRegistry;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.settlement.ChainLab;
import org.flowshield.node.swarm.SomeSwarm;
import org.flowshield.node.swarm.Swarm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wallet revokes a node on a real chain; its peers refuse it soon after. */
@Timeout(value = 4, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RevocationIT {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final int PEERS = 8;

    /** What is promised; what was measured is printed. */
    private static final Duration PROMISED = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ChainLab lab;
    private IdentityRegistry registry;

    @BeforeEach
    void open() throws Exception {
        lab = ChainLab.open();
        registry = lab.contracts.identities();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) each.close();
        if (lab != null) lab.close();
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.add(part);
        return part;
    }

    /** The chain's time at the start, going on as ours does: anvil's blocks run ahead of it. */
    private Instant now() {
        return Instant.now().plusSeconds(60);
    }

    private NodeId bind(PrivateKey key) throws Exception {
        NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
        EvmAddress wallet = lab.client.address();
        byte[] proof = BindingProof.sign(key, registry.challenge(wallet, node.bytes()));
        lab.run(lab.client, registry.bind(node.bytes(), proof, Roles.bits(Roles.PROVIDER)));
        return new NodeId(wallet, node);
    }

    /** A peer with its own way to the chain, which remembers what it has asked. */
    private final class Peer {

        private final RegistryCache cache;
        private final IdentityVerifier verifier;
        private final Revocations revocations;
        private final CountDownLatch told = new CountDownLatch(1);
        private final Connection connection;

        Peer(Multiaddr provider, boolean looks) throws Exception {
            RpcChain chain = keep(RpcChain.of(CHAIN, List.of(lab.anvil.uri()), RpcLimits.DEFAULT));
            cache = new RegistryCache(new RpcRegistry(registry), RevocationIT.this::now);
            verifier = new IdentityVerifier(cache, CHAIN, RevocationIT.this::now);
            revocations =
                    new Revocations(
                            RevocationWatch.events(chain, registry), cache, System::nanoTime);
            revocations.onRevoked((_, _) -> told.countDown());
            if (looks) {
                keep(RevocationWatch.start(revocations, () -> true, () -> {}));
            }
            Host host = keep(Hosts.builder(keep(PrivateKey.generate(random)), random).build());
            connection = keep(host.connect(provider));
        }

        boolean refuses() {
            try {
                Identity _ = IdentityProtocol.ask(connection, verifier, Roles.PROVIDER);
                return false;
            } catch (RefusedIdentityException e) {
                assertThat(e.reason()).isEqualTo(RefusedIdentityException.Reason.REVOKED);
                return true;
            }
        }
    }

    @Test
    void a_revoked_node_is_refused_by_every_peer_within_a_minute() throws Exception {
        PrivateKey key = keep(PrivateKey.generate(random));
        NodeId node = bind(key);
        Host provider =
                keep(
                        Hosts.builder(key, random)
                                .listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                                .build());
        provider.handle(
                new IdentityProtocol(
                        new CertificateHolder(key, node.wallet(), CHAIN, random, this::now)));
        Multiaddr address =
                Multiaddr.parse(provider.listenAddresses().getFirst() + "/p2p/" + node.key());
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            peers.add(new Peer(address, true));
        }
        for (Peer peer : peers) {
            assertThat(peer.refuses()).as("it is honest so far").isFalse();
        }

        lab.run(lab.client, registry.revoke(node.key().bytes()));
        long revoked = System.nanoTime();
        Duration longest = Duration.ZERO;
        for (Peer peer : peers) {
            assertThat(peer.told.await(PROMISED.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(peer.refuses()).isTrue();
            longest = Duration.ofNanos(System.nanoTime() - revoked);
        }
        System.out.println(
                "RevocationIT: %d peers refuse a revoked node; the last after %d ms"
                        .formatted(PEERS, longest.toMillis()));
    }

    @Test
    void peers_that_do_not_look_hear_of_it_from_one_that_does_and_ask_the_chain() throws Exception {
        PrivateKey key = keep(PrivateKey.generate(random));
        NodeId node = bind(key);
        Topic topic = new Topic("/flowshield/test/revocations/1");
        RegistryCache cache = new RegistryCache(new RpcRegistry(registry), this::now);
        Revocations hears = new Revocations(none(), cache, System::nanoTime);
        Revocations looks =
                new Revocations(
                        RevocationWatch.events(lab.chain, registry),
                        new RegistryCache(new RpcRegistry(registry), this::now),
                        System::nanoTime);
        CountDownLatch heard = new CountDownLatch(1);
        hears.onRevoked(
                (which, _) -> {
                    assertThat(which).isEqualTo(node);
                    heard.countDown();
                });
        SomeSwarm first = keep(new SomeSwarm());
        Swarm.Membership one =
                keep(
                        new RevocationGossip(first.swarm, topic, looks)
                                .join(List.of(SomeSwarm.loopback()), List.of()));
        SomeSwarm second = keep(new SomeSwarm(first.address(one)));
        Swarm.Membership two =
                keep(
                        new RevocationGossip(second.swarm, topic, hears)
                                .join(List.of(SomeSwarm.loopback()), List.of()));
        assertThat(one.pubsub().awaitPeers(topic, 1, PROMISED)).isEqualTo(1);
        assertThat(two.pubsub().awaitPeers(topic, 1, PROMISED)).isEqualTo(1);

        lab.run(lab.client, registry.revoke(node.key().bytes()));
        looks.look();
        assertThat(heard.await(PROMISED.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private static Revocations.Events none() {
        return new Revocations.Events() {
            @Override
            public long head() {
                throw new AssertionError("this peer does not look");
            }

            @Override
            public List<BindingEvent> between(long from, long to) {
                throw new AssertionError("this peer does not look");
            }
        };
    }
}
