package org.flowshield.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Words;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.junit.jupiter.api.Test;

/** A node is the wallet's that it has agreed to, until that one takes it back. */
final class WalletNodesTest {

    private static final EvmAddress OWNER = new EvmAddress(filled(1));
    private static final EvmAddress SQUATTER = new EvmAddress(filled(2));
    private static final EvmAddress FORMER = new EvmAddress(filled(3));
    private static final long ROLES = Roles.bits(Roles.PROVIDER);

    private final PrivateKey key = PrivateKey.generate(new SecureRandom());
    private final NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
    private final List<BindingEvent> events = new ArrayList<>();

    private static byte[] filled(int value) {
        byte[] bytes = new byte[EvmAddress.LENGTH];
        bytes[0] = (byte) value;
        return bytes;
    }

    private static Bytes32 challenge(EvmAddress wallet, Bytes32 nodeKey) {
        return new Words(2).put(wallet).put(nodeKey).hash();
    }

    private static Log log() {
        return new Log(
                OWNER,
                List.of(Bytes32.ZERO),
                new byte[0],
                1,
                Bytes32.ZERO,
                new TransactionHash(Bytes32.ZERO),
                0);
    }

    private void bound(EvmAddress wallet, byte[] proof) {
        events.add(new BindingEvent.Bound(wallet, node.bytes(), ROLES, proof, log()));
    }

    @Test
    void a_squatter_who_was_first_has_nothing() {
        bound(SQUATTER, new byte[64]);
        bound(OWNER, BindingProof.sign(key, challenge(OWNER, node.bytes())));
        assertThat(WalletNodes.owner(node, events, WalletNodesTest::challenge))
                .map(known -> known.node().wallet())
                .contains(OWNER);
        assertThat(WalletNodes.of(SQUATTER, events, WalletNodesTest::challenge)).isEmpty();
    }

    @Test
    void consent_to_one_wallet_is_none_to_another() {
        bound(SQUATTER, BindingProof.sign(key, challenge(OWNER, node.bytes())));
        assertThat(WalletNodes.owner(node, events, WalletNodesTest::challenge)).isEmpty();
    }

    @Test
    void what_was_revoked_is_the_wallets_past() {
        bound(OWNER, BindingProof.sign(key, challenge(OWNER, node.bytes())));
        events.add(new BindingEvent.Revoked(OWNER, node.bytes(), log()));
        assertThat(WalletNodes.owner(node, events, WalletNodesTest::challenge)).isEmpty();
        assertThat(WalletNodes.of(OWNER, events, WalletNodesTest::challenge))
                .containsExactly(new WalletNodes.Known(new NodeId(OWNER, node), ROLES, true));
        assertThat(WalletNodes.lastOwner(node, events, WalletNodesTest::challenge))
                .contains(new WalletNodes.Known(new NodeId(OWNER, node), ROLES, true));
    }

    @Test
    void who_has_it_now_comes_before_who_revoked_it_later() {
        bound(OWNER, BindingProof.sign(key, challenge(OWNER, node.bytes())));
        bound(FORMER, BindingProof.sign(key, challenge(FORMER, node.bytes())));
        events.add(new BindingEvent.Revoked(FORMER, node.bytes(), log()));
        assertThat(WalletNodes.lastOwner(node, events, WalletNodesTest::challenge))
                .map(known -> known.node().wallet())
                .contains(OWNER);
    }
}
