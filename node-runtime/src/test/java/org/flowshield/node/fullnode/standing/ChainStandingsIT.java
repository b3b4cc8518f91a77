package org.flowshield.node.fullnode.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.node.fullnode.standing.Vouched.Why;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.chain.RpcRegistry;
import org.flowshield.node.settlement.ChainLab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real contracts on a real chain say of a wallet and its node, step by step. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ChainStandingsIT {

    private static final TokenAmount STAKE = TokenAmount.of(2_000_000L);

    private final SecureRandom random = new SecureRandom();

    @Test
    void a_provider_is_vouched_for_from_its_registration_until_its_node_is_revoked()
            throws Exception {
        try (ChainLab lab = ChainLab.open();
                SigningKey wallet = Anvil.account(0);
                PrivateKey key = PrivateKey.generate(random)) {
            NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
            NodeId id = new NodeId(wallet.address(), node);
            var identities = lab.contracts.identities();
            ChainStandings standings =
                    new ChainStandings(
                            new RpcRegistry(identities),
                            lab.contracts.providers(),
                            lab.contracts.vault(),
                            Clock.systemUTC());
            ChainWatch watch =
                    new ChainWatch(
                            () -> lab.chain.head().number(),
                            identities,
                            lab.contracts.providers(),
                            1);
            assertThat(watch.step().all()).isTrue();
            assertThat(standings.of(id)).isEqualTo(new Vouched.No(Why.UNBOUND));

            Bytes32 challenge = identities.challenge(wallet.address(), node.bytes());
            lab.run(
                    wallet,
                    identities.bind(
                            node.bytes(),
                            BindingProof.sign(key, challenge),
                            Roles.bits(Roles.PROVIDER)));
            assertHeard(watch, standings, id);
            assertThat(standings.of(id)).isEqualTo(new Vouched.No(Why.INACTIVE));

            lab.run(wallet, stake(lab, wallet));
            lab.run(
                    wallet,
                    lab.contracts.providers().register(node.bytes(), Bytes32.ZERO, "ipfs://none"));
            assertHeard(watch, standings, id);
            assertThat(standings.of(id)).isEqualTo(new Vouched.Yes(STAKE));

            lab.run(wallet, identities.revoke(node.bytes()));
            assertHeard(watch, standings, id);
            assertThat(standings.of(id)).isEqualTo(new Vouched.No(Why.REVOKED));
        }
    }

    private static void assertHeard(ChainWatch watch, ChainStandings standings, NodeId id)
            throws Exception {
        assertThat(watch.step().wallets()).contains(id.wallet());
        standings.forget(id);
    }

    private static Call stake(ChainLab lab, SigningKey wallet) throws Exception {
        SignedPermit permit =
                SignedPermit.sign(
                        new Permit(
                                wallet.address(),
                                lab.contracts.vault().address(),
                                STAKE,
                                lab.contracts.token().nonce(wallet.address()),
                                lab.chain.head().time().plus(Duration.ofHours(1))),
                        lab.contracts.token().domain(),
                        wallet);
        return lab.contracts.vault().stakeWithPermit(StakeKind.PROVIDER, STAKE, permit);
    }
}
