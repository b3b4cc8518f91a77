package org.flowshield.node.ledger.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.ChannelRecord.Status;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord;
import org.flowshield.node.ledger.SessionRecord.End;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.sqlite.VoucherLog.Anchor;
import org.flowshield.node.ledger.sqlite.VoucherRow.Head;

/**
 * Compares the database with itself and with the log of vouchers, before anything is built on them.
 *
 * <p>Put right is what a crash or a cut-off file leaves: vouchers that only one of the two has, and
 * sessions that nobody ended. Anything else that is not as it was written is a {@link
 * DamageException}: then people decide. Used once, by one thread.
 */
final class Recovery {

    /** Slots read from the log at once: some 64 KiB. */
    private static final int CHUNK = 256;

    static final String CUT_OFF = "the node stopped in the middle of it";

    private record ChannelOf(ChannelId id, Side side) {}

    private record Highest(TokenAmount cumulative, long bytes) {}

    private final Database database;
    private final Tables tables;
    private final VoucherLog log;
    private final Book book;

    private final List<String> repairs = new ArrayList<>();
    private final Map<ChannelOf, ChannelRecord> channels = new HashMap<>();
    private final Map<ChannelOf, Highest> highest = new HashMap<>();

    /** What was paid in the sessions that were not ended, and when last. */
    private final Map<Long, SessionRecord> running = new HashMap<>();

    private Head head = Head.EMPTY;
    private byte[] chunk = {};
    private long chunkFrom = 1;
    private final List<Slot> rewritten = new ArrayList<>();
    private long rewrittenCount;

    Recovery(Database database, VoucherLog log, Clock clock) {
        this.database = database;
        this.tables = database.tables();
        this.log = log;
        this.book = new Book(clock, tables.caps());
    }

    /**
     * Checks everything.
     *
     * @throws DamageException if it is not what was written
     */
    void run() throws SQLException, IOException {
        database.requireSound();
        tables.eachChannel(
                channel -> channels.put(new ChannelOf(channel.id(), channel.side()), channel));
        tables.eachSession(_ -> {});
        boolean fresh = log.isEmpty() && tables.changes() == 0;
        Anchor anchor = log.anchor();
        restoreFromLog(anchor);
        tables.runningSessions().forEach(session -> running.put(session.id().value(), session));
        tables.eachVoucher(this::check);
        writeChunk();
        reconcile(anchor, fresh);
        endSessions();
    }

    /** The sums over what was found. */
    Book book() {
        return book;
    }

    /** What was put right, a sentence each. */
    List<String> repairs() {
        return repairs;
    }

    // ------------------------------------------------------------ what the database lost

    private void restoreFromLog(Anchor anchor) throws SQLException, IOException {
        Head found = tables.head();
        long inLog = log.slots();
        if (inLog <= found.seq()) {
            return;
        }
        database.begin();
        Head restored = found;
        while (restored.seq() < inLog) {
            try {
                Slot slot = Slot.decode(log.slots(restored.seq() + 1, 1), restored);
                restore(slot);
                restored = slot.row().head();
            } catch (DamageException e) {
                if (restored.seq() < anchor.seq()) {
                    database.rollback();
                    throw e;
                }
                break; // its flush did not end, so nobody was told that it is there
            }
        }
        database.commit();
        log.truncateAfter(restored.seq());
        if (restored.seq() > found.seq()) {
            repairs.add(
                    "the database had lost its last %d vouchers: they were restored from vouchers.log"
                            .formatted(restored.seq() - found.seq()));
        }
    }

    private void restore(Slot slot) {
        ChannelOf of = new ChannelOf(slot.row().signed().voucher().channel(), slot.row().side());
        if (!channels.containsKey(of)) {
            ChannelRecord channel =
                    new ChannelRecord(
                            slot.key(),
                            slot.domain(),
                            slot.row().side(),
                            Optional.empty(),
                            Bytes32.ZERO,
                            TokenAmount.ZERO,
                            TokenAmount.ZERO,
                            0,
                            Status.OPEN,
                            Optional.empty());
            tables.put(channel);
            channels.put(of, channel);
        }
        if (tables.session(slot.row().session()).isEmpty()) {
            SessionId id = new SessionId(slot.row().session());
            tables.put(
                    new SessionRecord(
                            id,
                            id,
                            of.id(),
                            of.side(),
                            Optional.empty(),
                            slot.row().at(),
                            TokenAmount.ZERO,
                            Metered.NOTHING,
                            Metered.NOTHING,
                            Optional.empty()));
        }
        tables.add(slot.row());
    }

