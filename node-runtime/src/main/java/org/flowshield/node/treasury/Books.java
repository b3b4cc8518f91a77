package org.flowshield.node.treasury;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.DailySum;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.SessionRecord;
import org.flowshield.node.ledger.Side;

/** What the ledger says, in the words of the API. Any thread; waits for the disk. */
final class Books {

    /** Before the first voucher of anybody. */
    private static final LocalDate BEGINNING = LocalDate.EPOCH;

    /** The present session is one of the newest. */
    private static final int NEWEST = 16;

    /** A busy provider's year; days beyond are told without their sessions. */
    private static final int MOST_SESSIONS = 100_000;

    private final Ledger ledger;
    private final Clock clock;

    Books(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    // ---- sums ----

    TokenAmount ever(Side side) throws LedgerException {
        return sum(ledger.daily(side, BEGINNING, today()));
    }

    private static TokenAmount sum(List<DailySum> days) {
        return days.stream().map(DailySum::amount).reduce(TokenAmount.ZERO, TokenAmount::plus);
    }

    Spending spending() throws LedgerException {
        LocalDate today = today();
        LocalDate month = today.withDayOfMonth(1);
        List<DailySum> days = ledger.daily(Side.PAYER, month, today);
        TokenAmount session = TokenAmount.ZERO;
        Optional<SessionRecord> present = present();
        if (present.isPresent()) {
            session = ledger.spending(present.orElseThrow().id()).session();
        }
        return new Spending(
                caps(),
                session,
                sum(days.stream().filter(day -> day.day().equals(today)).toList()),
                sum(days),
                beginning(today.plusDays(1)),
                beginning(month.plusMonths(1)));
    }

    private static Instant beginning(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The session that is paid for now. */
    private Optional<SessionRecord> present() throws LedgerException {
        return ledger.sessions(NEWEST).stream()
                .filter(session -> session.side() == Side.PAYER && session.end().isEmpty())
                .findFirst();
    }

    private SpendingCaps caps() throws LedgerException {
        var caps = ledger.caps();
        return new SpendingCaps(
                caps.perSession().orElseThrow(),
                caps.perDay().orElseThrow(),
                caps.perMonth().orElseThrow());
    }

    void cap(SpendingCaps caps) throws LedgerException {
        ledger.setCaps(
                new org.flowshield.node.ledger.SpendingCaps(
                        Optional.of(caps.perSession()),
                        Optional.of(caps.perDay()),
                        Optional.of(caps.perMonth())));
    }

    Earnings earnings(int days) throws LedgerException {
        LocalDate today = today();
        LocalDate from = today.minusDays(days - 1L);
        Map<LocalDate, Earnings.Day> all = new TreeMap<>();
        Map<LocalDate, TokenAmount> settled = ledger.settled(from, today);
        Map<LocalDate, Integer> sessions = sessions();
        for (DailySum day : ledger.daily(Side.PAYEE, from, today)) {
            all.put(
                    day.day(),
                    new Earnings.Day(
                            day.day(),
                            day.amount(),
                            settled.getOrDefault(day.day(), TokenAmount.ZERO),
                            day.bytes(),
                            sessions.getOrDefault(day.day(), 0)));
        }
        settled.forEach(
                (day, amount) ->
                        all.computeIfAbsent(
                                day, _ -> new Earnings.Day(day, TokenAmount.ZERO, amount, 0, 0)));
        TokenAmount earned = ever(Side.PAYEE);
        TokenAmount unsettled = unsettled();
        return new Earnings(
                new ArrayList<>(all.values()).reversed(),
                earned,
                settled(earned, unsettled),
                unsettled,
                null);
    }

    /** What was paid out, by settlements and by the ends of channels. */
    TokenAmount settled() throws LedgerException {
        return settled(ever(Side.PAYEE), unsettled());
    }

    private static TokenAmount settled(TokenAmount earned, TokenAmount unsettled) {
        return unsettled.isMoreThan(earned) ? TokenAmount.ZERO : earned.minus(unsettled);
    }

    /** What vouchers promise and the chain has not paid out. */
    private TokenAmount unsettled() throws LedgerException {
        TokenAmount sum = TokenAmount.ZERO;
        for (ChannelRecord channel : ledger.channels(Side.PAYEE)) {
            TokenAmount signed = signed(channel);
            sum = sum.plus(signed.minus(channel.claimed().min(signed)));
        }
        return sum;
    }

    private TokenAmount signed(ChannelRecord channel) throws LedgerException {
        return ledger.latest(channel.id(), channel.side())
                .map(voucher -> voucher.voucher().cumulative())
                .orElse(TokenAmount.ZERO)
                .max(channel.claimed());
    }

    /** By the day on which they began. */
    private Map<LocalDate, Integer> sessions() throws LedgerException {
        Map<LocalDate, Integer> counts = new HashMap<>();
        for (SessionRecord session : ledger.sessions(MOST_SESSIONS)) {
            if (session.side() == Side.PAYEE && !session.paid().isZero()) {
                LocalDate day = LocalDate.ofInstant(session.started(), ZoneOffset.UTC);
                int _ = counts.merge(day, 1, Integer::sum);
            }
        }
        return counts;
    }

    // ---- channels ----

    List<ChannelStatus> channels() throws LedgerException {
        List<ChannelStatus> all = new ArrayList<>();
        for (Side side : Side.values()) {
            for (ChannelRecord channel : ledger.channels(side)) {
                all.add(status(channel));
            }
        }
        return all;
    }

    ChannelStatus status(ChannelRecord channel) throws LedgerException {
        TokenAmount signed = signed(channel);
        return new ChannelStatus(
                channel.id(),
                switch (channel.side()) {
                    case PAYER -> ChannelStatus.Side.PAYER;
                    case PAYEE -> ChannelStatus.Side.PAYEE;
                },
                switch (channel.status()) {
                    case OPENING -> ChannelStatus.State.OPENING;
                    case OPEN -> ChannelStatus.State.OPEN;
                    case AGREED, CLOSING -> ChannelStatus.State.CLOSING;
                    case CLOSED -> ChannelStatus.State.CLOSED;
                },
                channel.key().payer(),
                channel.key().payee(),
                channel.peer().map(Object::toString).orElse(null),
                channel.deposit(),
                signed,
                channel.claimed(),
                signed.isMoreThan(channel.deposit())
                        ? TokenAmount.ZERO
                        : channel.deposit().minus(signed),
                channel.closesAt().orElse(null));
    }
}
