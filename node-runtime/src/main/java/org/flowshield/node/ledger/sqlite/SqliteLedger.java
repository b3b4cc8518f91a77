package org.flowshield.node.ledger.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.Acceptance.Added;
import org.flowshield.node.ledger.Acceptance.AlreadyHeld;
import org.flowshield.node.ledger.Acceptance.NotHigher;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.DailySum;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.Reservation;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord;
import org.flowshield.node.ledger.SessionRecord.End;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.SettlementRecord;
import org.flowshield.node.ledger.SettlementRecord.Part;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.Spending;
import org.flowshield.node.ledger.SpendingCaps;
import org.flowshield.node.ledger.SpendingDecision;
import org.flowshield.node.ledger.sqlite.Book.Held;
import org.flowshield.node.ledger.sqlite.Book.Meters;
import org.flowshield.node.ledger.sqlite.CommitLoop.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A ledger in a folder of its own: a SQLite database that flushes each commit, and a log with a
 * second copy of every voucher. Safe for use by any thread.
 */
public final class SqliteLedger implements Ledger {

    private final LedgerFiles files;
    private final Database database;
    private final VoucherLog log;
    private final Clock clock;
    private final Book book;
    private final CommitLoop loop;

    private SqliteLedger(
            LedgerFiles files, Database database, VoucherLog log, Clock clock, Book book) {
        this.files = files;
        this.database = database;
        this.log = log;
        this.clock = clock;
        this.book = book;
        this.loop = new CommitLoop(database, log, files.database());
    }

    /**
     * Opens the ledger in a folder, which is made if there is none, and checks all that is in it.
     *
     * @param clock tells when vouchers were recorded, and which day it is
     * @throws LedgerException if it can't be opened: in use, no permission, a newer version's
     */
    public static Opening open(Path folder, Clock clock) throws LedgerException {
        return open(folder, clock, Durability.FULL, Database.CHECKPOINT_PAGES);
    }

    /**
     * Makes the database anew out of the log of vouchers, as far as that is sound. The damaged one
     * is moved into a folder beside it. Channels are known by their keys afterwards and no more:
     * the chain tells the rest; sessions, settlements and caps are gone.
     *
     * @throws LedgerException if it can't be opened or moved
     */
    public static Opening rebuild(Path folder, Clock clock) throws LedgerException {
        try (LedgerFiles files = LedgerFiles.hold(folder)) {
            files.setDatabaseAside(clock.instant());
        }
        return open(
                folder, clock, Durability.FULL, Database.CHECKPOINT_PAGES, Recovery.Mode.REBUILD);
    }

    static Opening open(Path folder, Clock clock, Durability durability, int checkpointPages)
            throws LedgerException {
        return open(folder, clock, durability, checkpointPages, Recovery.Mode.CHECK);
    }

    private static Opening open(
            Path folder,
            Clock clock,
            Durability durability,
            int checkpointPages,
            Recovery.Mode mode)
            throws LedgerException {
        LedgerFiles files = LedgerFiles.hold(folder);
        VoucherLog log = null;
        Database database = null;
        boolean opened = false;
        try {
            files.makeFiles();
            log = VoucherLog.open(files.log(), durability);
            if (mode == Recovery.Mode.CHECK) {
                requireDatabaseOf(log, files);
            }
            database = Database.open(files.database(), durability, checkpointPages);
            Recovery recovery = new Recovery(database, log, clock, mode);
            recovery.run();
            SqliteLedger ledger = new SqliteLedger(files, database, log, clock, recovery.book());
            ledger.loop.start();
            opened = true;
            return recovery.repairs().isEmpty()
                    ? new Opening.Sound(ledger)
                    : new Opening.Repaired(ledger, recovery.repairs());
        } catch (DamageException e) {
            return damaged(e.what(), e.where(), folder);
        } catch (IOException e) {
            throw Failures.ofFile(e, folder);
        } catch (UncheckedIOException e) {
            throw Failures.ofFile(new IOException(e), folder);
        } catch (SQLException | RuntimeException e) {
            SQLException sql = Failures.sqlIn(e);
            if (sql == null) {
                throw new IllegalStateException("the ledger could not be opened", e);
            }
            if (Failures.isDamage(sql)) {
                return damaged(String.valueOf(sql.getMessage()), "ledger.db", folder);
            }
            throw Failures.of(sql, files.database());
        } finally {
            if (!opened) {
                close(database, log, files);
            }
        }
    }