    // ------------------------------------------------------------ each voucher

    private void check(VoucherRow row) {
        if (row.seq() != head.seq() + 1 || !row.previous().equals(head.hash())) {
            throw new DamageException(
                    "the chain of vouchers is broken",
                    "ledger.db, table vouchers, between %d and %d"
                            .formatted(head.seq(), row.seq()));
        }
        head = row.head();
        Voucher voucher = row.signed().voucher();
        ChannelOf of = new ChannelOf(voucher.channel(), row.side());
        ChannelRecord channel = channels.get(of);
        Highest before = highest.getOrDefault(of, new Highest(TokenAmount.ZERO, 0));
        if (channel == null
                || !voucher.cumulative().isMoreThan(before.cumulative())
                || voucher.bytesServed() < before.bytes()) {
            throw new DamageException(
                    "a voucher does not fit its channel",
                    "ledger.db, table vouchers, row " + row.seq());
        }
        TokenAmount more = voucher.cumulative().minus(before.cumulative());
        highest.put(of, new Highest(voucher.cumulative(), voucher.bytesServed()));
        book.add(
                row.side(),
                new SessionId(row.session()),
                row.at(),
                more,
                voucher.bytesServed() - before.bytes());
        running.computeIfPresent(
                row.session(), (_, session) -> cutOff(session.plus(more), row.at()));
        compare(new Slot(channel.key(), channel.domain(), row));
    }

    private static SessionRecord cutOff(SessionRecord session, Instant at) {
        return session.ended(new End(at, CUT_OFF));
    }

    // ------------------------------------------------------------ what the log lost

    private void compare(Slot slot) {
        long seq = slot.row().seq();
        int offset = Math.toIntExact((seq - chunkFrom) * Slot.LENGTH);
        if (offset >= CHUNK * Slot.LENGTH || seq == 1) {
            chunkFrom = seq;
            chunk = log.slots(seq, CHUNK);
            offset = 0;
        }
        byte[] expected = slot.encode();
        int end = offset + Slot.LENGTH;
        if (end > chunk.length || !Arrays.equals(expected, 0, Slot.LENGTH, chunk, offset, end)) {
            boolean apart = !rewritten.isEmpty() && rewritten.getLast().row().seq() != seq - 1;
            if (apart || rewritten.size() == CHUNK) {
                writeChunk();
            }
            rewritten.add(slot);
        }
    }

    private void writeChunk() {
        try {
            log.write(rewritten);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rewrittenCount += rewritten.size();
        rewritten.clear();
    }

    // ------------------------------------------------------------ both

    private void reconcile(Anchor anchor, boolean fresh) throws SQLException, IOException {
        if (anchor.seq() > head.seq()) {
            throw new DamageException(
                    "the last %d acknowledged vouchers are in neither copy"
                            .formatted(anchor.seq() - head.seq()),
                    "ledger.db and vouchers.log, voucher " + (head.seq() + 1));
        }
        long changes = tables.changes();
        if (anchor.changes() > changes) {
            database.begin();
            tables.setChanges(anchor.changes());
            database.commit();
            repairs.add(
                    ("the database had lost its last %d changes: no voucher is missing, but look at"
                                    + " the spending caps, and whether channels and claims are what"
                                    + " the chain says")
                            .formatted(anchor.changes() - changes));
            changes = anchor.changes();
        }
        boolean sound =
                log.hasHeader()
                        && log.endsEvenly()
                        && log.slots() == head.seq()
                        && log.hasSoundAnchors(changes)
                        && rewrittenCount == 0
                        && anchor.changes() == changes;
        if (sound) {
            return;
        }
        log.writeHeader();
        log.truncateAfter(head.seq());
        if (changes > 0) {
            log.write(new Anchor(changes - 1, head.seq()));
            log.write(new Anchor(changes, head.seq()));
        }
        log.flush();
        if (!fresh) {
            repairs.add(
                    "vouchers.log was behind the database or damaged: it was completed from it (%d vouchers)"
                            .formatted(rewrittenCount));
        }
    }

    private void endSessions() throws SQLException {
        if (running.isEmpty()) {
            return;
        }
        database.begin();
        for (SessionRecord session : running.values()) {
            tables.put(session.end().isPresent() ? session : cutOff(session, session.started()));
        }
        database.commit();
        repairs.add(
                "%d sessions that the node had stopped in the middle of were ended"
                        .formatted(running.size()));
    }
}
