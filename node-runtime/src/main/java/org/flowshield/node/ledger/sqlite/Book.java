package org.flowshield.node.ledger.sqlite;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.ledger.DailySum;
import org.flowshield.node.ledger.Reservation;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.Spending;
import org.flowshield.node.ledger.SpendingCaps;
import org.flowshield.node.ledger.SpendingCaps.Period;
import org.flowshield.node.ledger.SpendingDecision;
import org.flowshield.node.ledger.SpendingDecision.CapReached;
import org.flowshield.node.ledger.SpendingDecision.Reserved;

/**
 * The sums over the vouchers that are on the disk, and what is reserved for those that are about to
 * be. Made from the vouchers at each start, so that it can't contradict them. Knows no files. Safe
 * for use by any thread.
 */
final class Book {

    /**
     * Each session needs one at a time, and a node has a handful: more are a leak, which shows here
     * rather than as a cap reached too early.
     */
    private static final int MAX_RESERVATIONS = 1024;

    private record Day(TokenAmount amount, long bytes) {

        static final Day EMPTY = new Day(TokenAmount.ZERO, 0);

        Day plus(TokenAmount more, long moreBytes) {
            return new Day(amount.plus(more), bytes + moreBytes);
        }
    }

    /** A session that runs, and what is not yet on the disk of it. */
    private static final class Running {
        final SessionId first;
        TokenAmount paid = TokenAmount.ZERO;
        Metered ours = Metered.NOTHING;
        Metered theirs = Metered.NOTHING;
        boolean metered;

        Running(SessionId first) {
            this.first = first;
        }
    }

    private final Clock clock;
    private final NavigableMap<LocalDate, Day> spent = new TreeMap<>();
    private final NavigableMap<LocalDate, Day> earned = new TreeMap<>();
    private final Map<SessionId, Running> running = new HashMap<>();

    /** Paid in the sessions that are over, of those that another goes on with. */
    private final Map<SessionId, TokenAmount> before = new HashMap<>();

    private final Set<Held> held = new HashSet<>();
    private SpendingCaps caps;

    Book(Clock clock, SpendingCaps caps) {
        this.clock = clock;
        this.caps = caps;
    }

    private NavigableMap<LocalDate, Day> days(Side side) {
        return switch (side) {
            case PAYER -> spent;
            case PAYEE -> earned;
        };
    }

    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    // ------------------------------------------------------------ caps

    synchronized SpendingCaps caps() {
        return caps;
    }

    synchronized void setCaps(SpendingCaps newCaps) {
        caps = newCaps;
    }

    // ------------------------------------------------------------ sessions

    /**
     * @param paidBefore in the sessions before a failover that are over
     */
    synchronized void begin(SessionId session, SessionId first, TokenAmount paidBefore) {
        boolean alone = running.values().stream().noneMatch(other -> other.first.equals(first));
        if (alone) {
            before.put(first, paidBefore);
        }
        running.put(session, new Running(first));
    }

    synchronized boolean isRunning(SessionId session) {
        return running.containsKey(session);
    }

    synchronized void end(SessionId session) {
        Running over = running.remove(session);
        if (over == null) {
            return;
        }
        boolean last = running.values().stream().noneMatch(other -> other.first.equals(over.first));
        if (last) {
            before.remove(over.first);
        } else {
            before.merge(over.first, over.paid, TokenAmount::plus);
        }
    }

    synchronized void meter(SessionId session, Metered ours, Metered theirs) {
        Running metered = require(session);
        metered.ours = ours;
        metered.theirs = theirs;
        metered.metered = true;
    }

    /** The meters of a session as they are now, if the disk has older ones. */
    synchronized Optional<Meters> unwritten(SessionId session) {
        Running metered = running.get(session);
        return metered == null || !metered.metered
                ? Optional.empty()
                : Optional.of(new Meters(metered.ours, metered.theirs));
    }

    /** They are on the disk now; newer ones may have come meanwhile. */
    synchronized void written(SessionId session, Meters meters) {
        Running metered = running.get(session);
        if (metered != null && meters.equals(new Meters(metered.ours, metered.theirs))) {
            metered.metered = false;
        }
    }

    /** What both sides metered. Immutable. */
    record Meters(Metered ours, Metered theirs) {}

