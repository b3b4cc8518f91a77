package org.flowshield.contracts.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.lab.Market;
import org.flowshield.contracts.proof.MalformedProofException.Reason;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingSlot;
import org.flowshield.contracts.registry.BindingStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Somebody who serves proofs says that a revoked node is bound, or that a stranger is: with an old
 * proof, with one of another node, contract or slot, with one that was changed, cut or grown. A
 * reader that has the hash of the newest block believes none of it, on a real chain.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProofAttackIT {

    private static final Bytes32 REVOKED = new Bytes32(Market.word(11));
    private static final Bytes32 BOUND = new Bytes32(Market.word(12));
    private static final Bytes32 STRANGER = new Bytes32(Market.word(13));
    private static final long ROLES = 0x8000_0003L;

    /** As many nodes as give the tree branches below branches. */
    private static final int OTHERS = 20;

    private Market market;
    private EvmAddress registry;
    private EvmAddress wallet;
    private BlockHeader before;
    private StorageProof boundBefore;
    private BlockHeader now;

    @BeforeAll
    void open() throws Exception {
        market = Market.open();
        registry = market.contracts.identities().address();
        wallet = market.provider.address();
        bind(REVOKED);
        bind(BOUND);
        for (int i = 0; i < OTHERS; i++) {
            bind(new Bytes32(Market.word(100 + i)));
        }
        before = header();
        boundBefore = proof(REVOKED, before);
        market.run(market.provider, market.contracts.identities().revoke(REVOKED));
        now = header();
    }

    private void bind(Bytes32 nodeKey) throws Exception {
        market.run(
                market.provider, market.contracts.identities().bind(nodeKey, new byte[64], ROLES));
    }

    private BlockHeader header() throws Exception {
        return BlockHeader.parse(market.chain.header(market.chain.head().number()));
    }

    private StorageProof proof(Bytes32 nodeKey, BlockHeader at) throws Exception {
        return market.chain.proof(registry, BindingSlot.of(wallet, nodeKey), at.number());
    }

    private Binding shown(StorageProof proof, Bytes32 nodeKey, BlockHeader at) throws Exception {
        return BindingSlot.read(proof.word(at, registry, BindingSlot.of(wallet, nodeKey)))
                .orElseThrow();
    }

    private Reason refused(StorageProof proof, EvmAddress contract, Bytes32 slot) {
        return catchThrowableOfType(
                        MalformedProofException.class, () -> proof.word(now, contract, slot))
                .reason();
    }

    @AfterAll
    void close() {
        if (market != null) {
            market.close();
        }
    }

    @Test
    void honest_proofs_say_what_the_contract_says() throws Exception {
        assertThat(now.hash()).isEqualTo(market.chain.blockHash(now.number()).orElseThrow());
        for (Bytes32 nodeKey : List.of(REVOKED, BOUND)) {
            assertThat(shown(proof(nodeKey, now), nodeKey, now))
                    .isEqualTo(market.contracts.identities().binding(wallet, nodeKey));
        }
        assertThat(shown(proof(BOUND, now), BOUND, now).roles()).isEqualTo(ROLES);
        assertThat(shown(proof(STRANGER, now), STRANGER, now).status())
                .isEqualTo(BindingStatus.NONE);
        assertThat(shown(boundBefore, REVOKED, before).status()).isEqualTo(BindingStatus.BOUND);
    }

    @Test
    void an_old_proof_is_none_of_the_newest_block() {
        assertThat(refused(boundBefore, registry, BindingSlot.of(wallet, REVOKED)))
                .isEqualTo(Reason.WRONG_HASH);
    }

    @Test
    void a_proof_of_another_node_is_none_of_this_one() throws Exception {
        Bytes32 slot = BindingSlot.of(wallet, STRANGER);
        StorageProof foreign = proof(BOUND, now);
        try {
            assertThat(foreign.word(now, registry, slot)).isEqualTo(Bytes32.ZERO);
        } catch (MalformedProofException e) { // their ways part early or late
            assertThat(e.reason()).isIn(Reason.INCOMPLETE, Reason.UNUSED, Reason.WRONG_HASH);
        }
    }

    @Test
    void a_contract_of_the_attackers_proves_nothing_of_the_registry() throws Exception {
        EvmAddress token = market.contracts.token().address();
        Bytes32 slot = BindingSlot.of(wallet, BOUND);
        StorageProof ofToken = market.chain.proof(token, slot, now.number());
        assertThat(refused(ofToken, registry, slot)).isNotNull();
    }

    @Test
    void an_address_without_a_contract_has_no_words() throws Exception {
        EvmAddress nobody =
                new EvmAddress(
                        new byte[] {
                            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
                        });
        Bytes32 slot = BindingSlot.of(wallet, BOUND);
        assertThat(refused(market.chain.proof(nobody, slot, now.number()), nobody, slot))
                .isEqualTo(Reason.NO_CONTRACT);
    }

    @Test
    void a_thousand_changed_proofs_show_nothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("ProofAttackIT: seed " + seed);
        Random random = new Random(seed);
        Bytes32 slot = BindingSlot.of(wallet, REVOKED);
        StorageProof honest = proof(REVOKED, now);
        assertThat(honest.word(now, registry, slot)).isNotEqualTo(Bytes32.ZERO);
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (int i = 0; i < 1000; i++) {
            reasons.add(refused(changed(honest, random), registry, slot));
        }
        assertThat(reasons)
                .contains(Reason.WRONG_HASH, Reason.INCOMPLETE, Reason.UNUSED, Reason.TOO_LONG);
    }

    /** A bit flipped, a node cut off, doubled or put in, or far too many of them. */
    private StorageProof changed(StorageProof honest, Random random) {
        List<byte[]> account = new ArrayList<>(honest.account());
        List<byte[]> storage = new ArrayList<>(honest.storage());
        List<byte[]> nodes = random.nextBoolean() ? account : storage;
        int at = random.nextInt(nodes.size());
        switch (random.nextInt(5)) {
            case 0 -> {
                byte[] node = nodes.get(at).clone();
                node[random.nextInt(node.length)] ^= (byte) (1 << random.nextInt(8));
                nodes.set(at, node);
            }
            case 1 -> nodes.subList(at, nodes.size()).clear();
            case 2 -> nodes.add(nodes.get(at));
            case 3 -> nodes.add(at, boundBefore.storage().getLast());
            default -> {
                while (nodes.size() <= MerkleTrie.MAX_NODES) {
                    nodes.add(nodes.get(at));
                }
            }
        }
        return new StorageProof(account, storage);
    }
}
