package org.flowshield.node.ledger.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord;
import org.flowshield.node.ledger.SessionRecord.End;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.SpendingCaps;
import org.flowshield.node.ledger.SpendingCaps.Period;
import org.flowshield.node.ledger.sqlite.VoucherRow.Head;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the database as values. Whatever is read is checked against its seal; what does not
 * match is a {@link DamageException}. Used by one thread.
 */
final class Tables {

    private static final String SET_CHANGES = "UPDATE ledger SET changes = ? WHERE id = 1";

    private static final String PUT_SESSION =
            """
            INSERT INTO sessions (id, first, channel, side, peer, started, paid, our_billable,
                our_unsolicited, their_billable, their_unsolicited, ended, reason, seal)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET paid = excluded.paid, our_billable = excluded.our_billable,
                our_unsolicited = excluded.our_unsolicited, their_billable = excluded.their_billable,
                their_unsolicited = excluded.their_unsolicited, ended = excluded.ended,
                reason = excluded.reason, seal = excluded.seal
            """;

    private static final String ADD_VOUCHER =
            """
            INSERT INTO vouchers (seq, channel, side, session, cumulative, bytes_served, signature, at,
                previous, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Handle handle;
    private final Statements statements;
    private final Recent recent = new Recent();
    private final SettlementTables settlements;

    /**
     * @param statements of the same connection
     */
    Tables(Handle handle, Statements statements) {
        this.handle = handle;
        this.statements = statements;
        this.settlements = new SettlementTables(handle);
    }

    SettlementTables settlements() {
        return settlements;
    }

    /** Nothing that was read or written stands for sure: a transaction was undone. */
    void forget() {
        recent.forget();
    }

    private void run(String sql, Statements.Values values) {
        try {
            statements.run(sql, values);
        } catch (SQLException e) {
            throw new IllegalStateException("the database did not take a row", e);
        }
    }

    // ------------------------------------------------------------ how many changes

    long changes() {
        return handle.createQuery("SELECT changes FROM ledger WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    void setChanges(long changes) {
        run(SET_CHANGES, values -> values.setLong(1, changes));
    }

    // ------------------------------------------------------------ how the tables are made

    /** The hash over the definitions of all tables as they are. */
    Bytes32 definitions() {
        Seal seal = new Seal("definitions");
        handle.createQuery("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")
                .map(
                        (row, _) ->
                                seal.put(row.getString("type"))
                                        .put(row.getString("name"))
                                        .put(String.valueOf(row.getString("sql"))))
                .forEach(_ -> {});
        return seal.hash();
    }

    /** The same as it was when they were last changed. */
    byte @Nullable [] writtenDefinitions() {
        return handle.createQuery("SELECT tables FROM ledger WHERE id = 1")
                .map((row, _) -> Optional.ofNullable(row.getBytes("tables")))
                .one()
                .orElse(null);
    }

    void setDefinitions() {
        handle.createUpdate("UPDATE ledger SET tables = :tables WHERE id = 1")
                .bind("tables", definitions().bytes())
                .execute();
    }

    // ------------------------------------------------------------ channels

    void put(ChannelRecord channel) {
        recent.written(channel);
        handle.createUpdate(
                        """
                        INSERT INTO channels (channel, side, chain, contract, payer, payee, signer, salt, peer,
                            offer_hash, deposit, claimed, opened_block, status, closes_at, seal)
                        VALUES (:channel, :side, :chain, :contract, :payer, :payee, :signer, :salt, :peer,
                            :offer, :deposit, :claimed, :opened, :status, :closes, :seal)
                        ON CONFLICT (channel, side) DO UPDATE SET peer = excluded.peer,
                            offer_hash = excluded.offer_hash, deposit = excluded.deposit,
                            claimed = excluded.claimed, opened_block = excluded.opened_block,
                            status = excluded.status, closes_at = excluded.closes_at, seal = excluded.seal
                        """)
                .bind("channel", channel.id().value().bytes())
                .bind("side", Seal.code(channel.side()))
                .bind("chain", channel.domain().chain().value())
                .bind("contract", channel.domain().contract().bytes())
                .bind("payer", channel.key().payer().bytes())
                .bind("payee", channel.key().payee().bytes())
                .bind("signer", channel.key().signer().bytes())
                .bind("salt", channel.key().salt().bytes())
                .bindByType("peer", bytes(channel.peer()), byte[].class)
                .bind("offer", channel.offerHash().bytes())
                .bind("deposit", Seal.encode(channel.deposit()))
                .bind("claimed", Seal.encode(channel.claimed()))
                .bind("opened", channel.openedBlock())
                .bind("status", channel.status().name())
                .bindByType("closes", millis(channel.closesAt()), Long.class)
                .bind("seal", seal(channel).bytes())
                .execute();
    }

    Optional<ChannelRecord> channel(ChannelId id, Side side) {
        return recent.channel(id, side, () -> readChannel(id, side));
    }

    private Optional<ChannelRecord> readChannel(ChannelId id, Side side) {
        return handle.createQuery(
                        "SELECT * FROM channels WHERE channel = :channel AND side = :side")
                .bind("channel", id.value().bytes())
                .bind("side", Seal.code(side))
                .map(sound("channels", Tables::channel))
                .findOne();
    }

    List<ChannelRecord> openChannels(Side side) {
        return handle.createQuery(
                        "SELECT * FROM channels WHERE side = :side AND status <> 'CLOSED' ORDER BY rowid")
                .bind("side", Seal.code(side))
                .map(sound("channels", Tables::channel))
                .list();
    }

    void eachChannel(Consumer<ChannelRecord> consumer) {
        handle.createQuery("SELECT * FROM channels")
                .map(sound("channels", Tables::channel))
                .forEach(consumer);
    }

    private static ChannelRecord channel(ResultSet row) throws SQLException {
        ChannelRecord channel =
                new ChannelRecord(
                        new ChannelKey(
                                new EvmAddress(row.getBytes("payer")),
                                new EvmAddress(row.getBytes("payee")),
                                new EvmAddress(row.getBytes("signer")),
                                new Bytes32(row.getBytes("salt"))),
                        new ChannelDomain(
                                new ChainId(row.getLong("chain")),
                                new EvmAddress(row.getBytes("contract"))),
                        Seal.side(row.getInt("side")),
                        peer(row),
                        new Bytes32(row.getBytes("offer_hash")),
                        Seal.amount(row.getBytes("deposit")),
                        Seal.amount(row.getBytes("claimed")),
                        row.getLong("opened_block"),
                        ChannelRecord.Status.valueOf(row.getString("status")),
                        time(row, "closes_at"));
        requireSeal(row, seal(channel));
        return channel;
    }

    private static Bytes32 seal(ChannelRecord channel) {
        return new Seal("channels")
                .put(channel.id().value().bytes())
                .put(channel.side())
                .putBytes(channel.peer().map(PeerId::bytes))
                .put(channel.offerHash().bytes())
                .put(channel.deposit())
                .put(channel.claimed())
                .put(channel.openedBlock())
                .put(channel.status().name())
                .putTime(channel.closesAt())
                .hash();
    }

    // ------------------------------------------------------------ sessions

    long nextSession() {
        return handle.createQuery("SELECT coalesce(max(id), 0) + 1 FROM sessions")
                .mapTo(Long.class)
                .one();
    }

    void put(SessionRecord session) {
        run(
                PUT_SESSION,
                values -> {
                    values.setLong(1, session.id().value());
                    values.setLong(2, session.first().value());
                    values.setBytes(3, session.channel().value().bytes());
                    values.setInt(4, Seal.code(session.side()));
                    values.setBytes(5, bytes(session.peer()));
                    values.setLong(6, session.started().toEpochMilli());
                    values.setBytes(7, Seal.encode(session.paid()));
                    values.setLong(8, session.ours().billable());
                    values.setLong(9, session.ours().unsolicited());
                    values.setLong(10, session.theirs().billable());
                    values.setLong(11, session.theirs().unsolicited());
                    values.setObject(12, millis(session.end().map(End::at)));
                    values.setString(13, session.end().map(End::reason).orElse(null));
                    values.setBytes(14, seal(session).bytes());
                });
        recent.written(session);
    }

    Optional<SessionRecord> session(long id) {
        return recent.session(id, () -> readSession(id));
    }

    private Optional<SessionRecord> readSession(long id) {
        return handle.createQuery("SELECT * FROM sessions WHERE id = :id")
                .bind("id", id)
                .map(sound("sessions", Tables::session))
                .findOne();
    }

    List<SessionRecord> latestSessions(int limit) {
        return handle.createQuery("SELECT * FROM sessions ORDER BY id DESC LIMIT :limit")
                .bind("limit", limit)
                .map(sound("sessions", Tables::session))
                .list();
    }

    List<SessionRecord> sessionsFrom(SessionId first) {
        return handle.createQuery("SELECT * FROM sessions WHERE first = :first")
                .bind("first", first.value())
                .map(sound("sessions", Tables::session))
                .list();
    }

    List<SessionRecord> runningSessions() {
        return handle.createQuery("SELECT * FROM sessions WHERE ended IS NULL")
                .map(sound("sessions", Tables::session))
                .list();
    }

    void eachSession(Consumer<SessionRecord> consumer) {
        handle.createQuery("SELECT * FROM sessions")
                .map(sound("sessions", Tables::session))
                .forEach(consumer);
    }

    private static SessionRecord session(ResultSet row) throws SQLException {
        SessionRecord session =
                new SessionRecord(
                        new SessionId(row.getLong("id")),
                        new SessionId(row.getLong("first")),
                        new ChannelId(new Bytes32(row.getBytes("channel"))),
                        Seal.side(row.getInt("side")),
                        peer(row),
                        Instant.ofEpochMilli(row.getLong("started")),
                        Seal.amount(row.getBytes("paid")),
                        new Metered(row.getLong("our_billable"), row.getLong("our_unsolicited")),
                        new Metered(
                                row.getLong("their_billable"), row.getLong("their_unsolicited")),
                        end(row));
        requireSeal(row, seal(session));
        return session;
    }

    private static Optional<End> end(ResultSet row) throws SQLException {
        Optional<Instant> at = time(row, "ended");
        String reason = row.getString("reason");
        return at.map(when -> new End(when, reason));
    }

    private static Bytes32 seal(SessionRecord session) {
        return new Seal("sessions")
                .put(session.id().value())
                .put(session.first().value())
                .put(session.channel().value().bytes())
                .put(session.side())
                .putBytes(session.peer().map(PeerId::bytes))
                .put(session.started())
                .put(session.paid())
                .put(session.ours().billable())
                .put(session.ours().unsolicited())
                .put(session.theirs().billable())
                .put(session.theirs().unsolicited())
                .putTime(session.end().map(End::at))
                .put(session.end().map(End::reason).orElse(""))
                .hash();
    }

    // ------------------------------------------------------------ vouchers

    void add(VoucherRow row) {
        run(
                ADD_VOUCHER,
                values -> {
                    Voucher voucher = row.signed().voucher();
                    values.setLong(1, row.seq());
                    values.setBytes(2, voucher.channel().value().bytes());
                    values.setInt(3, Seal.code(row.side()));
                    values.setLong(4, row.session());
                    values.setBytes(5, Seal.encode(voucher.cumulative()));
                    values.setLong(6, voucher.bytesServed());
                    values.setBytes(7, row.signed().signature().bytes());
                    values.setLong(8, row.at().toEpochMilli());
                    values.setBytes(9, row.previous().bytes());
                    values.setBytes(10, row.hash().bytes());
                });
        recent.written(row);
    }

    Optional<VoucherRow> highest(ChannelId channel, Side side) {
        return recent.highest(channel, side, () -> readHighest(channel, side));
    }

    private Optional<VoucherRow> readHighest(ChannelId channel, Side side) {
        return handle.createQuery(
                        """
                        SELECT * FROM vouchers WHERE channel = :channel AND side = :side
                        ORDER BY cumulative DESC LIMIT 1
                        """)
                .bind("channel", channel.value().bytes())
                .bind("side", Seal.code(side))
                .map(sound("vouchers", Tables::voucher))
                .findOne();
    }

    Head head() {
        return handle.createQuery("SELECT seq, hash FROM vouchers ORDER BY seq DESC LIMIT 1")
                .map((row, _) -> new Head(row.getLong("seq"), new Bytes32(row.getBytes("hash"))))
                .findOne()
                .orElse(Head.EMPTY);
    }

    /** Each voucher in the order in which they were recorded. */
    void eachVoucher(Consumer<VoucherRow> consumer) {
        handle.createQuery("SELECT * FROM vouchers ORDER BY seq")
                .map(sound("vouchers", Tables::voucher))
                .forEach(consumer);
    }

    private static VoucherRow voucher(ResultSet row) throws SQLException {
        VoucherRow voucher =
                new VoucherRow(
                        row.getLong("seq"),
                        Seal.side(row.getInt("side")),
                        row.getLong("session"),
                        new SignedVoucher(
                                new Voucher(
                                        new ChannelId(new Bytes32(row.getBytes("channel"))),
                                        Seal.amount(row.getBytes("cumulative")),
                                        row.getLong("bytes_served")),
                                new Signature(row.getBytes("signature"))),
                        Instant.ofEpochMilli(row.getLong("at")),
                        new Bytes32(row.getBytes("previous")),
                        new Bytes32(row.getBytes("hash")));
        if (!voucher.isSound()) {
            throw new IllegalArgumentException("the values do not match their hash");
        }
        return voucher;
    }

    // ------------------------------------------------------------ caps

    SpendingCaps caps() {
        Map<Period, TokenAmount> caps = new EnumMap<>(Period.class);
        handle.createQuery("SELECT * FROM caps")
                .map(sound("caps", Tables::cap))
                .forEach(cap -> caps.put(cap.period(), cap.amount()));
        return new SpendingCaps(
                Optional.ofNullable(caps.get(Period.SESSION)),
                Optional.ofNullable(caps.get(Period.DAY)),
                Optional.ofNullable(caps.get(Period.MONTH)));
    }

    void put(SpendingCaps caps) {
        handle.execute("DELETE FROM caps");
        for (Period period : Period.values()) {
            caps.of(period).ifPresent(amount -> put(new Cap(period, amount)));
        }
    }

    private void put(Cap cap) {
        handle.createUpdate("INSERT INTO caps (period, cap, seal) VALUES (:period, :cap, :seal)")
                .bind("period", cap.period().name())
                .bind("cap", Seal.encode(cap.amount()))
                .bind("seal", cap.seal().bytes())
                .execute();
    }

    private static Cap cap(ResultSet row) throws SQLException {
        Cap cap =
                new Cap(Period.valueOf(row.getString("period")), Seal.amount(row.getBytes("cap")));
        requireSeal(row, cap.seal());
        return cap;
    }

    private record Cap(Period period, TokenAmount amount) {

        Bytes32 seal() {
            return new Seal("caps").put(period.name()).put(amount).hash();
        }
    }

    // ------------------------------------------------------------ how rows are read

    /** Makes a value of a row. */
    interface Reading<T> {

        T read(ResultSet row) throws SQLException;
    }

    /** A row that makes no sense, or not the sense that it was given, is damage. */
    static <T> RowMapper<T> sound(String table, Reading<T> reading) {
        return (ResultSet row, StatementContext _) -> {
            try {
                return reading.read(row);
            } catch (IllegalArgumentException | NullPointerException e) {
                throw new DamageException(
                        "a row of the table " + table + " is not as it was written",
                        "ledger.db, table " + table + ", row " + name(row),
                        e);
            }
        };
    }

    /** What the row's first column says. */
    private static String name(ResultSet row) throws SQLException {
        return row.getObject(1) instanceof byte[] bytes
                ? "0x" + HexFormat.of().formatHex(bytes)
                : String.valueOf(row.getObject(1));
    }

    static void requireSeal(ResultSet row, Bytes32 seal) throws SQLException {
        if (!Arrays.equals(row.getBytes("seal"), seal.bytes())) {
            throw new IllegalArgumentException("the values do not match their seal");
        }
    }

    private static Optional<PeerId> peer(ResultSet row) throws SQLException {
        return Optional.ofNullable(row.getBytes("peer")).map(PeerId::new);
    }

    private static byte @Nullable [] bytes(Optional<PeerId> peer) {
        return peer.map(PeerId::bytes).orElse(null);
    }

    static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static @Nullable Long millis(Optional<Instant> time) {
        return time.map(at -> at.truncatedTo(ChronoUnit.MILLIS).toEpochMilli()).orElse(null);
    }
}