    /** Paid in a session that runs. */
    synchronized Optional<TokenAmount> paid(SessionId session) {
        return Optional.ofNullable(running.get(session)).map(found -> found.paid);
    }

    private Running require(SessionId session) {
        Running found = running.get(session);
        if (found == null) {
            throw new IllegalArgumentException("session " + session + " does not run");
        }
        return found;
    }

    // ------------------------------------------------------------ vouchers

    /** A voucher is on the disk. */
    synchronized void add(Side side, SessionId session, Instant at, TokenAmount more, long bytes) {
        days(side)
                .merge(
                        day(at),
                        Day.EMPTY.plus(more, bytes),
                        (a, b) -> a.plus(b.amount(), b.bytes()));
        Running paying = running.get(session);
        if (paying != null) {
            paying.paid = paying.paid.plus(more);
        }
    }

    synchronized SpendingDecision reserve(SessionId session, TokenAmount amount) {
        Running spending = require(session);
        Instant now = clock.instant();
        Spending spent = spending(spending.first, now);
        for (Period period : Period.values()) {
            Optional<TokenAmount> cap = caps.of(period);
            if (cap.isPresent() && spent.of(period).plus(amount).isMoreThan(cap.get())) {
                return new CapReached(period, cap.get(), spent.of(period), end(period, now));
            }
        }
        if (held.size() >= MAX_RESERVATIONS) {
            throw new IllegalStateException(
                    "more than " + MAX_RESERVATIONS + " reservations are neither used nor closed");
        }
        Held reserved = new Held(session, spending.first, amount);
        held.add(reserved);
        return new Reserved(reserved);
    }

    private static Optional<Instant> end(Period period, Instant now) {
        return switch (period) {
            case SESSION -> Optional.empty();
            case DAY -> Optional.of(day(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            case MONTH ->
                    Optional.of(
                            YearMonth.from(day(now))
                                    .plusMonths(1)
                                    .atDay(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant());
        };
    }

    synchronized Spending spending(SessionId session) {
        return spending(require(session).first, clock.instant());
    }

    /** The sums of the day and the month, and of the sessions that go on with one that is over. */
    synchronized Spending spendingAfter(TokenAmount inSession) {
        return withDays(inSession, clock.instant());
    }

    private Spending spending(SessionId first, Instant now) {
        TokenAmount session = before.getOrDefault(first, TokenAmount.ZERO);
        for (Running one : running.values()) {
            session = one.first.equals(first) ? session.plus(one.paid) : session;
        }
        for (Held one : held) {
            session = one.first.equals(first) ? session.plus(one.amount) : session;
        }
        return withDays(session, now);
    }

    private Spending withDays(TokenAmount session, Instant now) {
        LocalDate today = day(now);
        TokenAmount reserved = TokenAmount.ZERO;
        for (Held one : held) {
            reserved = reserved.plus(one.amount);
        }
        TokenAmount month = reserved;
        YearMonth current = YearMonth.from(today);
        for (Day one :
                spent.subMap(current.atDay(1), true, current.atEndOfMonth(), true).values()) {
            month = month.plus(one.amount());
        }
        return new Spending(
                session, spent.getOrDefault(today, Day.EMPTY).amount().plus(reserved), month);
    }

    synchronized List<DailySum> daily(Side side, LocalDate from, LocalDate to) {
        return days(side).subMap(from, true, to, true).entrySet().stream()
                .map(
                        day ->
                                new DailySum(
                                        day.getKey(),
                                        day.getValue().amount(),
                                        day.getValue().bytes()))
                .toList();
    }

    private synchronized void release(Held reservation) {
        held.remove(reservation);
    }

    private synchronized boolean holds(Held reservation) {
        return held.contains(reservation);
    }

    /** A reservation of a book. */
    final class Held implements Reservation {

        private final SessionId session;
        private final SessionId first;
        private final TokenAmount amount;

        private Held(SessionId session, SessionId first, TokenAmount amount) {
            this.session = session;
            this.first = first;
            this.amount = amount;
        }

        @Override
        public SessionId session() {
            return session;
        }

        @Override
        public TokenAmount amount() {
            return amount;
        }

        /** Whether it is of this book and neither used nor closed. */
        boolean isOpenIn(Book book) {
            return book == Book.this && holds(this);
        }

        @Override
        public void close() {
            release(this);
        }
    }
}
