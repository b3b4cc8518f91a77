package org.flowshield.app.wallet.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.Objects;
import org.flowshield.app.testkit.FakeDesks;
import org.flowshield.app.testkit.Hand;
import org.flowshield.app.testkit.Wallets;
import org.flowshield.app.text.Format;
import org.flowshield.app.text.Language;
import org.flowshield.app.text.Texts;
import org.flowshield.app.threads.Work;
import org.flowshield.app.transaction.TransactionController;
import org.flowshield.app.transaction.TransactionModel;
import org.flowshield.app.wallet.account.Amounts;
import org.flowshield.app.wallet.account.WalletModel;
import org.flowshield.node.api.Problem;
import org.flowshield.node.desk.money.AddressCheck;
import org.flowshield.node.desk.money.AmountCheck;
import org.flowshield.node.desk.money.Payment;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.wallet.history.Coin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SendControllerTest {

    private final Hand hand = new Hand();
    private final FakeDesks desks = new FakeDesks();
    private final WalletModel wallet = new WalletModel();
    private final SendModel model = new SendModel();
    private final TransactionModel transaction = new TransactionModel();
    private SendController controller;

    @BeforeEach
    void begin() {
        desks.always("network", Wallets.network());
        desks.always("state", Wallets.unlocked());
        desks.always("fee", Wallets.fee());
        wallet.account().set(Wallets.ACCOUNT);
        wallet.balances().set(Wallets.balances());
        Work work = new Work(hand);
        controller =
                new SendController(
                        model,
                        wallet,
                        desks.desks().money(),
                        new TransactionController(transaction, desks.desks().wallet(), work, hand),
                        work,
                        Texts.of(Language.ENGLISH, "wallet"),
                        new Amounts(new Format(Language.ENGLISH, ZoneOffset.UTC), "ETH"));
    }

    @Test
    void says_what_is_wrong_with_an_address() {
        model.to().set("0x1234");
        assertThat(fault()).isEqualTo(AddressCheck.Fault.TOO_SHORT);
        model.to().set(Wallets.OTHER.toString().replace("0x70", "0x71"));
        assertThat(fault()).isEqualTo(AddressCheck.Fault.CHECKSUM);
        model.to().set(Wallets.TOKEN.toString());
        assertThat(fault()).isEqualTo(AddressCheck.Fault.NETWORK_CONTRACT);
    }

    @Test
    void the_fee_is_asked_for_when_all_is_right() {
        model.to().set(Wallets.OTHER.toString());
        model.amount().set("1250.6");
        assertThat(model.sum().get()).isInstanceOf(AmountCheck.Bad.class);
        assertThat(model.asking().get()).isFalse();
        model.amount().set("1.5");
        hand.until("a fee", () -> model.ready().get());
        assertThat(desks.asked())
                .containsExactly(
                        new FakeDesks.Asked(
                                "fee",
                                new Payment(
                                        Wallets.OWN,
                                        Wallets.OTHER,
                                        Coin.FLOW,
                                        Wallets.flow("1.5").units())));
        assertThat(model.fee().get()).isEqualTo(Wallets.fee());
        model.amount().set("1.");
        assertThat(model.ready().get()).isFalse();
    }

    @Test
    void what_the_chain_would_refuse_is_not_signed() {
        desks.refuse("fee", new Problem("no_gas", "the fee can't be paid", "fill the account"));
        model.to().set(Wallets.OTHER.toString());
        model.amount().set("1");
        hand.until("a refusal", () -> model.failure().get() != null);
        assertThat(model.ready().get()).isFalse();
        controller.review();
        assertThat(transaction.stage().get()).isEqualTo(TransactionModel.Stage.IDLE);
    }

    @Test
    void all_of_the_coin_for_gas_is_less_by_the_fee() {
        desks.answer("mostGas", Wallets.gas("0.249"));
        model.coin().set(Coin.GAS);
        controller.max();
        hand.until("the most", () -> model.amount().get().equals("0.249"));
    }

    @Test
    void all_flow_is_all_flow() {
        controller.max();
        assertThat(model.amount().get()).isEqualTo("1250.5");
    }

    @Test
    void what_was_sent_empties_the_form() {
        desks.answer("send", new Ending.Done(Wallets.HASH, 3, Wallets.gas("0.0001")));
        model.to().set(Wallets.OTHER.toString());
        model.amount().set("2");
        hand.until("a fee", () -> model.ready().get());
        controller.review();
        hand.until("an end", () -> transaction.ending().get() != null);
        hand.until("an empty form", () -> model.amount().get().isEmpty());
        Payment sent = (Payment) desks.asked().getLast().with();
        assertThat(sent.units()).isEqualTo(BigInteger.TWO.multiply(BigInteger.TEN.pow(18)));
    }

    private AddressCheck.Fault fault() {
        return ((AddressCheck.Bad) Objects.requireNonNull(model.receiver().get())).fault();
    }
}
