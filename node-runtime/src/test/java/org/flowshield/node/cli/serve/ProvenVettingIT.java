package org.flowshield.node.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.proof.ProofSource;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.client.ControlPlane;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.finder.Beginning;
import org.flowshield.node.finder.Finder;
import org.flowshield.node.finder.FoundNodes;
import org.flowshield.node.finder.ProofFullnodes;
import org.flowshield.node.finder.backing.Backing;
import org.flowshield.node.finder.backing.ChainBacking;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryCache;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.proofs.ProofService;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.revocation.RevocationWatch;
import org.flowshield.node.revocation.Revocations;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.settlement.ChainLab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client without an RPC that it would have to believe: three public ones, some of which lie or
 * are gone, and fullnodes, some of which lie or are silent. Its registry is made as its daemon
 * makes it, and asked as it asks about whoever it is to pay.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProvenVettingIT {

    private static final ChainId CHAIN = new ChainId(31_337);
    private static final TokenAmount STAKE = TokenAmount.of(1_000_000L);

    private final SecureRandom random = new SecureRandom();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ControlSockets control = new ControlSockets(0);
    private final Names names = new Names(control, InetAddress::getAllByName);
    private ChainLab lab;
    private IdentityRegistry contract;

    /** How much later it is than the newest block says. */
    private volatile Duration later = Duration.ZERO;

    @BeforeEach
    void open() throws Exception {
        lab = ChainLab.open();
        contract = lab.contracts.identities();
        control.goes(ControlPlane.Way.OPEN);
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) opened.pop().close();
        if (lab != null) lab.close();
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    /** The chain's, whose blocks come faster here than time passes. */
    private Instant now() {
        try {
            return lab.chain.head().time().plus(later);
        } catch (RpcException e) {
            throw new AssertionError(e);
        }
    }

    /** What is remembered is so no more. */
    private void timePasses() throws Exception {
        later = later.plus(Registry.MAX_AGE);
    }

    private Multiaddr host(ProtocolBinding served) throws Exception {
        Host host =
                keep(
                        Hosts.builder(keep(PrivateKey.generate(random)), random)
                                .listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                                .build());
        host.handle(served);
        return host.listenAddresses().getFirst().withPeer(host.peerId());
    }

    /** A fullnode with a chain of its own. */
    private Multiaddr fullnode(AtomicInteger proofs) throws Exception {
        ProofSource counted =
                new ProofSource() {
                    @Override
                    public byte[] header(long number) throws RpcException {
                        return lab.chain.header(number);
                    }

                    @Override
                    public StorageProof proof(EvmAddress at, Bytes32 slot, long block)
                            throws RpcException {
                        proofs.incrementAndGet();
                        return lab.chain.proof(at, slot, block);
                    }
                };
        return host(new ProofService(counted, contract.address(), System::nanoTime));
    }

    /** Shows the storage of a block that it was not asked about. */
    private Multiaddr lyingFullnode(long block) throws Exception {
        ProofSource old =
                new ProofSource() {
                    @Override
                    public byte[] header(long number) throws RpcException {
                        return lab.chain.header(number);
                    }

                    @Override
                    public StorageProof proof(EvmAddress at, Bytes32 slot, long asked)
                            throws RpcException {
                        return lab.chain.proof(at, slot, block);
                    }
                };
        return host(new ProofService(old, contract.address(), System::nanoTime));
    }

    private Multiaddr silentFullnode() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        opened.push(end::countDown);
        return host(
                new ProtocolBinding() {
                    @Override
                    public List<ProtocolId> ids() {
                        return List.of(ProofService.PROTOCOL);
                    }

                    @Override
                    public void accept(Stream stream) throws IOException {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                });
    }

    private URI dead() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    private URI rpc(SomeRpc rpc) {
        return keep(rpc).uri();
    }

    private URI honest() throws Exception {
        return rpc(SomeRpc.honest(lab.anvil.uri()));
    }

    private URI withoutProofs() throws Exception {
        return rpc(SomeRpc.withoutProofs(lab.anvil.uri()));
    }

    private URI lying() throws Exception {
        return rpc(SomeRpc.lying(lab.anvil.uri()));
    }

    private RegistryCache registry(List<URI> rpcs, Multiaddr... begin) throws Exception {
        return Registries.open(
                        new RegistryChoice.Proven(rpcs),
                        CHAIN,
                        contract,
                        () -> fullnodes(List.of(begin)),
                        control,
                        names,
                        this::now,
                        opened)
                .cache();
    }

    private Backing client(List<URI> rpcs, Multiaddr... begin) throws Exception {
        return client(registry(rpcs, begin));
    }

    private Backing client(RegistryCache registry) {
        return new ChainBacking(registry, _ -> Optional.of(STAKE), this::now);
    }

    private ProofFullnodes fullnodes(List<Multiaddr> begin) {
        return new ProofFullnodes(
                new Finder.Settings(new MarketNetwork(lab.contracts.channels().domain()), true),
                random,
                () -> 0,
                "test/1",
                new Beginning(
                        begin,
                        names,
                        FoundNodes.inMemory(AddressPolicy.ANY, Clock.systemUTC(), random)),
                Clock.systemUTC(),
                System::nanoTime);
    }

    private NodeKey key() {
        try (PrivateKey key = PrivateKey.generate(random)) {
            return NodeKey.of(key.publicKey()).orElseThrow();
        }
    }

    private NodeId bound() throws Exception {
        try (PrivateKey key = PrivateKey.generate(random)) {
            NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
            byte[] proof =
                    BindingProof.sign(key, contract.challenge(lab.client.address(), node.bytes()));
            lab.run(lab.client, contract.bind(node.bytes(), proof, Roles.bits(Roles.PROVIDER)));
            return new NodeId(lab.client.address(), node);
        }
    }

    private static Backing.Backed of(Backing client, NodeId node) throws Exception {
        return client.of(node.key(), node.wallet());
    }

    private static void assertRefused(Backing.Backed backed, String code) {
        assertThat(backed)
                .isInstanceOfSatisfying(
                        Backing.Backed.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static void assertUnknown(Backing.Backed backed, String... words) {
        assertThat(backed)
                .isInstanceOfSatisfying(
                        Backing.Backed.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains(words));
    }

    @Test
    void fullnodes_prove_who_is_bound_unbound_and_revoked_with_one_lying_rpc() throws Exception {
        NodeId node = bound();
        long before = lab.chain.head().number();
        AtomicInteger proofs = new AtomicInteger();
        Multiaddr lies = lyingFullnode(before);
        Multiaddr silent = silentFullnode();
        Multiaddr tells = fullnode(proofs);
        Backing client =
                client(List.of(lying(), withoutProofs(), withoutProofs()), lies, silent, tells);
        assertThat(of(client, node)).isEqualTo(new Backing.Backed.Staked(STAKE));
        assertRefused(of(client, new NodeId(node.wallet(), key())), "identity_unbound");

        lab.run(lab.client, contract.revoke(node.key().bytes()));
        timePasses();
        assertRefused(of(client, node), "identity_revoked");
        assertThat(proofs).as("the RPCs give no proofs").hasPositiveValue();
    }

    @Test
    void the_rpcs_prove_it_themselves_where_no_fullnode_answers() throws Exception {
        NodeId node = bound();
        Multiaddr gone =
                Multiaddr.parse("/ip4/127.0.0.1/tcp/" + dead().getPort()).withPeer(key().peer());
        Backing client = client(List.of(dead(), honest(), honest()), gone);
        assertThat(of(client, node)).isEqualTo(new Backing.Backed.Staked(STAKE));
        lab.run(lab.client, contract.revoke(node.key().bytes()));
        timePasses();
        assertRefused(of(client, node), "identity_revoked");
    }

    @Test
    void one_that_never_answers_is_not_waited_for() throws Exception {
        NodeId node = bound();
        Backing client =
                client(
                        List.of(rpc(SomeRpc.silent(lab.anvil.uri())), honest(), honest()),
                        silentFullnode());
        assertThat(of(client, node)).isEqualTo(new Backing.Backed.Staked(STAKE));
    }

    @Test
    void a_hint_of_a_revocation_reaches_whoever_is_about_to_pay() throws Exception {
        NodeId node = bound();
        RegistryCache registry =
                registry(List.of(dead(), honest(), honest()), fullnode(new AtomicInteger()));
        Backing client = client(registry);
        Revocations revocations =
                new Revocations(
                        RevocationWatch.events(lab.chain, contract), registry, System::nanoTime);
        assertThat(of(client, node)).isEqualTo(new Backing.Backed.Staked(STAKE));
        assertThat(revocations.hint(node)).as("it is a lie").isFalse();
        lab.run(lab.client, contract.revoke(node.key().bytes()));
        later = later.plusSeconds(3); // long before what is remembered is forgotten
        assertThat(revocations.hint(node)).isTrue();
        assertRefused(of(client, node), "identity_revoked");
    }

    @Test
    void with_one_honest_rpc_nobody_is_believed() throws Exception {
        NodeId node = bound();
        Backing client = client(List.of(honest(), lying(), dead()), fullnode(new AtomicInteger()));
        assertUnknown(
                of(client, node),
                "no block is confirmed by 2 of the network's 3 RPCs, so that nobody is believed",
                "1 of them are silent",
                "confirmed by 1 of 3");
    }

    @Test
    void with_lying_fullnodes_alone_nobody_is_believed() throws Exception {
        NodeId node = bound();
        long before = lab.chain.head().number();
        lab.run(lab.client, contract.revoke(node.key().bytes()));
        Backing client =
                client(
                        List.of(withoutProofs(), withoutProofs(), withoutProofs()),
                        lyingFullnode(before),
                        lyingFullnode(before));
        assertUnknown(of(client, node), "no fullnode showed it in block", "proof is none");
    }

    @Test
    void a_chain_that_stands_still_shows_nothing() throws Exception {
        NodeId node = bound();
        Backing client =
                client(List.of(honest(), honest(), honest()), fullnode(new AtomicInteger()));
        later = Duration.ofSeconds(61);
        assertUnknown(of(client, node), "older than 60 s");
        later = Duration.ofSeconds(50);
        assertThat(of(client, node)).isEqualTo(new Backing.Backed.Staked(STAKE));
    }

    @Test
    void what_was_configured_and_cannot_be_had_is_said() {
        assertThatThrownBy(
                        () ->
                                Registries.open(
                                        new RegistryChoice.Impossible("there are two"),
                                        CHAIN,
                                        contract,
                                        () -> fullnodes(List.of()),
                                        control,
                                        names,
                                        this::now,
                                        opened))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.problem().message()).isEqualTo("there are two"));
    }
}
