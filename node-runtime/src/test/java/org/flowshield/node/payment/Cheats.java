package org.flowshield.node.payment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.node.payment.PaymentSimulation.Cheat;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
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
import org.jspecify.annotations.Nullable;

/** What clients and providers may try, from their first, second, ... message on. */
final class Cheats {

    /** What a dishonest client does. */
    enum Client {
        PAYS_HALF,
        COUNTS_HALF,
        NEVER_PAYS,
        REPLAYS,
        REORDERS,
        SPENDS_ANOTHER_CHANNEL,
        SIGNS_WITH_ANOTHER_KEY,
        OVERDRAWS,
        CLAIMS_TOO_MUCH,
        VANISHES,
        CLOSES_FOR_LESS,
        ANOTHERS_CHANNEL,
        GARBAGE
    }

    /** What a dishonest provider does. */
    enum Provider {
        OVER_REPORTS,
        OVER_REPORTS_A_LITTLE,
        REPLAYS,
        ASKS_TWICE,
        CLAIMS_OLD_DEBTS,
        STOPS_SERVING,
        VANISHES,
        ACKNOWLEDGES_NOTHING,
        ACKNOWLEDGES_TOO_MUCH,
        TRUSTS_BLINDLY,
        SENDS_JUNK,
        DENIES_THE_DEPOSIT,
        GARBAGE
    }

    private Cheats() {}

    /** Honest messages are changed from this one on, counted from 0. */
    private abstract static class From implements Cheat {
        private final int first;
        private int said;
        final List<PaymentMessage> honest = new ArrayList<>();

        From(int first) {
            this.first = first;
        }

        @Override
        public final List<PaymentMessage> instead(PaymentMessage message, Random random) {
            honest.add(message);
            return said++ < first ? List.of(message) : cheat(message, random);
        }

        final boolean begun() {
            return said > first;
        }

        abstract List<PaymentMessage> cheat(PaymentMessage message, Random random);
    }

    static Cheat of(Client kind, int first) {
        return new From(first) {
            private @Nullable PaymentMessage held;

            @Override
            List<PaymentMessage> cheat(PaymentMessage message, Random random) {
                return switch (kind) {
                    case PAYS_HALF -> List.of(pay(message, 0.5, 1));
                    case COUNTS_HALF -> List.of(pay(message, 0.5, 0.5));
                    case NEVER_PAYS -> message instanceof Pay ? List.of() : List.of(message);
                    case REPLAYS -> List.of(message, honest.get(random.nextInt(honest.size())));
                    case REORDERS -> {
                        PaymentMessage before = held;
                        held = before == null ? message : null;
                        yield before == null ? List.of() : List.of(message, before);
                    }
                    case SPENDS_ANOTHER_CHANNEL -> List.of(anotherChannel(message));
                    case SIGNS_WITH_ANOTHER_KEY -> List.of(resigned(message, Parties.STRANGER));
                    case OVERDRAWS -> List.of(pay(message, 1e9, 1));
                    case CLAIMS_TOO_MUCH -> List.of(pay(message, 100, 100));
                    case VANISHES -> List.of();
                    case CLOSES_FOR_LESS ->
                            List.of(
                                    message,
                                    new CloseRequest(TokenAmount.of(random.nextInt(1000))));
                    case ANOTHERS_CHANNEL ->
                            List.of(
                                    message instanceof Begin begin
                                            ? new Begin(
                                                    begin.token(),
                                                    begin.channel(),
                                                    begin.offerHash(),
                                                    Parties.STRANGER.sign(Parties.OFFER_HASH),
                                                    begin.last())
                                            : message);
                    case GARBAGE -> List.of(garbage(random));
                };
            }

            @Override
            public @Nullable PaymentMessage outOfTheBlue(Random random) {
                return kind == Client.GARBAGE && begun() ? garbage(random) : null;
            }

            @Override
            public boolean keepsToItsGate() {
                return false;
            }
        };
    }

