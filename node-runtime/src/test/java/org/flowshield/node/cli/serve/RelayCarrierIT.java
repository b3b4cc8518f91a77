package org.flowshield.node.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.registry.BindingChallenge;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.node.identity.BindingProof;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.flowshield.node.payment.relay.RelayAnswer;
import org.flowshield.node.payment.relay.RelayAnswer.Refused.Reason;
import org.flowshield.node.payment.relay.RelayClient;
import org.flowshield.node.payment.relay.RelayContracts;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.settlement.ChainLab;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders about nodes on a real chain: what is carried, what it costs, and what costs no gas. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RelayCarrierIT {

    private static final Duration IN_A_BLOCK = Duration.ofSeconds(10);
    private static final TokenAmount FEE = new TokenAmount(BigInteger.TEN.pow(16));
    private static final TokenAmount SOME = new TokenAmount(BigInteger.TEN.pow(18));
    private static final TokenAmount STAKE = TokenAmount.of(1_000_000L);

    private final SecureRandom random = new SecureRandom();
    private final PrivateKey nodeKey = PrivateKey.generate(random);
    private final PrivateKey clientKey = PrivateKey.generate(random);
    private final NodeKey node = NodeKey.of(nodeKey.publicKey()).orElseThrow();
    private ChainLab lab;
    private TestRelay relay;
    private Host client;
    private Connection connection;
    private RelayContracts to;

    @BeforeEach
    void open() throws Exception {
        lab = ChainLab.open();
        to = TestRelay.contracts(lab.contracts);
        relay = TestRelay.open(lab.chain, lab.contracts, Anvil.account(6), FEE);
        client = Hosts.builder(clientKey, random).build();
        connection = client.connect(relay.address());
        EvmAddress wallet = lab.client.address();
        lab.run(lab.client, lab.channels.calls().withdraw(wallet, SOME));
        lab.run(lab.client, lab.contracts.token().approve(lab.contracts.vault().address(), STAKE));
        lab.run(lab.client, lab.contracts.vault().stake(StakeKind.PROVIDER, STAKE));
    }

    @AfterEach
    void close() {
        if (lab == null) {
            return;
        }
        client.close();
        relay.close();
        lab.close();
        clientKey.close();
        nodeKey.close();
    }

    private RelayTerms terms() throws Exception {
        Instant now = lab.chain.head().time();
        return new RelayTerms(FEE, now.plus(Duration.ofMinutes(10)));
    }

    private RegistryOrder.Bind binding(SigningKey wallet) throws Exception {
        byte[] proof =
                BindingProof.sign(
                        nodeKey,
                        BindingChallenge.of(
                                to.chain(), to.identities(), wallet.address(), node.bytes()));
        return new RegistryOrder.Bind(wallet.address(), node.bytes(), proof, 1, terms());
    }

    /** With a permit for the fee. */
    private CarriedOrder signed(RegistryOrder order, SigningKey by) throws Exception {
        EvmAddress registry = to.registryOf(order);
        SignedPermit permit =
                SignedPermit.sign(
                        new Permit(
                                by.address(),
                                registry,
                                FEE,
                                lab.contracts.token().nonce(by.address()),
                                order.terms().deadline()),
                        lab.contracts.token().domain(),
                        by);
        return new CarriedOrder.OfNode(
                order, by.sign(order.digest(to.chain(), registry)), Optional.of(permit));
    }

    /** Carried is said when the order is on its way; the block comes right after. */
    private Receipt receipt(TransactionHash transaction) throws Exception {
        long end = System.nanoTime() + IN_A_BLOCK.toNanos();
        Optional<Receipt> receipt = lab.chain.receipt(transaction);
        while (receipt.isEmpty() && System.nanoTime() - end < 0) {
            Thread.sleep(10);
            receipt = lab.chain.receipt(transaction);
        }
        return receipt.orElseThrow();
    }

    private void carries(RegistryOrder order) throws Exception {
        TokenAmount before = lab.contracts.token().balance(lab.client.address());
        TokenAmount earned = lab.contracts.token().balance(relay.operator());
        RelayAnswer answer = RelayClient.carry(connection, signed(order, lab.client));
        assertThat(answer).isInstanceOf(RelayAnswer.Carried.class);
        Receipt receipt = receipt(((RelayAnswer.Carried) answer).transaction());
        assertThat(receipt.succeeded()).isTrue();
        System.out.println(
                "RelayCarrierIT: "
                        + order.getClass().getSimpleName()
                        + " took "
                        + receipt.gasUsed()
                        + " gas");
        assertThat(lab.contracts.token().balance(lab.client.address()).plus(FEE)).isEqualTo(before);
        assertThat(lab.contracts.token().balance(relay.operator())).isEqualTo(earned.plus(FEE));
    }

    private void costsNothing(CarriedOrder order, Reason reason) throws Exception {
        Wei gas = lab.chain.balance(relay.operator());
        RelayAnswer answer;
        do {
            answer = RelayClient.carry(connection, order);
            // The provider may still follow the wallet's last order.
        } while (answer instanceof RelayAnswer.Refused(var why, _, _) && why == Reason.BUSY);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        RelayAnswer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
        System.out.println("RelayCarrierIT: " + answer);
        assertThat(lab.chain.balance(relay.operator())).isEqualTo(gas);
    }

    @Test
    void a_node_is_bound_enters_the_market_and_is_revoked_for_its_wallet() throws Exception {
        EvmAddress wallet = lab.client.address();
        RegistryOrder bind = binding(lab.client);
        carries(bind);
        assertThat(lab.contracts.identities().binding(wallet, node.bytes()).status())
                .isEqualTo(BindingStatus.BOUND);
        costsNothing(signed(bind, lab.client), Reason.REJECTED);

        BigInteger nonce = lab.contracts.providers().nonce(wallet);
        RegistryOrder enter =
                new RegistryOrder.Register(wallet, node.bytes(), Bytes32.ZERO, "", nonce, terms());
        carries(enter);
        assertThat(lab.contracts.providers().provider(wallet).status())
                .isEqualTo(ProviderStatus.REGISTERED);
        costsNothing(signed(enter, lab.client), Reason.REJECTED);

        RegistryOrder revoke = new RegistryOrder.Revoke(wallet, node.bytes(), terms());
        carries(revoke);
        assertThat(lab.contracts.identities().binding(wallet, node.bytes()).status())
                .isEqualTo(BindingStatus.REVOKED);
        costsNothing(signed(revoke, lab.client), Reason.REJECTED);
    }

    @Test
    void somebody_elses_node_is_not_revoked() throws Exception {
        carries(binding(lab.client));
        try (SigningKey stranger = Anvil.account(7)) {
            costsNothing(
                    signed(
                            new RegistryOrder.Revoke(stranger.address(), node.bytes(), terms()),
                            stranger),
                    Reason.REJECTED);
            costsNothing(
                    signed(
                            new RegistryOrder.Revoke(lab.client.address(), node.bytes(), terms()),
                            stranger),
                    Reason.NOT_SIGNED);
        }
        assertThat(lab.contracts.identities().binding(lab.client.address(), node.bytes()).status())
                .isEqualTo(BindingStatus.BOUND);
    }

    @Test
    void who_can_pay_no_fee_costs_no_gas() throws Exception {
        try (SigningKey poor = Anvil.account(7)) {
            costsNothing(signed(binding(poor), poor), Reason.REJECTED);
        }
        RegistryOrder order = binding(lab.client);
        costsNothing(
                new CarriedOrder.OfNode(
                        order,
                        lab.client.sign(order.digest(to.chain(), to.identities())),
                        Optional.empty()),
                Reason.REJECTED);
    }
}
