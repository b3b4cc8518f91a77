package org.flowshield.contracts.web3j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.flowshield.contracts.lab.Market.flow;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.ContractError;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.channels.ChannelCalls;
import org.flowshield.contracts.channels.ChannelEvent;
import org.flowshield.contracts.channels.ChannelStatus;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.lab.Market;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.Claim;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.payment.RelayedOrder;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Preview;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.token.Transfer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** The contracts through their ports, on a real chain. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ContractsIT {

    private static final TokenAmount DEPOSIT = flow(100);

    private Market market;
    private PaymentChannels channels;
    private ChannelCalls calls;
    private int salt;

    @BeforeAll
    void open() throws Exception {
        market = Market.open();
        channels = market.contracts.channels();
        calls = channels.calls();
        market.enterProvider();
        market.run(
                market.client,
                calls.depositWithPermit(
                        market.client.address(),
                        flow(2000),
                        market.permit(market.client, flow(2000))));
        market.run(
                market.client,
                calls.authorise(
                        market.session.address(),
                        new Caps(flow(1500), flow(1500), market.deadline())));
    }

    @AfterAll
    void close() {
        if (market != null) {
            market.close();
        }
    }

    @Test
    void a_deployment_is_there_and_governed_by_its_timelock() throws Exception {
        assertThat(market.contracts.areDeployed(market.chain)).isTrue();
        assertThat(market.contracts.providers().minStake()).isEqualTo(Market.MIN_STAKE);
        EvmAddress nobody = new EvmAddress(new byte[20]);
        Call slash =
                new Wrapped<>(
                                market.chain,
                                market.made.contracts().vault(),
                                org.flowshield.contracts.generated.StakeVault::load)
                        .call(
                                "slashes",
                                v ->
                                        v.slash(
                                                market.provider.address().toString(),
                                                BigInteger.ONE,
                                                BigInteger.ONE,
                                                new byte[32],
                                                nobody.toString()));
        assertThat(refusal(market.deployer, slash).error().map(ContractError::name))
                .contains("AccessManagedUnauthorized");
    }

    /** What is estimated then changes a checkpoint; what comes after has to make one. */
    @Test
    void a_stake_goes_through_that_was_estimated_in_the_second_of_another() throws Exception {
        TokenAmount one = flow(1);
        EvmAddress vault = market.contracts.vault().address();
        Call stake = market.contracts.vault().stake(StakeKind.PROVIDER, one);
        market.run(market.provider, market.contracts.token().approve(vault, one));
        market.run(market.client, market.contracts.token().approve(vault, one));
        Sender sender = market.sender(market.client);
        JsonNode _ = market.anvil.control().ask("anvil_setBlockTimestampInterval", 0);
        market.run(market.provider, stake);
        Preview estimated = sender.preview(stake);
        JsonNode _ = market.anvil.control().ask("anvil_removeBlockTimestampInterval");
        market.anvil.control().pass(Duration.ofSeconds(2));
        Sent sent = sender.sign(estimated);
        sender.submit(sent);
        assertThat(sender.await(sent, Progress.SILENT)).isInstanceOf(Outcome.Confirmed.class);
    }

    @Test
    void a_provider_binds_stakes_and_is_active() throws Exception {
        EvmAddress provider = market.provider.address();
        assertThat(market.contracts.providers().isActive(provider)).isTrue();
        assertThat(market.contracts.providers().provider(provider).status())
                .isEqualTo(ProviderStatus.REGISTERED);
        assertThat(market.contracts.vault().stake(provider, StakeKind.PROVIDER).staked())
                .isEqualTo(Market.MIN_STAKE);
        Bytes32 nodeKey = new Bytes32(Market.word(7));
        assertThat(market.contracts.identities().binding(provider, nodeKey).status())
                .isEqualTo(BindingStatus.BOUND);
        long head = market.chain.head().number();
        assertThat(market.contracts.identities().events(0, head)).hasSize(1);
        assertThat(market.contracts.providers().events(0, head)).hasSize(1);
        assertThat(market.contracts.token().transfers(provider, 0, head))
                .extracting(Transfer::amount)
                .startsWith(Market.START_MONEY, Market.MIN_STAKE);
        assertThat(market.contracts.providers().isActive(market.client.address())).isFalse();
    }

    @Test
    void what_a_wallet_says_of_its_node_is_read_until_it_is_taken_back() throws Exception {
        IdentityRegistry identities = market.contracts.identities();
        EvmAddress provider = market.provider.address();
        Bytes32 node = new Bytes32(Market.word(7));
        Bytes32 city = new Bytes32(Market.word(1));
        Bytes32 operator = new Bytes32(Market.word(2));
        Bytes32 said = new Bytes32(Market.word(3));
        market.run(market.provider, identities.setAttribute(node, city, said));
        market.run(market.provider, identities.setAttribute(node, operator, said));
        market.run(market.provider, identities.setAttribute(node, city, Bytes32.ZERO));
        assertThat(identities.attribute(provider, node, city)).isEqualTo(Bytes32.ZERO);
        assertThat(identities.attribute(provider, node, operator)).isEqualTo(said);
        long head = market.chain.head().number();
        assertThat(identities.attributeNames(provider, node, 0, head))
                .containsExactly(city, operator);
        assertThat(identities.attributeNames(market.client.address(), node, 0, head)).isEmpty();
    }

    @Test
    void a_session_signer_opens_tops_up_and_vouchers_are_redeemed() throws Exception {
        ChannelKey key = opened();
        market.run(market.session, calls.topUp(key, flow(20)));
        assertThat(channels.channel(key.id(channels.domain())).deposit()).isEqualTo(flow(120));

        TokenAmount before = balance(market.provider);
        market.run(market.relayer, calls.claim(claim(key, flow(30), 1000)));
        assertThat(balance(market.provider)).isEqualTo(before.plus(flow(30)));
        assertThat(channels.channel(key.id(channels.domain())).left()).isEqualTo(flow(90));

        Rejection replay = refusal(market.relayer, calls.claim(claim(key, flow(30), 1000)));
        assertThat(replay.error().map(ContractError::name)).contains("NothingToClaim");
        assertThat(replay.message()).contains("brings nothing").doesNotContain("0x");

        List<ChannelEvent> events =
                channels.eventsOf(key.id(channels.domain()), 0, market.chain.head().number());
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Opened", "ToppedUp", "Claimed");
        assertThat(((ChannelEvent.Opened) events.getFirst()).key()).isEqualTo(key);
        assertThat(channels.openedTo(market.provider.address(), 0, market.chain.head().number()))
                .contains((ChannelEvent.Opened) events.getFirst());
        assertThat(channels.openedFrom(market.client.address(), 0, market.chain.head().number()))
                .contains((ChannelEvent.Opened) events.getFirst());
        assertThat(channels.eventsOfPurse(market.client.address(), 0, market.chain.head().number()))
                .extracting(event -> event.getClass().getSimpleName())
                .contains("PurseDeposited", "SignerAuthorised");
    }

    @Test
    void a_channel_closes_at_once_when_the_payee_agrees() throws Exception {
        ChannelKey key = opened();
        TokenAmount purse = channels.purseOf(market.client.address());
        SignedVoucher voucher = claim(key, flow(40), 5).voucher();
        CooperativeClose close = new CooperativeClose(key.id(channels.domain()), flow(40));
        market.run(
                market.relayer,
                calls.cooperativeClose(
                        key,
                        close,
                        market.provider.sign(close.digest(channels.domain())),
                        voucher));
        assertThat(channels.channel(key.id(channels.domain())).status())
                .isEqualTo(ChannelStatus.CLOSED);
        assertThat(channels.purseOf(market.client.address())).isEqualTo(purse.plus(flow(60)));
        assertThat(refusal(market.session, calls.open(key, DEPOSIT, Bytes32.ZERO)).message())
                .contains("opened before");
    }

    @Test
    void the_payee_closes_with_its_last_voucher() throws Exception {
        ChannelKey key = opened();
        market.run(market.provider, calls.claimAndClose(claim(key, flow(10), 5)));
        assertThat(channels.channel(key.id(channels.domain())).status())
                .isEqualTo(ChannelStatus.CLOSED);
    }

    @Test
    void the_payer_closes_alone_after_a_day_in_which_vouchers_still_count() throws Exception {
        ChannelKey key = opened();
        market.run(market.session, calls.startClose(key));
        Instant closesAt = channels.channel(key.id(channels.domain())).closesAt().orElseThrow();
        assertThat(refusal(market.client, calls.finishClose(key)).message())
                .contains("can be closed from " + closesAt);
        market.run(market.provider, calls.claim(claim(key, flow(25), 9)));

        String before = market.anvil.control().snapshot();
        market.anvil.control().pass(Duration.ofHours(24));
        TokenAmount purse = channels.purseOf(market.client.address());
        market.run(market.client, calls.finishClose(key));
        assertThat(channels.purseOf(market.client.address())).isEqualTo(purse.plus(flow(75)));
        market.anvil.control().revert(before);
    }

    @Test
    void a_relayer_carries_orders_of_those_without_gas() throws Exception {
        EvmAddress client = market.client.address();
        RelayTerms terms = new RelayTerms(flow(1), market.deadline());
        TokenAmount purse = channels.purseOf(client);
        RelayedOrder.Deposit deposit =
                new RelayedOrder.Deposit(client, flow(50), channels.nonce(client), terms);
        market.run(
                market.relayer,
                calls.carry(
                        deposit,
                        market.client.sign(deposit.digest(channels.domain())),
                        flow(1),
                        market.permit(market.client, flow(50))));
        assertThat(channels.purseOf(client)).isEqualTo(purse.plus(flow(49)));

        ChannelKey key = market.channelKey(++salt);
        RelayedOrder.Open open =
                new RelayedOrder.Open(key.id(channels.domain()), DEPOSIT, Bytes32.ZERO, terms);
        market.run(
                market.relayer,
                calls.carry(
                        key, open, market.session.sign(open.digest(channels.domain())), flow(1)));
        RelayedOrder.TopUp topUp =
                new RelayedOrder.TopUp(
                        key.id(channels.domain()),
                        flow(1),
                        channels.nonce(market.session.address()),
                        terms);
        market.run(
                market.relayer,
                calls.carry(
                        key, topUp, market.session.sign(topUp.digest(channels.domain())), flow(0)));
        RelayedOrder.StartClose start =
                new RelayedOrder.StartClose(key.id(channels.domain()), terms);
        market.run(
                market.relayer,
                calls.carry(
                        key, start, market.session.sign(start.digest(channels.domain())), flow(0)));
        assertThat(channels.channel(key.id(channels.domain())).status())
                .isEqualTo(ChannelStatus.CLOSING);
        assertThat(channels.purseOf(market.relayer.address())).isEqualTo(flow(2));

        RelayedOrder.Authorise authorise =
                new RelayedOrder.Authorise(
                        client,
                        market.relayer.address(),
                        new Caps(flow(3), flow(2), market.deadline()),
                        channels.nonce(client),
                        terms);
        market.run(
                market.relayer,
                calls.carry(
                        authorise,
                        market.client.sign(authorise.digest(channels.domain())),
                        flow(0),
                        null));
        assertThat(channels.authority(client, market.relayer.address()).caps())
                .isEqualTo(authorise.caps());
        RelayedOrder.Withdraw withdraw =
                new RelayedOrder.Withdraw(client, client, flow(1), channels.nonce(client), terms);
        market.run(
                market.relayer,
                calls.carry(
                        withdraw,
                        market.client.sign(withdraw.digest(channels.domain())),
                        flow(0),
                        null));
        EvmAddress provider = market.provider.address();
        RelayedOrder.SetOperator operator =
                new RelayedOrder.SetOperator(
                        provider, market.relayer.address(), true, channels.nonce(provider), terms);
        market.run(
                market.relayer,
                calls.carry(
                        operator,
                        market.provider.sign(operator.digest(channels.domain())),
                        flow(0),
                        null));
        assertThat(channels.isOperator(provider, market.relayer.address())).isTrue();

        // Carried again: the number was used.
        assertThat(
                        refusal(
                                        market.relayer,
                                        calls.carry(
                                                withdraw,
                                                market.client.sign(
                                                        withdraw.digest(channels.domain())),
                                                flow(0),
                                                null))
                                .message())
                .contains("carried before");
    }

    @Test
    void a_channel_is_seen_as_it_was_after_an_older_block() throws Exception {
        ChannelKey key = market.channelKey(++salt);
        long before = market.chain.head().number();
        market.run(market.session, calls.open(key, DEPOSIT, Bytes32.ZERO));
        assertThat(channels.channel(key.id(channels.domain()), before).status())
                .isEqualTo(ChannelStatus.NONE);
        assertThat(channels.channel(key.id(channels.domain())).status())
                .isEqualTo(ChannelStatus.OPEN);
    }

    @Test
    void an_expired_permit_is_named_as_the_reason() throws Exception {
        EvmAddress client = market.client.address();
        Instant past = market.chain.head().time().minusSeconds(10);
        Rejection rejection =
                refusal(
                        market.client,
                        calls.depositWithPermit(
                                client, flow(5), market.permit(market.client, flow(5), past)));
        assertThat(rejection.message()).contains("the permit is missing, expired");
    }

    @Test
    void caps_of_the_signer_hold() throws Exception {
        ChannelKey key = market.channelKey(++salt);
        assertThat(refusal(market.session, calls.open(key, flow(1501), Bytes32.ZERO)).message())
                .contains("the session signer may lock")
                .contains("1501 FLOW");
        Rejection stranger = refusal(market.relayer, calls.open(key, DEPOSIT, Bytes32.ZERO));
        assertThat(stranger.kind()).isEqualTo(Rejection.Kind.CONTRACT);
        assertThat(stranger.message()).contains("has no part in this channel");
    }

    @Test
    void a_voucher_of_somebody_else_is_worth_nothing() throws Exception {
        ChannelKey key = opened();
        Voucher voucher = new Voucher(key.id(channels.domain()), flow(1), 1);
        Claim forged =
                new Claim(key, SignedVoucher.sign(voucher, channels.domain(), market.provider));
        assertThat(refusal(market.provider, calls.claim(forged)).message())
                .contains("not signed by the channel's signer");
        // In a batch it is left out, and the others count.
        TokenAmount before = balance(market.provider);
        market.run(market.provider, calls.claimMany(List.of(forged, claim(key, flow(2), 1))));
        assertThat(balance(market.provider)).isEqualTo(before.plus(flow(2)));
    }

    private ChannelKey opened() throws Exception {
        ChannelKey key = market.channelKey(++salt);
        market.run(market.session, calls.open(key, DEPOSIT, Bytes32.ZERO));
        return key;
    }

    private Claim claim(ChannelKey key, TokenAmount cumulative, long bytes) {
        Voucher voucher = new Voucher(key.id(channels.domain()), cumulative, bytes);
        return new Claim(key, SignedVoucher.sign(voucher, channels.domain(), market.session));
    }

    private TokenAmount balance(SigningKey key) throws Exception {
        return market.contracts.token().balance(key.address());
    }

    private Rejection refusal(SigningKey key, Call call) {
        Sender sender = market.sender(key);
        return catchThrowableOfType(RejectedException.class, () -> sender.preview(call))
                .rejection();
    }
}