    static Cheat of(Provider kind, int first) {
        return new From(first) {
            @Override
            List<PaymentMessage> cheat(PaymentMessage message, Random random) {
                return switch (kind) {
                    case OVER_REPORTS -> List.of(counting(message, 2, 1 << 20));
                    case OVER_REPORTS_A_LITTLE -> List.of(counting(message, 1, 100_000));
                    case REPLAYS -> List.of(message, honest.get(random.nextInt(honest.size())));
                    case ASKS_TWICE, STOPS_SERVING, SENDS_JUNK -> List.of(message);
                    case CLAIMS_OLD_DEBTS ->
                            List.of(
                                    message instanceof Ready ready
                                            ? new Ready(
                                                    new Paid(Parties.flow("0.5"), 1L << 29),
                                                    Optional.of(
                                                            SignedVoucher.sign(
                                                                    new Paid(
                                                                                    Parties.flow(
                                                                                            "0.5"),
                                                                                    1L << 29)
                                                                            .voucher(
                                                                                    Parties.CHANNEL
                                                                                            .id(
                                                                                                    Parties
                                                                                                            .DOMAIN)),
                                                                    Parties.DOMAIN,
                                                                    Parties.STRANGER)),
                                                    ready.terms())
                                            : message);
                    case VANISHES -> List.of();
                    case ACKNOWLEDGES_NOTHING ->
                            message instanceof Credit ? List.of() : List.of(message);
                    case ACKNOWLEDGES_TOO_MUCH ->
                            List.of(
                                    message instanceof Credit credit
                                            ? new Credit(
                                                    credit.paid().plus(TokenAmount.of(1L << 60)),
                                                    credit.terms(),
                                                    credit.counted())
                                            : message);
                    case TRUSTS_BLINDLY -> List.of(trusting(message));
                    case DENIES_THE_DEPOSIT ->
                            List.of(
                                    message instanceof Credit credit
                                            ? new Credit(
                                                    credit.paid(),
                                                    new Terms(
                                                            credit.terms().window(),
                                                            new Deposit(TokenAmount.ZERO, true)),
                                                    credit.counted())
                                            : message);
                    case GARBAGE -> List.of(garbage(random));
                };
            }

            @Override
            public @Nullable PaymentMessage outOfTheBlue(Random random) {
                if (!begun()) {
                    return null;
                }
                return switch (kind) {
                    case GARBAGE -> garbage(random);
                    case ASKS_TWICE -> new CreditBlocked(new Metered(0, 0, 0));
                    default -> null;
                };
            }

            @Override
            public boolean carries(long now) {
                return kind != Provider.STOPS_SERVING || !begun();
            }

            @Override
            public int junk(Random random) {
                return kind == Provider.SENDS_JUNK && begun() ? 1500 : 0;
            }
        };
    }

    private static PaymentMessage pay(PaymentMessage message, double money, double bytes) {
        if (!(message instanceof Pay(SignedVoucher signed, Metered counted))) {
            return message;
        }
        Voucher honest = signed.voucher();
        TokenAmount cumulative =
                new TokenAmount(
                        java.math.BigDecimal.valueOf(money)
                                .multiply(new java.math.BigDecimal(honest.cumulative().units()))
                                .toBigInteger());
        Voucher changed =
                new Voucher(honest.channel(), cumulative, (long) (honest.bytesServed() * bytes));
        return new Pay(SignedVoucher.sign(changed, Parties.DOMAIN, Parties.SIGNER), counted);
    }

    private static PaymentMessage anotherChannel(PaymentMessage message) {
        if (!(message instanceof Pay(SignedVoucher signed, Metered counted))) {
            return message;
        }
        Voucher honest = signed.voucher();
        Voucher changed =
                new Voucher(
                        Parties.channel(1).id(Parties.DOMAIN),
                        honest.cumulative(),
                        honest.bytesServed());
        return new Pay(SignedVoucher.sign(changed, Parties.DOMAIN, Parties.SIGNER), counted);
    }

    private static PaymentMessage resigned(PaymentMessage message, SigningKey key) {
        return message instanceof Pay(SignedVoucher signed, Metered counted)
                ? new Pay(SignedVoucher.sign(signed.voucher(), Parties.DOMAIN, key), counted)
                : message;
    }

    private static PaymentMessage counting(PaymentMessage message, int times, int more) {
        return switch (message) {
            case Credit(TokenAmount paid, Terms terms, Metered counted) ->
                    new Credit(paid, terms, inflated(counted, times, more));
            case CreditBlocked(Metered counted) ->
                    new CreditBlocked(inflated(counted, times, more));
            default -> message;
        };
    }

    private static Metered inflated(Metered counted, int times, int more) {
        return new Metered(counted.sent() * times + more, counted.received() * times, 0);
    }

    private static PaymentMessage trusting(PaymentMessage message) {
        return switch (message) {
            case Ready(Paid paid, Optional<SignedVoucher> last, Terms terms) ->
                    new Ready(paid, last, new Terms(CreditWindow.MOST, terms.deposit()));
            case Credit(TokenAmount paid, Terms terms, Metered counted) ->
                    new Credit(paid, new Terms(CreditWindow.MOST, terms.deposit()), counted);
            default -> message;
        };
    }

    private static PaymentMessage garbage(Random random) {
        Metered counted = new Metered(random.nextInt(1 << 24), random.nextInt(1 << 24), 0);
        Paid paid = new Paid(TokenAmount.of(random.nextInt() & 0xffff), random.nextInt(1 << 20));
        Terms terms = new Terms(CreditWindow.FIRST, new Deposit(TokenAmount.of(1L << 50), true));
        return switch (random.nextInt(10)) {
            case 0 -> Parties.begin();
            case 1 -> new Ready(paid, Optional.empty(), terms);
            case 2 -> new Refused(PaymentEnd.UNSPECIFIED, "garbage");
            case 3 -> new Pay(Parties.voucher(paid), counted);
            case 4 -> new Credit(paid.cumulative(), terms, counted);
            case 5 -> new CreditBlocked(counted);
            case 6 -> new ToppedUp();
            case 7 -> new CloseRequest(paid.cumulative());
            case 8 -> new Close(paid.cumulative(), Parties.STRANGER.sign(Parties.OFFER_HASH));
            default -> new Stop(PaymentEnd.STOPPED, "garbage");
        };
    }
}
