package org.flowshield.node.payment.wire;

import static org.flowshield.node.payment.wire.MalformedPaymentException.Reason;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.MalformedSignatureException;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Deposit;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.PaymentEnd;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.Service;
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
import org.flowshield.node.text.PlainText;
import org.flowshield.node.tunnel.control.MalformedControlException;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;

/**
 * Offers and payment messages as protobuf (payment.proto), without their length. Whatever is parsed
 * satisfies what the protocol says of each field, also when the peer is hostile; who signed a
 * voucher is not looked at. Stateless.
 */
public final class PaymentWire {

    /** Bytes of one message: the largest, Begin with a voucher and a detail, has less than 600. */
    public static final int MAX_MESSAGE = 1024;

    /** Bytes of an offer without its envelope. */
    static final int MAX_OFFER = 1024;

    /** Bytes of a counter's sum: two of them still are a number. */
    private static final long MOST_COUNTED = 1L << 62;

    /** Bytes of the largest amount, which has 128 bits. */
    private static final int AMOUNT_LENGTH = 16;

    private static final int EXIT_IPV4 = 1;
    private static final int EXIT_IPV6 = 2;

    private PaymentWire() {}

    // ---- offers ----

    static byte[] encode(Offer offer) {
        return PaymentProtos.Offer.newBuilder()
                .setNodeKey(bytes(offer.nodeKey()))
                .setPayee(bytes(offer.payee()))
                .setChainId(offer.channels().chain().value())
                .setChannels(bytes(offer.channels().contract()))
                .setPricePerGib(bytes(offer.price().perGiB()))
                .setFirstWindow(offer.firstWindow())
                .setMaxWindow(offer.maxWindow())
                .setMinDeposit(bytes(offer.minDeposit()))
                .setValidUntil(offer.validUntil().getEpochSecond())
                .setSequence(offer.sequence())
                .setBitsPerSecond(offer.service().bitsPerSecond())
                .setCountry(offer.service().country().map(Country::code).orElse(""))
                .setExits(exits(offer.service()))
                .addAllProtocols(offer.service().protocols())
                .build()
                .toByteArray();
    }

    private static int exits(Service service) {
        return (service.ipv4() ? EXIT_IPV4 : 0) | (service.ipv6() ? EXIT_IPV6 : 0);
    }

    static Offer parseOffer(byte[] payload) throws MalformedPaymentException {
        if (payload.length > MAX_OFFER) {
            throw new MalformedPaymentException(Reason.LENGTH_ABOVE_LIMIT);
        }
        PaymentProtos.Offer offer;
        try {
            offer = PaymentProtos.Offer.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedPaymentException(Reason.NOT_PROTOBUF);
        }
        if (offer.getChainId() <= 0) {
            throw new MalformedPaymentException(Reason.CHAIN_OUT_OF_RANGE);
        }
        long first = offer.getFirstWindow();
        long most = offer.getMaxWindow();
        if (first < CreditWindow.FIRST
                || first > CreditWindow.UNCONFIRMED
                || most < first
                || most > CreditWindow.MOST) {
            throw new MalformedPaymentException(Reason.WINDOW_OUT_OF_RANGE);
        }
        long until = offer.getValidUntil();
        if (until < 0 || until > Offer.LAST_SECOND) {
            throw new MalformedPaymentException(Reason.TIME_OUT_OF_RANGE);
        }
        return new Offer(
                hash(offer.getNodeKey()),
                notZero(address(offer.getPayee())),
                new ChannelDomain(
                        new ChainId(offer.getChainId()), notZero(address(offer.getChannels()))),
                price(offer.getPricePerGib()),
                first,
                most,
                plausible(amount(offer.getMinDeposit())),
                Instant.ofEpochSecond(until),
                counter(offer.getSequence(), Long.MAX_VALUE),
                service(offer));
    }