    /** A log that has vouchers beside a database that is empty: somebody removed the database. */
    private static void requireDatabaseOf(VoucherLog log, LedgerFiles files) {
        if (log.anchor().changes() > 0 && files.database().toFile().length() == 0) {
            throw new DamageException("the database is gone", "ledger.db");
        }
    }

    private static Opening damaged(String what, String where, Path folder) {
        return new Opening.Damaged(
                what,
                where,
                "copy the folder "
                        + folder
                        + " away and check the disk's health; then `flowshield ledger rebuild`"
                        + " makes a new database of vouchers.log, the second copy of every"
                        + " voucher");
    }

    // ------------------------------------------------------------ channels

    @Override
    public void put(ChannelRecord channel) throws LedgerException {
        boolean _ =
                loop.call(
                        transaction -> {
                            transaction.tables().put(kept(transaction.tables(), channel));
                            transaction.changed();
                            return true;
                        });
    }

    /** That its end was signed is not forgotten because the chain does not know it yet. */
    private static ChannelRecord kept(Tables tables, ChannelRecord channel) {
        boolean agreed =
                channel.status() == ChannelRecord.Status.OPEN
                        && tables.channel(channel.id(), channel.side())
                                .filter(r -> r.status() == ChannelRecord.Status.AGREED)
                                .isPresent();
        return agreed ? channel.agreed() : channel;
    }

    @Override
    public Optional<ChannelRecord> channel(ChannelId id, Side side) throws LedgerException {
        return loop.call(transaction -> transaction.tables().channel(id, side));
    }

    @Override
    public List<ChannelRecord> channels(Side side) throws LedgerException {
        return loop.call(transaction -> transaction.tables().openChannels(side));
    }

    // ------------------------------------------------------------ sessions

    @Override
    public SessionId begin(
            ChannelId channel, Side side, Optional<PeerId> peer, Optional<SessionId> continued)
            throws LedgerException {
        return loop.call(
                transaction -> {
                    Tables tables = transaction.tables();
                    if (tables.channel(channel, side).isEmpty()) {
                        throw new IllegalArgumentException(
                                "channel " + channel + " is not in the ledger");
                    }
                    Optional<SessionId> before = continued.map(id -> require(tables, id).first());
                    SessionId id = new SessionId(tables.nextSession());
                    SessionId first = before.orElse(id);
                    tables.put(
                            new SessionRecord(
                                    id,
                                    first,
                                    channel,
                                    side,
                                    peer,
                                    clock.instant(),
                                    TokenAmount.ZERO,
                                    Metered.NOTHING,
                                    Metered.NOTHING,
                                    Optional.empty()));
                    TokenAmount paid = paidInEnded(tables, first);
                    transaction.changed();
                    transaction.then(() -> book.begin(id, first, paid));
                    return id;
                });
    }

