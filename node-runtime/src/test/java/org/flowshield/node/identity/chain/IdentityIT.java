package org.flowshield.node.identity.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.proof.BlockHeader;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.contracts.registry.BindingSlot;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.CertificateHolder;
import org.flowshield.node.identity.Identity;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.NodeAttribute;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.RefusedIdentityException;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryCache;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;
import org.flowshield.node.settlement.ChainLab;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Nodes that show each other who they are over real connections, and a real chain that says whether
 * it is so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class IdentityIT {

    private static final ChainId CHAIN = new ChainId(31337);

    private final SecureRandom random = new SecureRandom();
    private ChainLab lab;
    private RpcChain chain;
    private IdentityRegistry registry;
    private EvmAddress wallet;
    private Duration later = Duration.ZERO;

    @BeforeAll
    void open() throws Exception {
        lab = ChainLab.open();
        chain = lab.chain;
        registry = lab.contracts.identities();
        wallet = lab.client.address();
    }

    @AfterAll
    void close() {
        if (lab != null) lab.close();
    }

    private void run(Call call) throws Exception {
        lab.run(lab.client, call);
    }

    private NodeId bind(PrivateKey key) throws Exception {
        NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
        Bytes32 challenge = registry.challenge(wallet, node.bytes());
        run(
                registry.bind(
                        node.bytes(),
                        BindingProof.sign(key, challenge),
                        Roles.bits(Roles.PROVIDER)));
        return new NodeId(wallet, node);
    }

    /** The chain's time, which is ahead of ours when blocks come quickly. */
    private Instant now() {
        try {
            return chain.head().time().plus(later);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Host host(PrivateKey key) throws Exception {
        return new HostBuilder(key)
                .security(new NoiseTransport(key, random))
                .listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                .build();
    }

    @Test
    void what_a_wallet_says_of_its_node_is_shown_until_the_node_is_revoked() throws Exception {
        NodeId node = bind(PrivateKey.generate(random));
        ChainAttributes attributes = new ChainAttributes(registry, 0, () -> chain.head().number());
        assertThat(attributes.of(node).attributes()).isEmpty();
        NodeAttribute city = new NodeAttribute("city", "Zürich");
        NodeAttribute operator = new NodeAttribute("operator", "a friend");
        for (NodeAttribute one : List.of(city, operator)) {
            run(registry.setAttribute(node.key().bytes(), one.nameWord(), one.valueWord()));
        }
        assertThat(attributes.of(node))
                .isEqualTo(new ChainAttributes.Told(List.of(city, operator), true));
        run(registry.setAttribute(node.key().bytes(), city.nameWord(), Bytes32.ZERO));
        assertThat(attributes.of(node).attributes()).containsExactly(operator);
        assertThat(attributes.of(new NodeId(lab.operator.address(), node.key())).attributes())
                .as("another wallet says nothing of it")
                .isEmpty();
        assertThat(attributes.hasRoomFor(node, NodeAttribute.nameWord("more"))).isTrue();
        for (int i = 0; i < ChainAttributes.MOST; i++) {
            NodeAttribute more = new NodeAttribute("more-" + i, "x");
            run(registry.setAttribute(node.key().bytes(), more.nameWord(), more.valueWord()));
        }
        assertThat(attributes.of(node).whole()).isFalse();
        assertThat(attributes.hasRoomFor(node, NodeAttribute.nameWord("more"))).isFalse();
        assertThat(attributes.hasRoomFor(node, NodeAttribute.nameWord("more-31"))).isFalse();
        assertThat(attributes.hasRoomFor(node, city.nameWord()))
                .as("it was used before, and taken back")
                .isTrue();
        assertThat(attributes.of(node).attributes()).hasSize(ChainAttributes.MOST - 1);
        run(registry.revoke(node.key().bytes()));
        assertThat(attributes.of(node).attributes()).isEmpty();
    }

    @Test
    void a_node_is_who_it_says_until_its_wallet_takes_it_back() throws Exception {
        PrivateKey providerKey = PrivateKey.generate(random);
        PrivateKey clientKey = PrivateKey.generate(random);
        NodeId node = bind(providerKey);
        var certificates = new CertificateHolder(providerKey, wallet, CHAIN, random, this::now);
        RegistryCache cache = new RegistryCache(new RpcRegistry(registry), this::now);
        IdentityVerifier verifier = new IdentityVerifier(cache, CHAIN, this::now);
        try (Host provider = host(providerKey);
                Host client = host(clientKey)) {
            provider.handle(new IdentityProtocol(certificates));
            Multiaddr address =
                    Multiaddr.parse(provider.listenAddresses().getFirst() + "/p2p/" + node.key());
            try (Connection connection = client.connect(address)) {
                Identity identity = IdentityProtocol.ask(connection, verifier, Roles.PROVIDER);
                assertThat(identity.node()).isEqualTo(node);
                assertThat(refused(connection, verifier, Roles.VERIFIER))
                        .isEqualTo(RefusedIdentityException.Reason.OTHER_ROLE);

                run(registry.revoke(node.key().bytes()));
                later = later.plus(Registry.MAX_AGE);
                assertThat(refused(connection, verifier, Roles.PROVIDER))
                        .isEqualTo(RefusedIdentityException.Reason.REVOKED);
            }
            try (Connection other = provider.connect(listening(client))) {
                assertThat(refused(other, verifier, Roles.PROVIDER))
                        .as("a node that has no identity")
                        .isEqualTo(RefusedIdentityException.Reason.SILENT);
            }
        }
    }

    private static Multiaddr listening(Host host) throws Exception {
        return Multiaddr.parse(host.listenAddresses().getFirst() + "/p2p/" + host.peerId());
    }

    private static RefusedIdentityException.Reason refused(
            Connection connection, IdentityVerifier verifier, Roles role) {
        return catchThrowableOfType(
                        RefusedIdentityException.class,
                        () -> IdentityProtocol.ask(connection, verifier, role))
                .reason();
    }

    /** A fullnode that keeps what it has seen and serves it again, or makes it up. */
    private record Liar(byte[] header, StorageProof proof) implements ProvenRegistry.Witness {

        @Override
        public Optional<byte[]> header(ProvenRegistry.Block block) {
            return Optional.of(header);
        }

        @Override
        public Optional<StorageProof> proof(EvmAddress contract, Bytes32 slot, BlockHeader at) {
            return Optional.of(proof);
        }
    }

    /** A source that names a block which no chain has. */
    private static final class Dreamer implements ProvenRegistry.Source {

        @Override
        public Optional<ProvenRegistry.Block> newest() {
            return Optional.of(new ProvenRegistry.Block(1, Keccak256.hash("a dream")));
        }

        @Override
        public boolean confirms(ProvenRegistry.Block block) {
            return true;
        }
    }

    @Test
    void fullnodes_that_serve_old_or_forged_proofs_or_hide_a_revocation_change_nothing()
            throws Exception {
        NodeId node = bind(PrivateKey.generate(random));
        Bytes32 slot = BindingSlot.of(node.wallet(), node.key().bytes());
        long before = chain.head().number();
        byte[] oldHeader = chain.header(before);
        StorageProof oldProof = chain.proof(registry.address(), slot, before);
        ChainSource honest = new ChainSource(chain);
        assertThat(proven(List.of(honest, honest), honest).standing(node))
                .isInstanceOf(Standing.Bound.class);

        run(registry.revoke(node.key().bytes()));
        byte[] newHeader = chain.header(chain.head().number());
        Liar hides = new Liar(oldHeader, oldProof);
        Liar mixes = new Liar(newHeader, oldProof);
        byte[] forged = newHeader.clone();
        forged[100] ^= 1;
        Liar forges = new Liar(forged, oldProof);
        List<ProvenRegistry.Source> sources = List.of(honest, new Dreamer(), honest);
        for (Liar liar : List.of(hides, mixes, forges)) {
            assertThat(unavailable(proven(sources, liar), node)).contains("no fullnode showed");
            assertThat(proven(sources, liar, honest).standing(node))
                    .isInstanceOf(Standing.Revoked.class);
        }
        assertThat(unavailable(proven(List.of(new Dreamer(), new Dreamer()), hides), node))
                .contains("another block");
    }

    @Test
    void an_old_block_or_one_that_a_single_source_names_shows_nothing() throws Exception {
        NodeId node = bind(PrivateKey.generate(random));
        ChainSource honest = new ChainSource(chain);
        ProvenRegistry.Source silent =
                new ProvenRegistry.Source() {
                    @Override
                    public Optional<ProvenRegistry.Block> newest() {
                        return Optional.empty();
                    }

                    @Override
                    public boolean confirms(ProvenRegistry.Block block) {
                        return false;
                    }
                };
        assertThat(unavailable(proven(List.of(honest, silent, silent), honest), node))
                .contains("confirmed by 1 of 3");
        Instant tooLate = chain.head().time().plus(ProvenRegistry.MAX_BLOCK_AGE).plusSeconds(1);
        assertThat(
                        unavailable(
                                new ProvenRegistry(
                                        registry.address(),
                                        List.of(honest, honest),
                                        List.of(honest),
                                        () -> tooLate),
                                node))
                .contains("older than 60 s");
    }

    private ProvenRegistry proven(
            List<? extends ProvenRegistry.Source> sources, ProvenRegistry.Witness... witnesses)
            throws Exception {
        Instant now = chain.head().time();
        return new ProvenRegistry(registry.address(), sources, List.of(witnesses), () -> now);
    }

    private static String unavailable(ProvenRegistry registry, NodeId node) {
        return catchThrowableOfType(
                        RegistryUnavailableException.class, () -> registry.standing(node))
                .toString();
    }
}