    private static Service service(PaymentProtos.Offer offer) throws MalformedPaymentException {
        try {
            return new Service(
                    offer.getBitsPerSecond(),
                    offer.getCountry().isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Country(offer.getCountry())),
                    (offer.getExits() & EXIT_IPV4) != 0,
                    (offer.getExits() & EXIT_IPV6) != 0,
                    offer.getProtocolsList());
        } catch (IllegalArgumentException e) {
            throw new MalformedPaymentException(Reason.SERVICE);
        }
    }

    private static Price price(ByteString perGiB) throws MalformedPaymentException {
        TokenAmount amount = plausible(amount(perGiB));
        if (amount.isZero()) {
            throw new MalformedPaymentException(Reason.AMOUNT_OUT_OF_RANGE);
        }
        return new Price(amount);
    }

    private static TokenAmount plausible(TokenAmount amount) throws MalformedPaymentException {
        if (amount.isMoreThan(Price.MOST)) {
            throw new MalformedPaymentException(Reason.AMOUNT_OUT_OF_RANGE);
        }
        return amount;
    }

    // ---- messages ----

    public static byte[] encode(PaymentMessage message) {
        PaymentProtos.Payment.Builder payment = PaymentProtos.Payment.newBuilder();
        switch (message) {
            case Begin begin -> payment.setBegin(encodeBegin(begin));
            case Ready ready -> payment.setReady(encodeReady(ready));
            case Refused(PaymentEnd reason, String detail) ->
                    payment.getRefusedBuilder().setReason(encode(reason)).setDetail(detail);
            case Pay(SignedVoucher voucher, Metered counted) ->
                    payment.getPayBuilder().setVoucher(encode(voucher)).setCounted(encode(counted));
            case Credit(TokenAmount paid, Terms terms, Metered counted) ->
                    payment.getCreditBuilder()
                            .setPaid(bytes(paid))
                            .setTerms(encode(terms))
                            .setCounted(encode(counted));
            case CreditBlocked(Metered counted) ->
                    payment.getCreditBlockedBuilder().setCounted(encode(counted));
            case ToppedUp() -> payment.getToppedUpBuilder();
            case CloseRequest(TokenAmount amount) ->
                    payment.getCloseRequestBuilder().setFinal(bytes(amount));
            case Close(TokenAmount amount, Signature byPayee) ->
                    payment.getCloseBuilder()
                            .setFinal(bytes(amount))
                            .setSignature(ByteString.copyFrom(byPayee.bytes()));
            case CloseOrder order -> payment.setCloseOrder(encodeOrder(order));
            case Stop(PaymentEnd reason, String detail) ->
                    payment.getStopBuilder().setReason(encode(reason)).setDetail(detail);
        }
        return payment.build().toByteArray();
    }

    public static PaymentMessage parse(byte[] message) throws MalformedPaymentException {
        if (message.length > MAX_MESSAGE) {
            throw new MalformedPaymentException(Reason.LENGTH_ABOVE_LIMIT);
        }
        PaymentProtos.Payment payment;
        try {
            payment = PaymentProtos.Payment.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedPaymentException(Reason.NOT_PROTOBUF);
        }
        return switch (payment.getMessageCase()) {
            case BEGIN -> parseBegin(payment.getBegin());
            case READY -> parseReady(payment.getReady());
            case REFUSED ->
                    new Refused(
                            parse(payment.getRefused().getReason()),
                            text(payment.getRefused().getDetail()));
            case PAY ->
                    new Pay(
                            voucher(payment.getPay().getVoucher()),
                            counted(payment.getPay().getCounted()));
            case CREDIT ->
                    new Credit(
                            amount(payment.getCredit().getPaid()),
                            terms(payment.getCredit().getTerms()),
                            counted(payment.getCredit().getCounted()));
            case CREDIT_BLOCKED ->
                    new CreditBlocked(counted(payment.getCreditBlocked().getCounted()));
            case TOPPED_UP -> new ToppedUp();
            case CLOSE_REQUEST -> new CloseRequest(amount(payment.getCloseRequest().getFinal()));
            case CLOSE ->
                    new Close(
                            amount(payment.getClose().getFinal()),
                            signature(payment.getClose().getSignature()));
            case CLOSE_ORDER -> parseOrder(payment.getCloseOrder());
            case STOP ->
                    new Stop(
                            parse(payment.getStop().getReason()),
                            text(payment.getStop().getDetail()));
            case MESSAGE_NOT_SET -> throw new MalformedPaymentException(Reason.EMPTY);
        };
    }

    private static PaymentProtos.Begin.Builder encodeBegin(Begin begin) {
        PaymentProtos.Begin.Builder builder =
                PaymentProtos.Begin.newBuilder()
                        .setToken(ByteString.copyFrom(begin.token().encode()))
                        .setChannel(encode(begin.channel()))
                        .setOfferHash(bytes(begin.offerHash()))
                        .setProof(ByteString.copyFrom(begin.proof().bytes()));
        begin.last().ifPresent(last -> builder.setLast(encode(last)));
        return builder;
    }

    private static Begin parseBegin(PaymentProtos.Begin begin) throws MalformedPaymentException {
        return new Begin(
                token(begin.getToken()),
                key(begin.getChannel()),
                hash(begin.getOfferHash()),
                signature(begin.getProof()),
                begin.hasLast() ? Optional.of(voucher(begin.getLast())) : Optional.empty());
    }

    private static PaymentProtos.CloseOrder.Builder encodeOrder(CloseOrder order) {
        PaymentProtos.CloseOrder.Builder builder =
                PaymentProtos.CloseOrder.newBuilder()
                        .setChannel(encode(order.channel()))
                        .setFinal(bytes(order.finalAmount()))
                        .setProof(ByteString.copyFrom(order.proof().bytes()));
        order.last().ifPresent(last -> builder.setLast(encode(last)));
        return builder;
    }

    private static CloseOrder parseOrder(PaymentProtos.CloseOrder order)
            throws MalformedPaymentException {
        return new CloseOrder(
                key(order.getChannel()),
                amount(order.getFinal()),
                signature(order.getProof()),
                order.hasLast() ? Optional.of(voucher(order.getLast())) : Optional.empty());
    }

    private static PaymentProtos.Ready.Builder encodeReady(Ready ready) {
        PaymentProtos.Ready.Builder builder =
                PaymentProtos.Ready.newBuilder()
                        .setPaid(bytes(ready.paid().cumulative()))
                        .setBytesServed(ready.paid().bytes())
                        .setTerms(encode(ready.terms()));
        ready.last().ifPresent(last -> builder.setLast(encode(last)));
        return builder;
    }

    private static Ready parseReady(PaymentProtos.Ready ready) throws MalformedPaymentException {
        return new Ready(
                new Paid(amount(ready.getPaid()), counter(ready.getBytesServed(), Long.MAX_VALUE)),
                ready.hasLast() ? Optional.of(voucher(ready.getLast())) : Optional.empty(),
                terms(ready.getTerms()));
    }

    private static PaymentProtos.ChannelKey encode(ChannelKey key) {
        return PaymentProtos.ChannelKey.newBuilder()
                .setPayer(bytes(key.payer()))
                .setPayee(bytes(key.payee()))
                .setSigner(bytes(key.signer()))
                .setSalt(bytes(key.salt()))
                .build();
    }

    private static ChannelKey key(PaymentProtos.ChannelKey key) throws MalformedPaymentException {
        return new ChannelKey(
                address(key.getPayer()),
                address(key.getPayee()),
                address(key.getSigner()),
                hash(key.getSalt()));
    }

    private static PaymentProtos.SignedVoucher encode(SignedVoucher signed) {
        Voucher voucher = signed.voucher();
        return PaymentProtos.SignedVoucher.newBuilder()
                .setChannel(bytes(voucher.channel().value()))
                .setCumulative(bytes(voucher.cumulative()))
                .setBytesServed(voucher.bytesServed())
                .setSignature(ByteString.copyFrom(signed.signature().bytes()))
                .build();
    }

    private static SignedVoucher voucher(PaymentProtos.SignedVoucher signed)
            throws MalformedPaymentException {
        return new SignedVoucher(
                new Voucher(
                        new ChannelId(hash(signed.getChannel())),
                        amount(signed.getCumulative()),
                        counter(signed.getBytesServed(), Long.MAX_VALUE)),
                signature(signed.getSignature()));
    }

    private static PaymentProtos.Counted encode(Metered counted) {
        return PaymentProtos.Counted.newBuilder()
                .setSent(counted.sent())
                .setReceived(counted.received())
                .setUnsolicited(counted.unsolicited())
                .build();
    }

    private static Metered counted(PaymentProtos.Counted counted) throws MalformedPaymentException {
        return new Metered(
                counter(counted.getSent(), MOST_COUNTED - 1),
                counter(counted.getReceived(), MOST_COUNTED - 1),
                counter(counted.getUnsolicited(), MOST_COUNTED - 1));
    }

    private static PaymentProtos.Terms encode(Terms terms) {
        return PaymentProtos.Terms.newBuilder()
                .setWindow(terms.window())
                .setDeposit(bytes(terms.deposit().usable()))
                .setConfirmed(terms.deposit().confirmed())
                .build();
    }

    private static Terms terms(PaymentProtos.Terms terms) throws MalformedPaymentException {
        long window = terms.getWindow();
        if (window < CreditWindow.FIRST || window > CreditWindow.MOST) {
            throw new MalformedPaymentException(Reason.WINDOW_OUT_OF_RANGE);
        }
        return new Terms(window, new Deposit(amount(terms.getDeposit()), terms.getConfirmed()));
    }

    private static PaymentProtos.Reason encode(PaymentEnd reason) {
        return PaymentProtos.Reason.valueOf(reason.name());
    }

    private static PaymentEnd parse(PaymentProtos.Reason reason) {
        return reason == PaymentProtos.Reason.UNRECOGNIZED
                ? PaymentEnd.UNSPECIFIED
                : PaymentEnd.valueOf(reason.name());
    }

    // ---- parts ----

    private static ByteString bytes(Bytes32 word) {
        return ByteString.copyFrom(word.bytes());
    }

    private static ByteString bytes(EvmAddress address) {
        return ByteString.copyFrom(address.bytes());
    }

    /** Most significant byte first, without leading zeros; zero is empty. */
    private static ByteString bytes(TokenAmount amount) {
        if (amount.isZero()) {
            return ByteString.EMPTY;
        }
        byte[] bytes = amount.units().toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return ByteString.copyFrom(bytes, sign, bytes.length - sign);
    }

    private static TokenAmount amount(ByteString bytes) throws MalformedPaymentException {
        if (bytes.size() > AMOUNT_LENGTH) {
            throw new MalformedPaymentException(Reason.AMOUNT_LENGTH);
        }
        if (!bytes.isEmpty() && bytes.byteAt(0) == 0) {
            throw new MalformedPaymentException(Reason.AMOUNT_NOT_MINIMAL);
        }
        return new TokenAmount(new BigInteger(1, bytes.toByteArray()));
    }

    private static SessionToken token(ByteString bytes) throws MalformedPaymentException {
        try {
            return SessionToken.parse(bytes.toByteArray());
        } catch (MalformedControlException e) {
            throw new MalformedPaymentException(Reason.TOKEN_LENGTH);
        }
    }

    private static Bytes32 hash(ByteString bytes) throws MalformedPaymentException {
        if (bytes.size() != Bytes32.LENGTH) {
            throw new MalformedPaymentException(Reason.HASH_LENGTH);
        }
        return new Bytes32(bytes.toByteArray());
    }

    private static EvmAddress address(ByteString bytes) throws MalformedPaymentException {
        if (bytes.size() != EvmAddress.LENGTH) {
            throw new MalformedPaymentException(Reason.ADDRESS_LENGTH);
        }
        return new EvmAddress(bytes.toByteArray());
    }

    private static EvmAddress notZero(EvmAddress address) throws MalformedPaymentException {
        if (address.isZero()) {
            throw new MalformedPaymentException(Reason.ADDRESS_ZERO);
        }
        return address;
    }

    private static Signature signature(ByteString bytes) throws MalformedPaymentException {
        try {
            return Signature.parse(bytes.toByteArray());
        } catch (MalformedSignatureException e) {
            throw new MalformedPaymentException(Reason.SIGNATURE);
        }
    }

    private static long counter(long counter, long most) throws MalformedPaymentException {
        if (counter < 0 || counter > most) {
            throw new MalformedPaymentException(Reason.COUNTER_OUT_OF_RANGE);
        }
        return counter;
    }

    private static String text(String text) throws MalformedPaymentException {
        if (text.length() > PaymentMessage.MAX_TEXT) {
            throw new MalformedPaymentException(Reason.TEXT_TOO_LONG);
        }
        return PlainText.line(text); // it is shown in terminals
    }
}