    private static SessionRecord require(Tables tables, SessionId id) {
        return tables.session(id.value())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "session " + id + " is not in the ledger"));
    }

    /** Paid in the sessions that go on with one another and are over. */
    private static TokenAmount paidInEnded(Tables tables, SessionId first) {
        return tables.sessionsFrom(first).stream()
                .map(SessionRecord::paid)
                .reduce(TokenAmount.ZERO, TokenAmount::plus);
    }

    @Override
    public void meter(SessionId session, Metered ours, Metered theirs) throws LedgerException {
        loop.requireWorking();
        book.meter(session, ours, theirs);
    }

    @Override
    public void end(SessionId session, Metered ours, Metered theirs, String reason)
            throws LedgerException {
        boolean _ =
                loop.call(
                        transaction -> {
                            Tables tables = transaction.tables();
                            SessionRecord record = current(require(tables, session));
                            if (record.end().isEmpty()) {
                                tables.put(
                                        record.metered(ours, theirs)
                                                .ended(new End(clock.instant(), reason)));
                                transaction.changed();
                                transaction.then(() -> book.end(session));
                            }
                            return true;
                        });
    }

    /** With what only the book knows of a session that runs. */
    private SessionRecord current(SessionRecord session) {
        SessionRecord paid = book.paid(session.id()).map(sum -> session.plus(sum)).orElse(session);
        return book.unwritten(session.id())
                .map(meters -> paid.metered(meters.ours(), meters.theirs()))
                .orElse(paid);
    }

    @Override
    public Optional<SessionRecord> session(SessionId id) throws LedgerException {
        return loop.call(
                transaction -> transaction.tables().session(id.value()).map(this::current));
    }

    @Override
    public List<SessionRecord> sessions(int limit) throws LedgerException {
        return loop.call(
                transaction ->
                        transaction.tables().latestSessions(limit).stream()
                                .map(this::current)
                                .toList());
    }

    // ------------------------------------------------------------ vouchers

    @Override
    public Acceptance accept(SessionId session, SignedVoucher voucher) throws LedgerException {
        return loop.call(
                transaction -> {
                    SessionRecord to = require(transaction.tables(), session);
                    requireFit(to, voucher.voucher(), Side.PAYEE);
                    return add(transaction, to, voucher);
                });
    }

    @Override
    public SpendingDecision reserve(SessionId session, TokenAmount amount) throws LedgerException {
        loop.requireWorking();
        return book.reserve(session, amount);
    }

    @Override
    public Acceptance record(Reservation reservation, SignedVoucher voucher)
            throws LedgerException {
        if (!(reservation instanceof Held held) || !held.isOpenIn(book)) {
            throw new IllegalArgumentException("the reservation was used or closed already");
        }
        return loop.call(
                transaction -> {
                    Tables tables = transaction.tables();
                    SessionRecord from = require(tables, held.session());
                    requireFit(from, voucher.voucher(), Side.PAYER);
                    TokenAmount before = cumulative(tables, from);
                    if (voucher.voucher().cumulative().isMoreThan(before.plus(held.amount()))) {
                        throw new IllegalArgumentException(
                                "the voucher promises more than the "
                                        + held.amount()
                                        + " that were reserved for it");
                    }
                    transaction.then(held::close);
                    return add(transaction, from, voucher);
                });
    }

    private static void requireFit(SessionRecord session, Voucher voucher, Side side) {
        if (session.side() != side) {
            throw new IllegalArgumentException(
                    "in session " + session.id() + " this node is the " + session.side());
        }
        if (!session.channel().equals(voucher.channel())) {
            throw new IllegalArgumentException(
                    "the voucher is of channel "
                            + voucher.channel()
                            + ", session "
                            + session.id()
                            + " of "
                            + session.channel());
        }
    }

    private static TokenAmount cumulative(Tables tables, SessionRecord session) {
        return tables.highest(session.channel(), session.side())
                .map(row -> row.signed().voucher().cumulative())
                .orElse(TokenAmount.ZERO);
    }

    private Acceptance add(Transaction transaction, SessionRecord session, SignedVoucher signed) {
        Tables tables = transaction.tables();
        Voucher voucher = signed.voucher();
        Optional<VoucherRow> found = tables.highest(session.channel(), session.side());
        TokenAmount before = TokenAmount.ZERO;
        long bytesBefore = 0;
        if (found.isPresent()) {
            SignedVoucher highest = found.get().signed();
            before = highest.voucher().cumulative();
            bytesBefore = highest.voucher().bytesServed();
            if (highest.equals(signed)) {
                return new AlreadyHeld();
            }
            if (!voucher.cumulative().isMoreThan(before) || voucher.bytesServed() < bytesBefore) {
                return new NotHigher(highest);
            }
        } else if (voucher.cumulative().isZero()) {
            throw new IllegalArgumentException("a voucher of nothing is not worth keeping");
        }
        ChannelRecord channel =
                tables.channel(session.channel(), session.side())
                        .orElseThrow(
                                () ->
                                        new DamageException(
                                                "a session without its channel",
                                                "ledger.db, table sessions, row " + session.id()));
        VoucherRow row =
                VoucherRow.after(
                        transaction.head(),
                        session.side(),
                        session.id().value(),
                        signed,
                        clock.instant());
        transaction.add(new Slot(channel.key(), channel.domain(), row));
        TokenAmount more = voucher.cumulative().minus(before);
        writeSession(transaction, session, more);
        long bytes = voucher.bytesServed() - bytesBefore;
        transaction.then(() -> book.add(row.side(), session.id(), row.at(), more, bytes));
        return new Added(more);
    }

    /** What goes with a voucher into the row of its session. */
    private void writeSession(Transaction transaction, SessionRecord session, TokenAmount more) {
        if (!book.isRunning(session.id())) {
            transaction.tables().put(session.plus(more)); // it came after the end, and is money
            return;
        }
        Optional<Meters> meters = book.unwritten(session.id());
        if (meters.isPresent()) {
            transaction.tables().put(session.metered(meters.get().ours(), meters.get().theirs()));
            transaction.then(() -> book.written(session.id(), meters.get()));
        }
    }

    @Override
    public Optional<SignedVoucher> latest(ChannelId channel, Side side) throws LedgerException {
        return loop.call(
                transaction -> transaction.tables().highest(channel, side).map(VoucherRow::signed));
    }

    // ------------------------------------------------------------ settlements

    @Override
    public SettlementRecord begin(List<Part> parts, Sent transaction) throws LedgerException {
        return loop.call(
                work -> {
                    SettlementTables tables = work.tables().settlements();
                    SettlementRecord settlement =
                            new SettlementRecord(
                                    tables.next(),
                                    parts,
                                    transaction,
                                    SettlementRecord.State.SIGNED,
                                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                                    Optional.empty(),
                                    Wei.ZERO,
                                    "");
                    tables.put(settlement);
                    work.changed();
                    return settlement;
                });
    }

    @Override
    public void put(SettlementRecord settlement) throws LedgerException {
        boolean _ =
                loop.call(
                        transaction -> {
                            transaction.tables().settlements().put(settlement);
                            transaction.changed();
                            return true;
                        });
    }

    @Override
    public List<SettlementRecord> unfinishedSettlements() throws LedgerException {
        return loop.call(transaction -> transaction.tables().settlements().unfinished());
    }

    @Override
    public List<SettlementRecord> settlements(int limit) throws LedgerException {
        return loop.call(transaction -> transaction.tables().settlements().latest(limit));
    }

    @Override
    public SortedMap<LocalDate, TokenAmount> settled(LocalDate from, LocalDate to)
            throws LedgerException {
        Instant start = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = to.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return loop.call(transaction -> transaction.tables().settlements().settled(start, end));
    }

    // ------------------------------------------------------------ sums

    @Override
    public SpendingCaps caps() throws LedgerException {
        loop.requireWorking();
        return book.caps();
    }

    @Override
    public void setCaps(SpendingCaps caps) throws LedgerException {
        boolean _ =
                loop.call(
                        transaction -> {
                            transaction.tables().put(caps);
                            transaction.changed();
                            transaction.then(() -> book.setCaps(caps));
                            return true;
                        });
    }

    @Override
    public Spending spending(SessionId session) throws LedgerException {
        if (book.isRunning(session)) {
            loop.requireWorking();
            return book.spending(session);
        }
        return book.spendingAfter(
                loop.call(
                        transaction ->
                                paidInEnded(
                                        transaction.tables(),
                                        require(transaction.tables(), session).first())));
    }

    @Override
    public List<DailySum> daily(Side side, LocalDate from, LocalDate to) throws LedgerException {
        loop.requireWorking();
        return book.daily(side, from, to);
    }

    @Override
    public void close() {
        loop.close();
        close(database, log, files);
    }

    private static void close(
            @Nullable Database database, @Nullable VoucherLog log, LedgerFiles files) {
        try {
            if (database != null) {
                database.close();
            }
        } finally {
            try {
                if (log != null) {
                    log.close();
                }
            } finally {
                files.close();
            }
        }
    }
}
