package org.flowshield.node.ledger.sqlite;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.SessionRecord;
import org.flowshield.node.ledger.Side;

/**
 * Rows that were read and checked, as they are in the database now, so that the next voucher of a
 * session reads none. Nobody else writes to the database. Used by one thread.
 */
final class Recent {

    /** More sessions than a provider serves at a time; some hundred bytes each. */
    private static final int MOST = 1024;

    private record Key(ChannelId channel, Side side) {}

    /** Forgets what was not asked for the longest. */
    private static final class Rows<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1;

        Rows() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }

    private final Map<Long, Optional<SessionRecord>> sessions = new Rows<>();
    private final Map<Key, Optional<ChannelRecord>> channels = new Rows<>();
    private final Map<Key, Optional<VoucherRow>> highest = new Rows<>();

    Optional<SessionRecord> session(long id, Supplier<Optional<SessionRecord>> read) {
        return sessions.computeIfAbsent(id, _ -> read.get());
    }

    Optional<ChannelRecord> channel(
            ChannelId id, Side side, Supplier<Optional<ChannelRecord>> read) {
        return channels.computeIfAbsent(new Key(id, side), _ -> read.get());
    }

    Optional<VoucherRow> highest(ChannelId id, Side side, Supplier<Optional<VoucherRow>> read) {
        return highest.computeIfAbsent(new Key(id, side), _ -> read.get());
    }

    /**
     * Times lose what is below their milliseconds in the database, so only a row that came from
     * there is kept, with other meters.
     */
    void written(SessionRecord session) {
        boolean onlyMetered =
                session.end().isEmpty()
                        && sessions.getOrDefault(session.id().value(), Optional.empty())
                                .filter(
                                        known ->
                                                known.metered(session.ours(), session.theirs())
                                                        .equals(session))
                                .isPresent();
        if (onlyMetered) {
            sessions.put(session.id().value(), Optional.of(session));
        } else {
            sessions.remove(session.id().value());
        }
    }

    void written(ChannelRecord channel) {
        channels.remove(new Key(channel.id(), channel.side()));
    }

    void written(VoucherRow row) {
        Key key = new Key(row.signed().voucher().channel(), row.side());
        Optional<VoucherRow> known = highest.get(key);
        boolean higher =
                known != null
                        && known.filter(other -> !cumulative(row).isMoreThan(cumulative(other)))
                                .isEmpty();
        if (higher) {
            highest.put(key, Optional.of(row));
        } else {
            highest.remove(key);
        }
    }

    private static TokenAmount cumulative(VoucherRow row) {
        return row.signed().voucher().cumulative();
    }

    /** What was written may have been undone. */
    void forget() {
        sessions.clear();
        channels.clear();
        highest.clear();
    }
}
