package org.flowshield.node.identity.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.contracts.registry.BindingSlot;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.CertificateHolder;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RefusedIdentityException;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;
import org.flowshield.node.identity.chain.ChainSource;
import org.flowshield.node.identity.chain.ProvenRegistry;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.settlement.ChainLab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client without a chain of its own, between real hosts. Steps of each attack:
 *
 * <ol>
 *   <li>the attacker is a fullnode that the client asks over {@code /flowshield/proofs/1.0.0}, or a
 *       wallet on the chain;
 *   <li>it serves an old proof, a forged one, hides a revocation, or binds somebody else's node;
 *   <li>the client learns the truth from the next fullnode, or refuses the node.
 * </ol>
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LyingFullnodeAttackIT {

    private static final ChainId CHAIN = new ChainId(31337);

    private final SecureRandom random = new SecureRandom();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private ChainLab lab;
    private RpcChain chain;
    private IdentityRegistry registry;
    private Host client;

    @BeforeEach
    void open() throws Exception {
        lab = ChainLab.open();
        chain = lab.chain;
        registry = lab.contracts.identities();
        client = keep(Hosts.builder(keep(PrivateKey.generate(random)), random).build());
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

    private Connection connect(ProtocolBinding served) throws Exception {
        return connect(PrivateKey.generate(random), served);
    }

    private Connection connect(PrivateKey key, ProtocolBinding served) throws Exception {
        Host host =
                keep(
                        Hosts.builder(keep(key), random)
                                .listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                                .build());
        host.handle(served);
        return keep(
                client.connect(
                        Multiaddr.parse(
                                host.listenAddresses().getFirst() + "/p2p/" + host.peerId())));
    }

    private ProvenRegistry.Witness honest() throws Exception {
        return new RemoteWitness(
                connect(new ProofService(chain, registry.address(), System::nanoTime)));
    }

    /** A fullnode that answers as it likes. */
    private record Liar(Function<ProofQuery, ProofAnswer> lies) implements ProtocolBinding {

        @Override
        public List<ProtocolId> ids() {
            return List.of(ProofService.PROTOCOL);
        }

        @Override
        public void accept(Stream stream) throws IOException {
            byte[] asked = stream.input().readNBytes(ProofWire.MAX_QUERY + 1);
            try {
                stream.output().write(ProofWire.encode(lies.apply(ProofWire.parseQuery(asked))));
                stream.output().flush();
                stream.closeWrite();
            } catch (MalformedProofMessageException e) {
                throw new IOException(e);
            }
        }
    }

    private ProvenRegistry.Witness liar(Function<ProofQuery, ProofAnswer> lies) throws Exception {
        return new RemoteWitness(connect(new Liar(lies)));
    }

    private NodeId bind(SigningKey wallet, PrivateKey key) throws Exception {
        NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
        byte[] proof = BindingProof.sign(key, registry.challenge(wallet.address(), node.bytes()));
        run(wallet, registry.bind(node.bytes(), proof, Roles.bits(Roles.PROVIDER)));
        return new NodeId(wallet.address(), node);
    }

    private void run(SigningKey wallet, Call call) throws Exception {
        lab.run(wallet, call);
    }

    /** Three ways to the chain tell hashes, by fullnodes nothing is told but what proves itself. */
    private ProvenRegistry proven(ProvenRegistry.Witness... witnesses) throws Exception {
        ChainSource source = new ChainSource(chain);
        Instant now = chain.head().time();
        return new ProvenRegistry(
                registry.address(), List.of(source, source, source), List.of(witnesses), () -> now);
    }

    private ProofAnswer header(long number) {
        try {
            return new ProofAnswer.Header(chain.header(number));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void assertNoEffect(NodeId node, ProvenRegistry.Witness liar) throws Exception {
        assertThat(
                        catchThrowableOfType(
                                RegistryUnavailableException.class,
                                () -> proven(liar).standing(node)))
                .as("the liar alone: nothing is known, and the node refused")
                .isNotNull();
        assertThat(proven(liar, honest()).standing(node))
                .as("the liar first, an honest fullnode after it")
                .isInstanceOf(Standing.Revoked.class);
    }

    @Test
    void an_honest_fullnode_shows_what_the_chain_holds() throws Exception {
        NodeId node = bind(lab.client, PrivateKey.generate(random));
        assertThat(proven(honest()).standing(node)).isInstanceOf(Standing.Bound.class);
        run(lab.client, registry.revoke(node.key().bytes()));
        assertThat(proven(honest()).standing(node)).isInstanceOf(Standing.Revoked.class);
    }

    @Test
    void a_fullnode_that_serves_an_old_proof_has_no_effect() throws Exception {
        NodeId node = bind(lab.client, PrivateKey.generate(random));
        long before = chain.head().number();
        StorageProof old = old(node, before);
        run(lab.client, registry.revoke(node.key().bytes()));
        long now = chain.head().number();
        assertNoEffect(
                node,
                liar(asked -> asked.slot().isEmpty() ? header(now) : new ProofAnswer.Proof(old)));
    }

    @Test
    void a_fullnode_that_hides_a_revocation_behind_an_old_block_has_no_effect() throws Exception {
        NodeId node = bind(lab.client, PrivateKey.generate(random));
        long before = chain.head().number();
        StorageProof old = old(node, before);
        run(lab.client, registry.revoke(node.key().bytes()));
        assertNoEffect(
                node,
                liar(
                        asked ->
                                asked.slot().isEmpty()
                                        ? header(before)
                                        : new ProofAnswer.Proof(old)));
    }

    @Test
    void a_fullnode_that_forges_a_proof_has_no_effect() throws Exception {
        NodeId node = bind(lab.client, PrivateKey.generate(random));
        run(lab.client, registry.revoke(node.key().bytes()));
        long now = chain.head().number();
        StorageProof sound = old(node, now);
        List<byte[]> forged = new ArrayList<>(sound.storage());
        byte[] leaf = forged.removeLast().clone();
        leaf[leaf.length - 1] ^= 1;
        forged.add(leaf);
        StorageProof lie = new StorageProof(sound.account(), forged);
        assertNoEffect(
                node,
                liar(asked -> asked.slot().isEmpty() ? header(now) : new ProofAnswer.Proof(lie)));
    }

    @Test
    void a_fullnode_that_says_nothing_or_nonsense_has_no_effect() throws Exception {
        NodeId node = bind(lab.client, PrivateKey.generate(random));
        run(lab.client, registry.revoke(node.key().bytes()));
        assertNoEffect(node, liar(_ -> new ProofAnswer.None(ProofAnswer.Reason.UNKNOWN)));
        assertNoEffect(node, liar(_ -> new ProofAnswer.Header(new byte[] {1, 2, 3})));
    }

    private StorageProof old(NodeId node, long block) throws Exception {
        Bytes32 slot = BindingSlot.of(node.wallet(), node.key().bytes());
        return chain.proof(registry.address(), slot, block);
    }

    /** Binds somebody else's PeerId to its own wallet, with a proof of its own making. */
    @Test
    void a_squatter_who_binds_somebody_elses_node_has_no_effect() throws Exception {
        PrivateKey victim = PrivateKey.generate(random);
        NodeKey key = NodeKey.of(victim.publicKey()).orElseThrow();
        SigningKey squatter = lab.client;
        run(squatter, registry.bind(key.bytes(), new byte[64], Roles.bits(Roles.PROVIDER)));
        SigningKey owner = keep(Anvil.account(5));
        NodeId node = bind(owner, victim);
        IdentityVerifier verifier = new IdentityVerifier(proven(honest()), CHAIN, this::now);
        try (PrivateKey impostor = PrivateKey.generate(random)) {
            var shown =
                    new CertificateHolder(impostor, squatter.address(), CHAIN, random, this::now);
            Connection toImpostor = connect(impostor, new IdentityProtocol(shown));
            assertThat(
                            catchThrowableOfType(
                                    RefusedIdentityException.class,
                                    () ->
                                            IdentityProtocol.ask(
                                                    toImpostor, verifier, Roles.PROVIDER)))
                    .as("the squatter has not the victim's key: its own is bound to nobody")
                    .extracting(RefusedIdentityException::reason)
                    .isEqualTo(RefusedIdentityException.Reason.UNBOUND);
        }
        var own = new CertificateHolder(victim, owner.address(), CHAIN, random, this::now);
        Connection toVictim = connect(victim, new IdentityProtocol(own));
        assertThat(IdentityProtocol.ask(toVictim, verifier, Roles.PROVIDER).node())
                .as("whoever was first: the node is its owner's")
                .isEqualTo(node);
    }

    private Instant now() {
        try {
            return chain.head().time();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
