package org.flowshield.node.treasury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.api.MemoryPayments;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.NetworkStatus.Rpc;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.flowshield.node.payment.relay.RelayAnswer;
import org.flowshield.node.payment.relay.RelayAnswer.Refused.Reason;
import org.flowshield.node.treasury.Limits.Limit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node's money over a real chain and a real ledger. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class TreasuryIT {

    private static TestMarket market;

    @TempDir private Path folder = Path.of("");

    private final SecureRandom random = new SecureRandom();
    private final SigningKey operator = SigningKey.generate(random);
    private final SessionSigner signer = new SessionSigner(SigningKey.generate(random));
    private Optional<EvmAddress> payee = Optional.empty();
    private Duration later = Duration.ZERO;
    private boolean walletConfigured = true;
    private final Clock clock =
            new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return InstantSource.system().instant().plus(later);
                }
            };

    /** What a test has opened, the last first. */
    private final Deque<Opened> opened = new ArrayDeque<>();

    private record Opened(Ledger ledger, RpcChain chain, Treasury treasury) {

        void close() {
            treasury.close();
            ledger.close();
            chain.close();
        }
    }

    @BeforeAll
    static void begin_a_chain() throws Exception {
        market = TestMarket.open();
    }

    @AfterAll
    static void end_the_chain() {
        if (market != null) { // it is not where the tests were skipped
            market.close();
        }
    }

    /** Tests let time pass on the chain, which orders must not be void at. */
    @BeforeEach
    void go_by_the_time_of_the_chain() throws Exception {
        Duration ahead = Duration.between(InstantSource.system().instant(), market.now());
        later = ahead.isPositive() ? ahead : Duration.ZERO;
    }

    @AfterEach
    void close() {
        opened.forEach(Opened::close);
        signer.close();
        operator.close();
    }

    private Treasury open(URI rpc) throws Exception {
        return open(market.network(rpc));
    }

    private Treasury open(Network network) throws Exception {
        Ledger ledger =
                switch (SqliteLedger.open(folder.resolve("ledger"), clock)) {
                    case Opening.Sound(Ledger sound) -> sound;
                    case Opening.Repaired _, Opening.Damaged _ -> throw new AssertionError();
                };
        RpcChain chain = RpcChain.of(market.anvil().chain(), network.rpcs(), RpcLimits.DEFAULT);
        Contracts contracts = Contracts.on(chain, market.network().contracts());
        Sender sender =
                new Sender(chain, TransactionSigner.of(operator), TestMarket.SETTINGS, Time.SYSTEM);
        Treasury treasury =
                Treasury.open(
                        new Treasury.Setup(
                                network,
                                walletConfigured ? Optional.of(market.wallet()) : Optional.empty(),
                                Optional.empty(),
                                MemoryPayments.flow("1"),
                                new Limits(limit("1"), limit("5"), limit("50")),
                                payee,
                                MemoryPayments.flow("1000"),
                                () -> NetworkStatus.Identities.RPC,
                                folder.resolve("caps"),
                                folder.resolve("wallet")),
                        new Treasury.Access(chain, contracts.channels(), sender, signer, 1),
                        ledger,
                        new Relaying(),
                        _ -> new Agreements.Alone("nobody is asked"),
                        random,
                        clock);
        opened.push(new Opened(ledger, chain, treasury));
        return treasury;
    }

    /** A provider that carries orders for a fee, with gas of its own. */
    private static final class Relaying implements Offers {

        private static final TokenAmount FEE = MemoryPayments.flow("0.01");

        @Override
        public Answer ask(String provider) {
            throw new AssertionError("nobody asks for an offer");
        }

        @Override
        public RelayAnswer carry(String provider, CarriedOrder order) {
            if (FEE.isMoreThan(order.terms().maxFee())) {
                return new RelayAnswer.Refused(Reason.FEE_TOO_LOW, "0.01 FLOW", FEE);
            }
            try {
                return new RelayAnswer.Carried(market.relay((CarriedOrder.OfChannel) order, FEE));
            } catch (Exception e) {
                return new RelayAnswer.Refused(Reason.REJECTED, "" + e.getMessage(), FEE);
            }
        }
    }

    private static Limit limit(String amount) {
        return new Limit(MemoryPayments.flow(amount), false);
    }

    private Treasury openWithMoney() throws Exception {
        market.deposit("20");
        market.authorise(signer.address(), "10", "6");
        market.fuel(operator.address());
        return open(market.anvil().uri());
    }

    private static ChannelOpening opening(String amount) {
        return new ChannelOpening(null, market.payee(), MemoryPayments.flow(amount));
    }

    private static TokenAmount purse() throws Exception {
        return market.contracts().channels().purseOf(market.wallet());
    }

    private static PaymentStatus await(Treasury treasury, Predicate<PaymentStatus> wanted)
            throws Exception {
        Semaphore looked = new Semaphore(0);
        treasury.onChange(looked::release);
        PaymentStatus status = treasury.status();
        while (!wanted.test(status)) {
            looked.acquire();
            status = treasury.status();
        }
        return status;
    }

    @Test
    void opens_fills_and_closes_a_channel_alone_and_brings_the_rest_home_after_a_day()
            throws Exception {
        Treasury treasury = openWithMoney();
        TokenAmount before = purse();
        ChannelStatus opened = treasury.open(opening("2.5"));
        assertThat(opened.state()).isEqualTo(ChannelStatus.State.OPEN);
        assertThat(purse()).isEqualTo(before.minus(MemoryPayments.flow("2.5")));
        ChannelStatus filled = treasury.topUp(opened.id(), MemoryPayments.flow("0.5"));
        assertThat(filled.deposit()).isEqualTo(MemoryPayments.flow("3"));
        assertThat(treasury.channels()).containsExactly(filled);

        ChannelClosing closing = treasury.close(opened.id());
        assertThat(closing.cooperative()).isFalse();
        assertThat(closing.refund()).isEqualTo(MemoryPayments.flow("3"));
        assertThat(closing.refundAt()).isAfter(market.now().plus(Duration.ofHours(23)));
        assertThat(closing.transaction()).isNotNull();
        assertThat(treasury.close(opened.id()).transaction()).isNull();

        market.anvil().control().pass(Duration.ofHours(25));
        market.anvil().control().mine(1);
        later = later.plus(Duration.ofHours(25));
        ChannelClosing done = treasury.close(opened.id());
        assertThat(done.channel().state()).isEqualTo(ChannelStatus.State.CLOSED);
        assertThat(purse()).isEqualTo(before);
        assertThat(treasury.channels()).isEmpty();
    }

    @Test
    void says_what_is_missing_before_the_chain_has_to() throws Exception {
        market.fuel(operator.address());
        Treasury treasury = open(market.anvil().uri());
        assertRefused(treasury, "not_authorised", opening("1"));
        assertThat(await(treasury, status -> status.problem() != null).problem())
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("not_authorised"));
        market.authorise(signer.address(), "100000", "6");
        assertRefused(treasury, "authorisation_used_up", opening("7"));
        market.authorise(signer.address(), "100000", "100000");
        assertRefused(treasury, "not_funded", opening("99999"));
    }

    @Test
    void a_wallet_that_is_chosen_pays_and_outlives_a_restart() throws Exception {
        market.deposit("20");
        market.authorise(signer.address(), "10", "6");
        market.fuel(operator.address());
        walletConfigured = false;
        Treasury treasury = open(market.anvil().uri());
        AtomicInteger told = new AtomicInteger();
        treasury.onPayer(told::incrementAndGet);
        assertThat(treasury.pays()).isFalse();
        assertRefused(treasury, "no_wallet", opening("1"));

        assertThat(treasury.payFrom(market.wallet()).wallet()).isEqualTo(market.wallet());

        assertThat(told).hasValue(1);
        assertThat(treasury.open(opening("1")).state()).isEqualTo(ChannelStatus.State.OPEN);
        PaymentStatus _ = treasury.payFrom(market.wallet());
        assertThat(told).hasValue(1);
        opened.pop().close();
        Treasury again = open(market.anvil().uri());
        assertThat(again.status().wallet()).isEqualTo(market.wallet());
        assertThat(again.channels()).hasSize(1);
    }

    @Test
    void nobodys_address_pays_nothing() throws Exception {
        Treasury treasury = open(market.anvil().uri());
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> treasury.payFrom(EvmAddress.ZERO))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("bad_address"));
        assertThat(treasury.status().wallet()).isEqualTo(market.wallet());
    }

    @Test
    void a_payee_that_has_not_named_its_operator_is_told_what_to_do() throws Exception {
        payee = Optional.of(market.payee());
        Treasury treasury = openWithMoney();
        Problem problem =
                Objects.requireNonNull(
                        await(treasury, status -> status.problem() != null).problem());
        assertThat(problem.code()).isEqualTo("operator_not_named");
        assertThat(problem.action()).contains("purse operator", operator.address().toString());
        assertThat(treasury.earnings(1).problem()).isEqualTo(problem);
        market.allowOperator(operator.address());
        PaymentStatus _ = await(treasury, status -> status.problem() == null);
        assertThat(treasury.earnings(1).problem()).isNull();
    }

    private static void assertRefused(Treasury treasury, String code, ChannelOpening opening) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> treasury.open(opening))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    @Test
    void without_gas_it_says_who_needs_some_and_nothing_is_locked() throws Exception {
        market.deposit("2");
        market.authorise(signer.address(), "10", "6");
        Treasury treasury = open(market.anvil().uri());
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> treasury.open(opening("1")))
                .satisfies(
                        e -> {
                            assertThat(e.problem().code()).isEqualTo("no_gas");
                            assertThat(e.problem().action())
                                    .contains(operator.address().toString());
                        });
        assertThat(treasury.channels()).isEmpty();
    }

    @Test
    void without_gas_the_provider_carries_orders_for_a_fee() throws Exception {
        market.deposit("10");
        market.authorise(signer.address(), "10", "6");
        Treasury treasury = open(market.anvil().uri());
        treasury.reachedAt(market.payee(), "/ip4/192.0.2.1/tcp/4001");
        TokenAmount before = purse();
        ChannelStatus opened = treasury.open(opening("2"));
        assertThat(opened.state()).isEqualTo(ChannelStatus.State.OPEN);
        ChannelStatus filled = treasury.topUp(opened.id(), MemoryPayments.flow("1"));
        assertThat(filled.deposit()).isEqualTo(MemoryPayments.flow("3"));
        assertThat(purse()).isEqualTo(before.minus(MemoryPayments.flow("3.02")));
    }

    @Test
    void a_chain_that_can_not_be_reached_is_a_problem_and_no_reason_not_to_run() throws Exception {
        Treasury treasury = open(URI.create("http://127.0.0.1:9/"));
        PaymentStatus status =
                await(treasury, s -> s.network() != null && s.network().rpc() == Rpc.UNREACHABLE);
        assertThat(status.problem())
                .satisfies(
                        problem -> {
                            assertThat(problem.code()).isEqualTo("chain_unreachable");
                            assertThat(problem.message()).contains("no money has moved");
                        });
        assertThat(treasury.channels()).isEmpty();
        assertThat(treasury.spending().caps().perDay()).isEqualTo(MemoryPayments.flow("5"));
        assertRefused(treasury, "chain_unreachable", opening("1"));
    }

    @Test
    void by_an_old_chain_nothing_is_opened_or_filled_and_the_status_says_so() throws Exception {
        Treasury treasury = openLive();
        ChannelStatus opened = treasury.open(opening("1"));
        later = later.plus(Heads.STALE_AFTER).plus(Duration.ofMinutes(1));
        assertRefused(treasury, "chain_stale", opening("1"));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> treasury.topUp(opened.id(), MemoryPayments.flow("1")))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo("chain_stale"));
        ChannelKey key = this.opened.getFirst().ledger().channels(Side.PAYER).getFirst().key();
        assertThatExceptionOfType(ChainException.class)
                .isThrownBy(() -> treasury.chain().view(key))
                .satisfies(
                        e -> assertThat(e.reason()).isEqualTo(ChainException.Reason.UNREACHABLE));
        PaymentStatus stale =
                await(treasury, s -> s.network() != null && s.network().rpc() == Rpc.STALE);
        assertThat(stale.problem())
                .satisfies(
                        problem -> {
                            assertThat(problem.code()).isEqualTo("chain_stale");
                            assertThat(problem.message()).contains("no money has moved");
                        });

        market.anvil().control().pass(Heads.STALE_AFTER.plus(Duration.ofMinutes(1)));
        market.anvil().control().mine(1);
        assertThat(treasury.chain().view(key).isOpen()).isTrue();
        assertThat(treasury.open(opening("1")).state()).isEqualTo(ChannelStatus.State.OPEN);
    }

    /** As on a chain whose blocks come with time. */
    private Treasury openLive() throws Exception {
        market.deposit("20");
        market.authorise(signer.address(), "10", "6");
        market.fuel(operator.address());
        market.anvil().control().mine(1);
        Network development = market.network();
        return open(
                new Network(
                        "live",
                        new ChainId(77),
                        development.rpcs(),
                        "ETH",
                        1,
                        development.firstBlock(),
                        development.contracts(),
                        List.of(),
                        null));
    }

    @Test
    void tells_purse_authorisation_and_gas_as_the_chain_has_them() throws Exception {
        Treasury treasury = openWithMoney();
        PaymentStatus status = await(treasury, s -> s.purse() != null);
        assertThat(status.purse()).isEqualTo(purse());
        assertThat(status.signer()).isEqualTo(signer.address());
        assertThat(status.problem()).isNull();
        assertThat(status.authorisation())
                .satisfies(
                        authorisation ->
                                assertThat(authorisation.perPayee())
                                        .isEqualTo(MemoryPayments.flow("6")));
        assertThat(status.operatorGas()).isNotNull();
    }

    @Test
    void caps_that_were_chosen_hold_in_the_ledger_and_after_a_restart() throws Exception {
        Treasury treasury = open(market.anvil().uri());
        SpendingCaps caps =
                new SpendingCaps(
                        MemoryPayments.flow("0.5"),
                        MemoryPayments.flow("2"),
                        MemoryPayments.flow("3"));
        assertThat(treasury.cap(caps).caps()).isEqualTo(caps);
        assertThat(opened.getFirst().ledger().caps().perDay()).contains(MemoryPayments.flow("2"));
        opened.pop().close();
        assertThat(open(market.anvil().uri()).spending().caps()).isEqualTo(caps);
    }
}
