package org.flowshield.node.ledger.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * What every voucher writes, prepared once: parsing it each time, and naming each value, took most
 * of what a voucher cost the ledger. Used by one thread.
 */
final class Statements implements AutoCloseable {

    /** Gives a statement its values. */
    @FunctionalInterface
    interface Values {

        /** There are none. */
        Values NONE = _ -> {};

        void in(PreparedStatement statement) throws SQLException;
    }

    private final Connection connection;

    /** By their text, of which there is a handful. */
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Statements(Connection connection) {
        this.connection = connection;
    }

    /** Runs what gives no rows. */
    void run(String sql, Values values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        values.in(statement);
        boolean _ = statement.execute();
    }

    /** The driver closes a statement that the disk did not take: all are prepared anew. */
    void forget() {
        try {
            close();
        } catch (SQLException e) {
            throw new IllegalStateException("a statement could not be closed", e);
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
        prepared.clear();
    }
}
