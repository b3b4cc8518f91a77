package org.flowshield.node.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.SessionStatus;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.lab.LabException;
import org.jspecify.annotations.Nullable;

/** The demo's session as money sees it: price, vouchers, settlement, refund. One thread. */
final class PaidSession {

    /** Bytes on their way when both sides are asked. */
    private static final long ON_THEIR_WAY = 8 << 20;

    private static final long GIB = 1L << 30;

    private final LabMarket market;
    private final LabDaemon provider;
    private final LabDaemon client;
    private final Checks checks;

    private @Nullable SessionPayment payer;
    private @Nullable SessionPayment payee;

    PaidSession(LabMarket market, LabDaemon provider, LabDaemon client, Checks checks) {
        this.market = market;
        this.provider = provider;
        this.client = client;
        this.checks = checks;
    }

    /** Asks as the client would; gives the price of a GiB. */
    TokenAmount askThePrice()
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        Quote quote = client.api().payments().quote(provider.multiaddr());
        TokenAmount price = quote.pricePerGib();
        if (price == null) {
            throw new LabException("the provider serves for nothing, which it was not told to");
        }
        checks.check(
                "the provider said its price first",
                price.equals(LabMoney.amount(LabMarket.PRICE)),
                price + " for a GiB, paid to " + quote.payee());
        return price;
    }

    /** Reads both sides' books while the session is open. */
    void read() throws LabException, NoDaemonException, RefusedException, InterruptedException {
        ClientStatus ours = client.api().status().client();
        ProviderStatus theirs = provider.api().status().provider();
        payer = ours == null ? null : ours.payment();
        payee =
                theirs == null
                        ? null
                        : theirs.sessions().stream()
                                .map(SessionStatus::payment)
                                .filter(payment -> payment != null)
                                .findFirst()
                                .orElse(null);
        if (payer == null || payee == null) {
            throw new LabException("the session is not paid for");
        }
        checks.check(
                "both sides metered the same",
                Math.abs(payer.billedBytes() - payee.billedBytes()) <= ON_THEIR_WAY,
                "%,d bytes by the client, %,d by the provider"
                        .formatted(payer.billedBytes(), payee.billedBytes()));
        checks.check(
                "the client paid per byte",
                payee.unpaidBytes() <= Math.max(payee.window(), ON_THEIR_WAY)
                        && !payee.paid().isZero(),
                "%s in %,d vouchers; %,d bytes on credit"
                        .formatted(payee.paid(), payee.vouchers(), payee.unpaidBytes()));
    }

    /** Redeems the vouchers and closes the channel; what the chain says must be what was signed. */
    Map<String, Object> settle()
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        SessionPayment before = payee;
        if (before == null) {
            throw new LabException("nobody looked while the session was open");
        }
        List<Settlement> settlements = provider.api().payments().settle();
        checks.check(
                "the provider settled on the chain",
                settlements.stream().anyMatch(s -> s.state() != Settlement.State.FAILED),
                settlements.isEmpty()
                        ? "nothing to settle"
                        : settlements.getFirst().amount()
                                + " in transaction "
                                + settlements.getFirst().transaction());
        ChannelClosing closing = client.api().payments().close(before.channel());
        checks.check(
                "the channel was closed in agreement",
                closing.cooperative(),
                closing.refund() + " back in the purse");
        LabMarket.Books books = market.books();
        TokenAmount deposit = LabMoney.amount(LabMarket.DEPOSIT);
        checks.check(
                "what was paid and what came back is the deposit",
                books.deposited().equals(deposit)
                        && books.claimed().plus(books.refunded()).equals(deposit)
                        && books.claimed().compareTo(before.paid()) >= 0,
                books.claimed() + " paid out, " + books.refunded() + " refunded");
        checks.check(
                "the price is what was agreed",
                isPriceOf(books.claimed(), before),
                "%s for %,d bytes".formatted(books.claimed(), before.billedBytes()));
        return told(before, books);
    }

    /** The session went on for some packets after both were asked. */
    private static boolean isPriceOf(TokenAmount claimed, SessionPayment session) {
        double bytes =
                claimed.units().doubleValue() / session.pricePerGib().units().doubleValue() * GIB;
        return Math.abs(bytes - session.billedBytes()) <= 2 * ON_THEIR_WAY;
    }

    private Map<String, Object> told(SessionPayment theirs, LabMarket.Books books) {
        SessionPayment ours = payer;
        Map<String, Object> money = new LinkedHashMap<>();
        money.put("price_per_gib", theirs.pricePerGib().decimal());
        money.put("deposit", books.deposited().decimal());
        if (ours != null) {
            money.put("bytes_metered_by_client", ours.billedBytes());
        }
        money.put("bytes_metered_by_provider", theirs.billedBytes());
        money.put("vouchers", theirs.vouchers());
        money.put("paid", books.claimed().decimal());
        money.put("refunded", books.refunded().decimal());
        money.put("settlements", books.settlements());
        return money;
    }
}
