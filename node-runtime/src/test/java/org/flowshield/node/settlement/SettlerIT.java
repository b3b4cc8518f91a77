package org.flowshield.node.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.Claim;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.ChannelRecord.Status;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.SettlementRecord;
import org.flowshield.node.ledger.SettlementRecord.Part;
import org.flowshield.node.ledger.SettlementRecord.State;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.sqlite.SqliteLedger;
import org.flowshield.node.settlement.ClaimPolicy.Occasion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider's ledger is redeemed on a real chain. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SettlerIT {

    private static final TokenAmount TENTH = TokenAmount.of(100_000_000_000_000_000L);
    private static final TokenAmount SPECK = TokenAmount.of(1000);

    /** Gas as dear as FLOW: a claim costs some 0.0001 to 0.001 FLOW here. */
    private static final ClaimPolicy POLICY = ClaimPolicy.of(ChainLab.DEPOSIT);

    private static @Nullable ChainLab lab;

    @TempDir private Path folder;
    private Ledger ledger;

    @BeforeAll
    static void openChain() throws Exception {
        lab = ChainLab.open();
    }

    @AfterAll
    static void closeChain() {
        if (lab != null) {
            lab.close();
        }
    }

    @BeforeEach
    void openLedger() throws Exception {
        ledger = reopened();
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }

    private static ChainLab lab() {
        if (lab == null) {
            throw new IllegalStateException("no chain");
        }
        return lab;
    }

    private Ledger reopened() throws LedgerException {
        return switch (SqliteLedger.open(folder, Clock.systemUTC())) {
            case Opening.Sound sound -> sound.ledger();
            case Opening.Repaired repaired -> repaired.ledger();
            case Opening.Damaged damaged -> throw new AssertionError(damaged);
        };
    }

    private Settler settler() {
        return settler(lab().sender(lab().operator));
    }

    private Settler settler(Sender sender) {
        return new Settler(ledger, lab().channels, sender, POLICY, Clock.systemUTC());
    }

    /** A channel in which so much was promised. */
    private ChannelRecord earned(TokenAmount amount) throws Exception {
        ChannelRecord channel = lab().openChannel();
        ledger.put(channel);
        earn(channel, amount);
        return channel;
    }

    private void earn(ChannelRecord channel, TokenAmount cumulative) throws Exception {
        SessionId session =
                ledger.begin(channel.id(), Side.PAYEE, Optional.empty(), Optional.empty());
        Acceptance _ = ledger.accept(session, lab().voucher(channel, cumulative));
        ledger.end(session, Metered.NOTHING, Metered.NOTHING, "done");
    }

    private static TokenAmount gained(TokenAmount before) throws Exception {
        return lab().earned().minus(before);
    }

    @Test
    void redeems_as_a_matter_of_course_what_is_worth_it_and_nothing_else() throws Exception {
        TokenAmount before = lab().earned();
        ChannelRecord worth = earned(TENTH);
        ChannelRecord speck = earned(SPECK);
        Round round = settler().settle(Occasion.ROUTINE);
        assertThat(round.problem()).isEmpty();
        assertThat(round.settlements()).hasSize(1);
        SettlementRecord settlement = round.settlements().getFirst();
        assertThat(settlement.state()).isEqualTo(State.CONFIRMED);
        assertThat(settlement.parts()).containsExactly(new Part(worth.id(), TENTH, TENTH));
        assertThat(settlement.cost()).isGreaterThan(Wei.ZERO);
        assertThat(gained(before)).isEqualTo(TENTH);
        assertThat(ledger.channel(worth.id(), Side.PAYEE).orElseThrow().claimed()).isEqualTo(TENTH);
        assertThat(ledger.channel(speck.id(), Side.PAYEE).orElseThrow().claimed())
                .isEqualTo(TokenAmount.ZERO);
        assertThat(settler().settle(Occasion.ROUTINE).settlements()).isEmpty();
        LocalDate today = LocalDate.now(Clock.systemUTC());
        assertThat(ledger.settled(today.minusDays(1), today).values()).containsExactly(TENTH);
    }

    @Test
    void redeems_before_a_closing_ends_what_would_be_lost_otherwise() throws Exception {
        // more than its cost, and less than fifty times that
        Wei cost = lab().sender(lab().operator).preview(costProbe()).fee();
        TokenAmount little = new TokenAmount(cost.units().multiply(BigInteger.TEN));
        TokenAmount before = lab().earned();
        ChannelRecord channel = earned(little);
        assertThat(settler().settle(Occasion.ROUTINE).settlements()).isEmpty();
        lab().run(lab().client, lab().channels.calls().startClose(channel.key()));
        assertThat(settler().settle(Occasion.ROUTINE).settlements()).hasSize(1);
        assertThat(gained(before)).isEqualTo(little);
        ChannelRecord seen = ledger.channel(channel.id(), Side.PAYEE).orElseThrow();
        assertThat(seen.status()).isEqualTo(Status.CLOSING);
        assertThat(seen.closesAt()).isPresent();
        lab().anvil.control().pass(Duration.ofHours(25));
        lab().run(lab().client, lab().channels.calls().finishClose(channel.key()));
        assertThat(settler().settle(Occasion.ASKED).settlements()).isEmpty();
        assertThat(ledger.channels(Side.PAYEE)).isEmpty();
    }

    private Call costProbe() throws Exception {
        ChannelRecord channel = lab().openChannel();
        return lab().channels
                .calls()
                .claim(new Claim(channel.key(), lab().voucher(channel, SPECK)));
    }

    @Test
    void redeems_many_channels_at_once_when_asked() throws Exception {
        TokenAmount before = lab().earned();
        earned(SPECK);
        earned(SPECK);
        ChannelRecord more = earned(SPECK);
        earn(more, TENTH);
        Round round = settler().settle(Occasion.ASKED);
        assertThat(round.settlements()).hasSize(1);
        assertThat(round.settlements().getFirst().parts()).hasSize(3);
        assertThat(round.settlements().getFirst().moved()).isEqualTo(TENTH.plus(SPECK).plus(SPECK));
        assertThat(gained(before)).isEqualTo(TENTH.plus(SPECK).plus(SPECK));
    }

    @Test
    void redeems_no_more_than_the_deposit() throws Exception {
        TokenAmount before = lab().earned();
        earned(ChainLab.DEPOSIT.plus(TENTH));
        assertThat(settler().settle(Occasion.ROUTINE).settlements()).hasSize(1);
        assertThat(gained(before)).isEqualTo(ChainLab.DEPOSIT);
        assertThat(settler().settle(Occasion.ASKED).settlements()).isEmpty();
    }

    // ------------------------------------------------------------ crashes

    /** Signs a transaction as a settler does, which then goes no further. */
    private Sent signed(Sender sender, ChannelRecord channel) throws Exception {
        Sent sent =
                sender.sign(
                        sender.preview(
                                lab().channels
                                        .calls()
                                        .claim(
                                                new Claim(
                                                        channel.key(),
                                                        ledger.latest(channel.id(), Side.PAYEE)
                                                                .orElseThrow()))));
        SettlementRecord _ =
                ledger.begin(List.of(new Part(channel.id(), TENTH, TokenAmount.ZERO)), sent);
        return sent;
    }

    @Test
    void hands_in_after_a_crash_what_was_signed_before_it_and_nothing_twice() throws Exception {
        TokenAmount before = lab().earned();
        long count = lab().transactions(lab().operator);
        ChannelRecord channel = earned(TENTH);
        Sent sent = signed(lab().sender(lab().operator), channel);
        ledger.close();
        ledger = reopened();
        Round round = settler().settle(Occasion.ASKED);
        assertThat(round.settlements()).hasSize(1);
        assertThat(round.settlements().getFirst().transaction()).isEqualTo(sent);
        assertThat(round.settlements().getFirst().moved()).isEqualTo(TENTH);
        assertThat(gained(before)).isEqualTo(TENTH);
        assertThat(lab().transactions(lab().operator)).isEqualTo(count + 1);
        assertThat(ledger.unfinishedSettlements()).isEmpty();
    }

    @Test
    void finds_after_a_crash_what_was_handed_in_before_it_and_sends_nothing_twice()
            throws Exception {
        TokenAmount before = lab().earned();
        long count = lab().transactions(lab().operator);
        ChannelRecord channel = earned(TENTH);
        Sender sender = lab().sender(lab().operator);
        sender.submit(signed(sender, channel));
        ledger.close();
        ledger = reopened();
        Round round = settler().settle(Occasion.ASKED);
        assertThat(round.settlements()).hasSize(1);
        assertThat(round.settlements().getFirst().moved()).isEqualTo(TENTH);
        assertThat(gained(before)).isEqualTo(TENTH);
        assertThat(lab().transactions(lab().operator)).isEqualTo(count + 1);
    }

    @Test
    void what_somebody_else_redeemed_meanwhile_is_not_redeemed_again() throws Exception {
        TokenAmount before = lab().earned();
        ChannelRecord channel = earned(TENTH);
        lab().run(
                        lab().stranger,
                        lab().channels
                                .calls()
                                .claim(new Claim(channel.key(), lab().voucher(channel, TENTH))));
        assertThat(settler().settle(Occasion.ASKED).settlements()).isEmpty();
        assertThat(gained(before)).isEqualTo(TENTH);
        assertThat(ledger.channel(channel.id(), Side.PAYEE).orElseThrow().claimed())
                .isEqualTo(TENTH);
    }

    // ------------------------------------------------------------ trouble

    @Test
    void a_chain_out_of_reach_is_told_and_costs_nothing() throws Exception {
        ChannelRecord channel = earned(TENTH);
        try (RpcChain away =
                RpcChain.of(
                        new ChainId(31337),
                        List.of(URI.create("http://127.0.0.1:9")),
                        RpcLimits.DEFAULT)) {
            Settler settler =
                    new Settler(
                            ledger,
                            Contracts.channels(away, lab().channels.domain().contract()),
                            new Sender(
                                    away,
                                    TransactionSigner.of(lab().operator),
                                    SenderSettings.of(1, "ETH"),
                                    Time.SYSTEM),
                            POLICY,
                            Clock.systemUTC());
            assertThat(settler.settle(Occasion.ASKED).problem()).isPresent();
        }
        assertThat(ledger.latest(channel.id(), Side.PAYEE)).isPresent();
        assertThat(settler().settle(Occasion.ASKED).settlements()).hasSize(1);
    }

    @Test
    void an_operator_without_gas_is_told_so_and_nothing_is_begun() throws Exception {
        earned(TENTH);
        try (SigningKey poor = SigningKey.generate(new SecureRandom())) {
            Round round = settler(lab().sender(poor)).settle(Occasion.ASKED);
            assertThat(round.problem().orElseThrow()).contains("ETH");
            assertThat(round.settlements()).isEmpty();
        }
        assertThat(ledger.settlements(10)).isEmpty();
        assertThat(settler().settle(Occasion.ASKED).settlements()).hasSize(1);
    }
}
