package org.flowshield.app.wallet.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.flowshield.app.testkit.Contexts;
import org.flowshield.app.testkit.FakeDaemon;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Hand;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.transaction.TransactionModel;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.desk.money.Purse;
import org.flowshield.node.desk.transaction.Ending;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PaymentsControllerTest {

    private final Hand hand = new Hand();
    private final FakeDaemon daemon = new FakeDaemon();
    private final FakeDesks desks = new FakeDesks();
    private final WalletModel wallet = new WalletModel();
    private final PaymentsModel model = new PaymentsModel();
    private final TransactionModel transaction = new TransactionModel();
    private final Work work = new Work(hand);
    private final PaymentsController controller =
            new PaymentsController(
                    model,
                    wallet,
                    desks.desks().money(),
                    daemon,
                    new TransactionController(transaction, desks.desks().wallet(), work, hand),
                    work,
                    hand,
                    Texts.of(Language.ENGLISH, "wallet"),
                    new Format(Language.ENGLISH, ZoneOffset.UTC),
                    InstantSource.fixed(Contexts.NOW));

    @BeforeEach
    void begin() {
        wallet.account().set(Wallets.ACCOUNT);
        desks.always("state", Wallets.unlocked());
        desks.always("fee", Wallets.fee());
        desks.always("purse", new Purse(Wallets.OWN, Wallets.flow("40"), null, null));
    }

    @Test
    void the_purse_is_filled_for_the_service_of_this_computer() {
        service();
        desks.answer("fund", new Ending.Already());
        daemon.answer("channels", List.of());
        controller.fund(Wallets.flow("10"), Wallets.flow("2"), 30);
        hand.until("an end", () -> transaction.ending().get() != null);
        assertThat(desks.asked())
                .contains(
                        new FakeDesks.Asked(
                                "fund",
                                List.of(
                                        Wallets.OWN,
                                        Wallets.flow("10"),
                                        Wallets.OTHER,
                                        new Caps(
                                                Wallets.flow("10"),
                                                Wallets.flow("2"),
                                                Contexts.NOW.plus(Duration.ofDays(30))))));
    }

    @Test
    void a_service_that_pays_from_no_wallet_is_told_of_this_one() {
        model.status().set(paidFrom(null));
        desks.answer("fund", new Ending.Already());
        daemon.answer("payFrom", paidFrom(Wallets.OWN));
        daemon.answer("channels", List.of());
        controller.fund(Wallets.flow("10"), Wallets.flow("2"), 30);
        hand.until("the service was told", () -> daemon.asked().size() == 2);
        assertThat(daemon.asked()).contains(new FakeDaemon.Asked("payFrom", Wallets.OWN));
    }

    @Test
    void without_a_service_nobody_is_allowed_anything() {
        controller.fund(Wallets.flow("10"), Wallets.flow("2"), 30);
        controller.revoke();
        assertThat(desks.asked()).isEmpty();
    }

    @Test
    void a_provider_is_named_by_address_or_multiaddress() {
        daemon.refuse("open", new Problem("no_permission", "not now", "later"));
        controller.open(" " + Wallets.OTHER + " ", Wallets.flow("3"));
        hand.until("a refusal", () -> model.failure().get() != null);
        daemon.refuse("open", new Problem("no_permission", "not now", "later"));
        controller.open("/ip4/203.0.113.7/tcp/4001", Wallets.flow("3"));
        hand.until("asked twice", () -> daemon.asked().size() == 2 && !model.busy().get());
        assertThat(daemon.asked())
                .extracting(FakeDaemon.Asked::with)
                .containsExactly(
                        new ChannelOpening(null, Wallets.OTHER, Wallets.flow("3")),
                        new ChannelOpening("/ip4/203.0.113.7/tcp/4001", null, Wallets.flow("3")));
    }

    @Test
    void limits_are_the_services_word() {
        SpendingCaps caps =
                new SpendingCaps(Wallets.flow("1"), Wallets.flow("2"), Wallets.flow("3"));
        Spending spending =
                new Spending(
                        caps,
                        TokenAmount.ZERO,
                        TokenAmount.ZERO,
                        TokenAmount.ZERO,
                        Contexts.NOW,
                        Contexts.NOW);
        daemon.answer("cap", spending);
        controller.limit(caps);
        hand.until("limits", () -> spending.equals(model.spending().get()));
        assertThat(model.said().get()).isNotEmpty();
    }

    @Test
    void nothing_is_watched_once_the_page_is_left() {
        controller.shown();
        assertThat(daemon.watchers()).isEqualTo(1);
        controller.hidden();
        assertThat(daemon.watchers()).isZero();
    }

    private void service() {
        model.status().set(paidFrom(Wallets.OWN));
    }

    private static PaymentStatus paidFrom(@Nullable EvmAddress wallet) {
        return new PaymentStatus(
                null,
                Wallets.OTHER,
                null,
                null,
                wallet,
                null,
                null,
                null,
                TokenAmount.ZERO,
                TokenAmount.ZERO,
                TokenAmount.ZERO,
                null);
    }
}
