package org.flowshield.node.ledger.sqlite;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.sending.Fees;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.node.ledger.SettlementRecord;
import org.flowshield.node.ledger.SettlementRecord.Part;
import org.flowshield.node.ledger.SettlementRecord.State;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows of settlements as values, checked like those of {@link Tables}. Used by one thread. */
final class SettlementTables {

    private final Handle handle;

    SettlementTables(Handle handle) {
        this.handle = handle;
    }

    long next() {
        return handle.createQuery("SELECT coalesce(max(id), 0) + 1 FROM settlements")
                .mapTo(Long.class)
                .one();
    }

    void put(SettlementRecord settlement) {
        Sent sent = settlement.transaction();
        handle.createUpdate(
                        """
                        INSERT INTO settlements (id, state, transaction_hash, sender, nonce, contract, data, value,
                            purpose, gas_limit, max_fee, priority_fee, signed, begun, ended, cost, detail, seal)
                        VALUES (:id, :state, :hash, :sender, :nonce, :contract, :data, :value, :purpose,
                            :gas, :maxFee, :priorityFee, :signed, :begun, :ended, :cost, :detail, :seal)
                        ON CONFLICT (id) DO UPDATE SET state = excluded.state,
                            transaction_hash = excluded.transaction_hash, gas_limit = excluded.gas_limit,
                            max_fee = excluded.max_fee, priority_fee = excluded.priority_fee,
                            signed = excluded.signed, ended = excluded.ended, cost = excluded.cost,
                            detail = excluded.detail, seal = excluded.seal
                        """)
                .bind("id", settlement.id())
                .bind("state", settlement.state().name())
                .bind("hash", sent.hash().value().bytes())
                .bind("sender", sent.from().bytes())
                .bind("nonce", sent.nonce())
                .bind("contract", contract(sent).bytes())
                .bind("data", sent.call().data())
                .bind("value", encode(sent.call().value()))
                .bind("purpose", sent.call().purpose())
                .bind("gas", sent.gasLimit())
                .bind("maxFee", encode(sent.fees().max()))
                .bind("priorityFee", encode(sent.fees().priority()))
                .bind("signed", sent.signed())
                .bind("begun", settlement.begun().toEpochMilli())
                .bindByType(
                        "ended",
                        settlement.end().map(Instant::toEpochMilli).orElse(null),
                        Long.class)
                .bind("cost", encode(settlement.cost()))
                .bind("detail", settlement.detail())
                .bind("seal", seal(settlement).bytes())
                .execute();
        handle.createUpdate("DELETE FROM settled_channels WHERE settlement = :id")
                .bind("id", settlement.id())
                .execute();
        for (int place = 0; place < settlement.parts().size(); place++) {
            put(settlement.id(), place, settlement.parts().get(place));
        }
    }

    private void put(long settlement, int place, Part part) {
        handle.createUpdate(
                        """
                        INSERT INTO settled_channels (settlement, place, channel, up_to, moved)
                        VALUES (:settlement, :place, :channel, :upTo, :moved)
                        """)
                .bind("settlement", settlement)
                .bind("place", place)
                .bind("channel", part.channel().value().bytes())
                .bind("upTo", Seal.encode(part.upTo()))
                .bind("moved", Seal.encode(part.moved()))
                .execute();
    }

    List<SettlementRecord> unfinished() {
        return read(
                handle.createQuery("SELECT * FROM settlements WHERE ended IS NULL ORDER BY id"));
    }

    List<SettlementRecord> latest(int limit) {
        return read(
                handle.createQuery("SELECT * FROM settlements ORDER BY id DESC LIMIT :limit")
                        .bind("limit", limit));
    }

    /** Reads every one, and so checks it. */
    void check() {
        read(handle.createQuery("SELECT * FROM settlements"));
    }

    SortedMap<LocalDate, TokenAmount> settled(Instant from, Instant before) {
        SortedMap<LocalDate, TokenAmount> days = new TreeMap<>();
        for (SettlementRecord settlement :
                read(
                        handle.createQuery(
                                        "SELECT * FROM settlements WHERE ended >= :from AND ended < :before")
                                .bind("from", from.toEpochMilli())
                                .bind("before", before.toEpochMilli()))) {
            if (!settlement.moved().isZero()) {
                days.merge(
                        Book.day(settlement.end().orElseThrow()),
                        settlement.moved(),
                        TokenAmount::plus);
            }
        }
        return days;
    }

    private List<SettlementRecord> read(Query query) {
        List<SettlementRecord> found = new ArrayList<>();
        query.map(Tables.sound("settlements", this::settlement)).forEach(found::add);
        return found;
    }

    private SettlementRecord settlement(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        Sent sent =
                new Sent(
                        new TransactionHash(new Bytes32(row.getBytes("transaction_hash"))),
                        new EvmAddress(row.getBytes("sender")),
                        row.getLong("nonce"),
                        new Call(
                                new EvmAddress(row.getBytes("contract")),
                                row.getBytes("data"),
                                wei(row.getBytes("value")),
                                row.getString("purpose")),
                        row.getLong("gas_limit"),
                        new Fees(wei(row.getBytes("max_fee")), wei(row.getBytes("priority_fee"))),
                        row.getBytes("signed"));
        SettlementRecord settlement =
                new SettlementRecord(
                        id,
                        parts(id),
                        sent,
                        State.valueOf(row.getString("state")),
                        Instant.ofEpochMilli(row.getLong("begun")),
                        Tables.time(row, "ended"),
                        wei(row.getBytes("cost")),
                        row.getString("detail"));
        Tables.requireSeal(row, seal(settlement));
        return settlement;
    }

    private List<Part> parts(long settlement) {
        return handle.createQuery(
                        "SELECT * FROM settled_channels WHERE settlement = :id ORDER BY place")
                .bind("id", settlement)
                .map(
                        Tables.sound(
                                "settled_channels",
                                row ->
                                        new Part(
                                                new ChannelId(new Bytes32(row.getBytes("channel"))),
                                                Seal.amount(row.getBytes("up_to")),
                                                Seal.amount(row.getBytes("moved")))))
                .list();
    }

    /** Over the channels as well, which have no seal of their own. */
    private static Bytes32 seal(SettlementRecord settlement) {
        Sent sent = settlement.transaction();
        Seal seal =
                new Seal("settlements")
                        .put(settlement.id())
                        .put(settlement.state().name())
                        .put(sent.hash().value().bytes())
                        .put(sent.from().bytes())
                        .put(sent.nonce())
                        .put(contract(sent).bytes())
                        .put(sent.call().data())
                        .put(encode(sent.call().value()))
                        .put(sent.call().purpose())
                        .put(sent.gasLimit())
                        .put(encode(sent.fees().max()))
                        .put(encode(sent.fees().priority()))
                        .put(sent.signed())
                        .put(settlement.begun())
                        .putTime(settlement.end())
                        .put(encode(settlement.cost()))
                        .put(settlement.detail());
        for (Part part : settlement.parts()) {
            seal.put(part.channel().value().bytes()).put(part.upTo()).put(part.moved());
        }
        return seal.hash();
    }

    private static EvmAddress contract(Sent sent) {
        return sent.call()
                .to()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "a settlement calls the channels contract"));
    }

    private static byte[] encode(Wei amount) {
        return amount.units().toByteArray();
    }

    private static Wei wei(byte[] encoded) {
        return new Wei(new BigInteger(encoded));
    }
}
