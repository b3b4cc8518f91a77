package org.flowshield.node.payment.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.node.payment.wire.MalformedPaymentException.Reason;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Deposit;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.flowshield.node.payment.wire.PaymentMessage.CloseOrder;
import org.flowshield.node.payment.wire.PaymentMessage.CloseRequest;
import org.flowshield.node.payment.wire.PaymentMessage.Credit;
import org.flowshield.node.payment.wire.PaymentMessage.CreditBlocked;
import org.flowshield.node.payment.wire.PaymentMessage.Pay;
import org.flowshield.node.payment.wire.PaymentMessage.Ready;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.payment.wire.PaymentMessage.Stop;
import org.flowshield.node.payment.wire.PaymentMessage.Terms;
import org.flowshield.node.payment.wire.PaymentMessage.ToppedUp;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PaymentWireTest {

    private static final Paid PAID = new Paid(Parties.flow("1.5"), 1L << 40);

    private static final Terms TERMS =
            new Terms(CreditWindow.UNCONFIRMED, new Deposit(Parties.flow("3"), false));

    private static final Metered COUNTED = new Metered(1, 1L << 50, 3);

    static List<PaymentMessage> messages() {
        Begin begin = Parties.begin();
        return List.of(
                begin,
                new Begin(
                        begin.token(),
                        begin.channel(),
                        begin.offerHash(),
                        begin.proof(),
                        Optional.of(Parties.voucher(PAID))),
                new Ready(Paid.NOTHING, Optional.empty(), TERMS),
                new Ready(PAID, Optional.of(Parties.voucher(PAID)), TERMS),
                new Refused(PaymentEnd.ARREARS, "too much"),
                new Pay(Parties.voucher(PAID), COUNTED),
                new Credit(PAID.cumulative(), TERMS, COUNTED),
                new CreditBlocked(COUNTED),
                new ToppedUp(),
                new CloseRequest(Price.MOST),
                new Close(TokenAmount.ZERO, Parties.PAYEE.sign(Parties.OFFER_HASH)),
                new CloseOrder(begin.channel(), PAID.cumulative(), begin.proof(), Optional.empty()),
                new CloseOrder(
                        begin.channel(),
                        PAID.cumulative(),
                        begin.proof(),
                        Optional.of(Parties.voucher(PAID))),
                new Stop(PaymentEnd.SPENDING_CAP, ""));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_is_read_as_it_was_said(PaymentMessage message) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PaymentChannel said = new PaymentChannel(new ByteArrayInputStream(new byte[0]), out);
        said.send(message);
        said.send(message);
        PaymentChannel heard =
                new PaymentChannel(
                        new ByteArrayInputStream(out.toByteArray()), new ByteArrayOutputStream());

        assertThat(heard.receive()).contains(message);
        assertThat(heard.receive()).contains(message);
        assertThat(heard.receive()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void each_reason_arrives_as_it_was_sent(PaymentEnd reason) throws Exception {
        assertThat(PaymentWire.parse(PaymentWire.encode(new Stop(reason, "x"))))
                .isEqualTo(new Stop(reason, "x"));
    }

    @Test
    void a_reason_of_a_later_version_is_unspecified() throws Exception {
        byte[] later =
                PaymentProtos.Payment.newBuilder()
                        .setStop(PaymentProtos.Stop.newBuilder().setReasonValue(1000))
                        .build()
                        .toByteArray();

        assertThat(PaymentWire.parse(later)).isEqualTo(new Stop(PaymentEnd.UNSPECIFIED, ""));
    }

    private static void refuses(PaymentProtos.Payment.Builder message, Reason reason) {
        assertThatThrownBy(() -> PaymentWire.parse(message.build().toByteArray()))
                .isInstanceOfSatisfying(
                        MalformedPaymentException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static PaymentProtos.Payment.Builder changed(PaymentMessage message) throws Exception {
        return PaymentProtos.Payment.parseFrom(PaymentWire.encode(message)).toBuilder();
    }

    @Test
    void rejects_what_is_not_as_the_protocol_says() throws Exception {
        PaymentProtos.Payment.Builder begin = changed(Parties.begin());
        begin.getBeginBuilder().setToken(ByteString.copyFrom(new byte[31]));
        refuses(begin, Reason.TOKEN_LENGTH);
        begin = changed(Parties.begin());
        begin.getBeginBuilder().getChannelBuilder().setPayer(ByteString.copyFrom(new byte[19]));
        refuses(begin, Reason.ADDRESS_LENGTH);
        begin = changed(Parties.begin());
        begin.getBeginBuilder().setOfferHash(ByteString.EMPTY);
        refuses(begin, Reason.HASH_LENGTH);
        begin = changed(Parties.begin());
        begin.getBeginBuilder().setProof(ByteString.copyFrom(new byte[65]));
        refuses(begin, Reason.SIGNATURE);
        PaymentProtos.Payment.Builder pay = changed(new Pay(Parties.voucher(PAID), COUNTED));
        pay.getPayBuilder().getVoucherBuilder().setBytesServed(-1);
        refuses(pay, Reason.COUNTER_OUT_OF_RANGE);
        pay = changed(new Pay(Parties.voucher(PAID), COUNTED));
        pay.getPayBuilder().getCountedBuilder().setSent(1L << 62);
        refuses(pay, Reason.COUNTER_OUT_OF_RANGE);
        pay = changed(new Pay(Parties.voucher(PAID), COUNTED));
        pay.getPayBuilder()
                .getVoucherBuilder()
                .setCumulative(ByteString.copyFrom(new byte[] {0, 1}));
        refuses(pay, Reason.AMOUNT_NOT_MINIMAL);
        PaymentProtos.Payment.Builder close = changed(new CloseRequest(Price.MOST));
        close.getCloseRequestBuilder()
                .setFinal(
                        ByteString.copyFrom(new byte[] {1})
                                .concat(ByteString.copyFrom(new byte[16])));
        refuses(close, Reason.AMOUNT_LENGTH);
        PaymentProtos.Payment.Builder credit =
                changed(new Credit(PAID.cumulative(), TERMS, COUNTED));
        credit.getCreditBuilder().getTermsBuilder().setWindow(CreditWindow.FIRST - 1);
        refuses(credit, Reason.WINDOW_OUT_OF_RANGE);
        PaymentProtos.Payment.Builder stop = changed(new Stop(PaymentEnd.STOPPED, ""));
        stop.getStopBuilder().setDetail("x".repeat(201));
        refuses(stop, Reason.TEXT_TOO_LONG);
        refuses(PaymentProtos.Payment.newBuilder(), Reason.EMPTY);
    }

    @Test
    void a_text_is_cut_rather_than_refused_by_who_says_it() {
        assertThat(new Stop(PaymentEnd.STOPPED, "x".repeat(500)).detail()).hasSize(200);
    }
}
