package org.flowshield.node.cli.remote;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;

/**
 * Money as people read it: amounts are cut after nine decimals, which is more than anybody looks
 * at; JSON has all of them. Pure: the time zone is given.
 */
final class MoneyText {

    private static final int DECIMALS = 9;

    /** Of an id, as many digits as tell channels apart on a screen. */
    private static final int SHOWN_OF_ID = 10;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;

    MoneyText(ZoneId zone) {
        this.zone = zone;
    }

    static String number(TokenAmount amount) {
        return number(new BigDecimal(amount.decimal()));
    }

    private static String number(BigDecimal exact) {
        BigDecimal cut = exact.setScale(DECIMALS, RoundingMode.DOWN).stripTrailingZeros();
        return cut.signum() == 0 && exact.signum() > 0
                ? "<0.000000001"
                : cut.setScale(Math.max(0, cut.scale()), RoundingMode.UNNECESSARY).toPlainString();
    }

    static String flow(TokenAmount amount) {
        return number(amount) + " FLOW";
    }

    static String shortened(ChannelId id) {
        return id.toString().substring(0, SHOWN_OF_ID);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private String time(Instant instant) {
        return TIME.format(instant.atZone(zone));
    }

    // ---- price ----

    /** What a provider asks for, in a sentence. */
    static String price(Quote quote) {
        TokenAmount price = quote.pricePerGib();
        if (quote.free() || price == null) {
            return "this provider serves for nothing";
        }
        return "this provider asks for "
                + price
                + " per GiB"
                + (quote.deposit().isZero()
                        ? ""
                        : "; "
                                + quote.deposit()
                                + " will be locked in a channel, of which the rest comes back when"
                                + " it is closed");
    }

    List<String> quote(Quote quote) {
        List<String> lines = new ArrayList<>();
        StatusText.row(lines, "provider", quote.peerId());
        TokenAmount price = quote.pricePerGib();
        StatusText.row(
                lines, "price", quote.free() || price == null ? "nothing" : price + " per GiB");
        if (price != null) {
            StatusText.row(lines, "pays to", String.valueOf(quote.payee()));
            ChannelStatus channel = quote.channel();
            StatusText.row(
                    lines,
                    "channel",
                    channel == null
                            ? "none yet; connecting locks " + quote.deposit()
                            : shortened(channel.id()) + ", " + flow(channel.left()) + " left");
            Instant until = quote.validUntil();
            if (until != null) {
                StatusText.row(lines, "until", time(until));
            }
            StatusText.row(
                    lines,
                    "your limit",
                    quote.withinMaxPrice()
                            ? "client.max-price allows it"
                            : "above client.max-price, or none is set: connect asks");
            if (quote.warning() != null) {
                StatusText.row(lines, "WARNING", quote.warning());
            }
        }
        return lines;
    }

    // ---- how it stands ----

    void payment(List<String> lines, PaymentStatus payment) {
        NetworkStatus network = payment.network();
        if (network == null) {
            if (payment.problem() == null) {
                StatusText.row(lines, "payment", "not configured");
            }
        } else {
            StatusText.row(lines, "payment", network(network));
            wallet(lines, payment);
            Spending spending = payment.spending();
            if (spending != null) {
                StatusText.row(lines, "spent", spent(spending));
            }
            if (!payment.earned().isZero()) {
                StatusText.row(
                        lines,
                        "earned",
                        flow(payment.earned()) + ", " + flow(payment.settled()) + " settled");
            }
            Wei gas = payment.operatorGas();
            if (gas != null) {
                StatusText.row(
                        lines,
                        "gas",
                        number(new BigDecimal(gas.decimal()))
                                + " "
                                + network.gasSymbol()
                                + " at "
                                + payment.operator());
            }
        }
        if (payment.problem() != null) {
            StatusText.problem(lines, payment.problem());
        }
    }

    private String network(NetworkStatus network) {
        Instant asOf = network.asOf();
        String state =
                switch (network.rpc()) {
                    case UNKNOWN -> "not asked yet";
                    case REACHABLE ->
                            network.block() == null
                                    ? "reachable"
                                    : "block " + grouped(network.block());
                    case UNREACHABLE ->
                            "NOT reachable" + (asOf == null ? "" : "; last at " + time(asOf));
                    case STALE ->
                            "its RPC lags behind" + (asOf == null ? "" : "; last at " + time(asOf));
                    case WRONG -> "its RPC can't be trusted";
                };
        String identities =
                switch (network.identities()) {
                    case RPC -> "; its RPC is believed about identities";
                    case PROOFS -> "; identities are proved";
                };
        return network.name() + " (chain " + network.chainId() + "), " + state + identities;
    }

    private void wallet(List<String> lines, PaymentStatus payment) {
        if (payment.wallet() == null) {
            return;
        }
        StatusText.row(lines, "wallet", payment.wallet().toString());
        TokenAmount purse = payment.purse();
        Authorisation authorisation = payment.authorisation();
        StatusText.row(
                lines,
                "purse",
                (purse == null ? "not known yet" : flow(purse))
                        + (authorisation == null
                                ? ""
                                : "; this node may lock "
                                        + flow(authorisation.left())
                                        + " of it until "
                                        + time(authorisation.expiry())));
        if (payment.signer() != null) {
            StatusText.row(lines, "signer", payment.signer() + ", which the wallet authorises");
        }
    }

    private static String spent(Spending spending) {
        SpendingCaps caps = spending.caps();
        return "session %s of %s, day %s of %s, month %s of %s FLOW"
                .formatted(
                        number(spending.session()),
                        number(caps.perSession()),
                        number(spending.day()),
                        number(caps.perDay()),
                        number(spending.month()),
                        number(caps.perMonth()));
    }

    static void session(List<String> lines, SessionPayment payment) {
        StatusText.row(
                lines,
                "paid",
                flow(payment.paid())
                        + " at "
                        + payment.pricePerGib()
                        + " per GiB, "
                        + grouped(payment.vouchers())
                        + " vouchers for "
                        + grouped(payment.paidBytes())
                        + " of "
                        + grouped(payment.billedBytes())
                        + " bytes");
        if (payment.unsolicitedBytes() > 0) {
            StatusText.row(
                    lines, "not billed", grouped(payment.unsolicitedBytes()) + " bytes unasked");
        }
        TokenAmount capLeft = payment.capLeft();
        StatusText.row(
                lines,
                "channel",
                shortened(payment.channel())
                        + ", "
                        + flow(payment.left())
                        + " of "
                        + flow(payment.deposit())
                        + " left, window "
                        + grouped(payment.window())
                        + " bytes"
                        + (capLeft == null ? "" : ", cap leaves " + flow(capLeft)));
        if (payment.problem() != null) {
            StatusText.problem(lines, payment.problem());
        }
    }

    // ---- channels ----

    List<String> channels(List<ChannelStatus> channels) {
        if (channels.isEmpty()) {
            return List.of("there are no channels");
        }
        List<String> lines = new ArrayList<>();
        lines.add(channelRow("CHANNEL", "WE ARE", "STATE", "DEPOSIT", "SIGNED", "CLAIMED", "LEFT"));
        for (ChannelStatus channel : channels) {
            lines.add(
                    channelRow(
                            shortened(channel.id()),
                            lower(channel.side()),
                            lower(channel.state()),
                            number(channel.deposit()),
                            number(channel.signed()),
                            number(channel.claimed()),
                            number(channel.left())));
        }
        return lines;
    }

    private static String channelRow(Object... columns) {
        return String.format(Locale.ROOT, "%-10s  %-6s  %-7s  %14s  %14s  %14s  %14s", columns);
    }

    static String channel(String done, ChannelStatus channel) {
        return "%s: channel %s, %s of %s left"
                .formatted(done, channel.id(), flow(channel.left()), flow(channel.deposit()));
    }

    String closing(ChannelClosing closing) {
        Instant at = closing.refundAt();
        return (closing.cooperative()
                        ? "closed in agreement"
                        : at == null
                                ? "closed"
                                : "this node closes alone"
                                        + (closing.alone() == null
                                                ? ""
                                                : ", since " + closing.alone()))
                + ": channel "
                + closing.channel().id()
                + "; "
                + flow(closing.refund())
                + (at == null
                        ? " are back in the purse"
                        : " come back after "
                                + time(at)
                                + ", less what the provider still claims until then; this node"
                                + " brings them by itself")
                + (closing.transaction() == null ? "" : "; transaction " + closing.transaction());
    }

    // ---- earnings ----

    static List<String> earnings(Earnings earnings) {
        List<String> lines = new ArrayList<>();
        if (!earnings.days().isEmpty()) {
            lines.add(earningsRow("DAY (UTC)", "EARNED", "SETTLED", "SESSIONS", "BYTES"));
            for (Earnings.Day day : earnings.days()) {
                lines.add(
                        earningsRow(
                                day.day(),
                                number(day.earned()),
                                number(day.settled()),
                                grouped(day.sessions()),
                                grouped(day.bytes())));
            }
        }
        lines.add(
                "earned "
                        + flow(earnings.earned())
                        + ", settled "
                        + flow(earnings.settled())
                        + ", not settled yet "
                        + flow(earnings.unsettled()));
        Problem problem = earnings.problem();
        if (problem != null) {
            lines.add(problem.message() + " -> " + problem.action());
        }
        return lines;
    }

    private static String earningsRow(Object... columns) {
        return String.format(Locale.ROOT, "%-10s  %14s  %14s  %8s  %18s", columns);
    }

    static List<String> settlements(List<Settlement> settlements) {
        if (settlements.isEmpty()) {
            return List.of("there is nothing to settle");
        }
        List<String> lines = new ArrayList<>();
        for (Settlement settlement : settlements) {
            lines.add(
                    shortened(settlement.channel())
                            + "  "
                            + flow(settlement.amount())
                            + "  "
                            + lower(settlement.state())
                            + (settlement.transaction() == null
                                    ? ""
                                    : "  " + settlement.transaction()));
            if (settlement.problem() != null) {
                StatusText.problem(lines, settlement.problem());
            }
        }
        return lines;
    }

    // ---- spending ----

    List<String> spending(Spending spending) {
        List<String> lines = new ArrayList<>();
        SpendingCaps caps = spending.caps();
        period(lines, "session", spending.session(), caps.perSession(), "");
        period(lines, "day", spending.day(), caps.perDay(), ends(spending.dayEnds()));
        period(lines, "month", spending.month(), caps.perMonth(), ends(spending.monthEnds()));
        lines.add("left to spend now: " + flow(spending.left()));
        return lines;
    }

    private String ends(Instant end) {
        return ", counts anew at " + time(end);
    }

    private static void period(
            List<String> lines, String label, TokenAmount spent, TokenAmount cap, String more) {
        StatusText.row(lines, label, flow(spent) + " of at most " + flow(cap) + more);
    }
}
