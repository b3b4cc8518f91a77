package org.flowshield.node.fullnode.index;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.identity.NodeKey;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/**
 * The index on disk: one connection writes, a few read beside it. What was written last may be lost
 * with the machine's power; others tell it again. A file that can't be used is begun anew, for the
 * same reason. Reading is safe by any thread; writing is one thread's at a time.
 */
final class Store implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private static final String MIGRATIONS = "classpath:org/flowshield/node/fullnode/index";

    /** Of the newest of the migrations. */
    private static final int VERSION = 1;

    /** One for each search that can run at a time on a small machine. */
    private static final int READERS = 2;

    private static final int AMOUNT_LENGTH = 16;

    /** Bytes of the file that are read without a copy; a million listings have some 800 MB. */
    private static final long MAPPED = 1L << 30;

    private static final String PUT_OFFER =
            "INSERT OR REPLACE INTO offers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String PUT_RECORD = "INSERT OR REPLACE INTO records VALUES (?, ?, ?)";
    private static final String HEARD =
            "UPDATE offers SET heard_at = ?, watched_since = ?, up = ? WHERE slot = ? AND node = ?";
    private static final String LISTING = "SELECT node, listing FROM records WHERE slot = ?";

    /** A provider and its listing. */
    record Saved(Row row, ByteString listing) {}

    private record Reader(Connection connection, PreparedStatement listing) {}

    private final Connection writer;
    private final BlockingQueue<Reader> readers = new ArrayBlockingQueue<>(READERS);

    private Store(Connection writer) {
        this.writer = writer;
    }

    /**
     * Opens the file, or begins a new one.
     *
     * @throws IOException if there can't be one
     */
    static Store open(Path file) throws IOException {
        try {
            return opened(file);
        } catch (SQLException | FlywayException e) {
            LOG.warn(
                    "the index {} can't be used ({}): it is begun anew, and filled by others",
                    file,
                    e.getMessage());
        }
        try {
            for (String part : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(Path.of(file + part));
            }
            return opened(file);
        } catch (SQLException | FlywayException e) {
            throw new IOException("there can't be an index at " + file + ": " + e.getMessage(), e);
        }
    }

    private static Store opened(Path file) throws SQLException {
        String url = "jdbc:sqlite:" + file;
        Connection writer = connection(url);
        Store store = new Store(writer);
        try {
            migrate(writer, url);
            for (int i = 0; i < READERS; i++) {
                Connection reader = connection(url);
                store.readers.add(new Reader(reader, reader.prepareStatement(LISTING)));
            }
            writer.setAutoCommit(false);
            return store;
        } catch (SQLException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static Connection connection(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            for (String pragma :
                    List.of(
                            "journal_mode = WAL",
                            "synchronous = NORMAL",
                            "mmap_size = " + MAPPED,
                            "temp_store = MEMORY",
                            "trusted_schema = OFF",
                            "cell_size_check = ON")) {
                statement.execute("PRAGMA " + pragma);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The library is loaded only where there is something to do: that takes a second. */
    private static void migrate(Connection connection, String url) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (integer(statement, "PRAGMA user_version") == VERSION) {
                return;
            }
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl(url);
            var _ =
                    Flyway.configure(Store.class.getClassLoader())
                            .dataSource(source)
                            .locations(MIGRATIONS)
                            .failOnMissingLocations(true)
                            .loggers("slf4j")
                            .load()
                            .migrate();
            statement.execute("PRAGMA user_version = " + VERSION);
        }
    }

    private static int integer(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            return result.getInt(1);
        }
    }

    /** Reads all providers, in the order of their slots. */
    void load(Consumer<Row> each) throws IOException {
        try (Statement statement = writer.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM offers ORDER BY slot")) {
            while (rows.next()) {
                each.accept(row(rows));
            }
        } catch (SQLException | IllegalArgumentException e) {
            throw new IOException("the index can't be read: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("MagicNumber") // columns in the order of the table
    private static Row row(ResultSet rows) throws SQLException {
        return new Row(
                rows.getInt(1),
                new NodeKey(new Bytes32(rows.getBytes(2))),
                new EvmAddress(rows.getBytes(3)),
                amount(rows.getBytes(4)),
                rows.getLong(5),
                rows.getShort(6),
                rows.getLong(7),
                rows.getLong(8),
                rows.getLong(9),
                amount(rows.getBytes(10)),
                rows.getLong(11),
                rows.getLong(12),
                rows.getLong(13));
    }

    /** The first block that was not heard of; negative: none was. */
    long nextBlock() throws IOException {
        try (Statement statement = writer.createStatement();
                ResultSet found = statement.executeQuery("SELECT next_block FROM chain")) {
            return found.next() ? found.getLong(1) : -1;
        } catch (SQLException e) {
            throw new IOException("the index can't be read: " + e.getMessage(), e);
        }
    }

    /** Once what that block and those before it said is written. */
    void setNextBlock(long block) throws IOException {
        try (PreparedStatement put =
                writer.prepareStatement("INSERT OR REPLACE INTO chain VALUES (1, ?)")) {
            put.setLong(1, block);
            var _ = put.executeUpdate();
            writer.commit();
        } catch (SQLException e) {
            throw new IOException("the index can't be written: " + e.getMessage(), e);
        }
    }

    /** The listing of a node; empty if it is not there any more. */
    Optional<ByteString> listing(int slot, NodeKey node) throws IOException, InterruptedException {
        Reader reader = readers.take();
        try {
            reader.listing.setInt(1, slot);
            try (ResultSet found = reader.listing.executeQuery()) {
                return found.next() && node.bytes().equals(new Bytes32(found.getBytes(1)))
                        ? Optional.of(ByteString.copyFrom(found.getBytes(2)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IOException("the index can't be read: " + e.getMessage(), e);
        } finally {
            readers.add(reader);
        }
    }

    /** Writes a batch: those that came, those that went, and those that were heard of. */
    void write(Collection<Saved> saved, Collection<Integer> gone, Collection<Row> heard)
            throws IOException {
        try {
            put(saved);
            delete(gone);
            hear(heard);
            writer.commit();
        } catch (SQLException e) {
            try {
                writer.rollback();
            } catch (SQLException again) {
                e.addSuppressed(again);
            }
            throw new IOException("the index can't be written: " + e.getMessage(), e);
        }
    }

    private void put(Collection<Saved> saved) throws SQLException {
        if (saved.isEmpty()) {
            return;
        }
        try (PreparedStatement offer = writer.prepareStatement(PUT_OFFER);
                PreparedStatement record = writer.prepareStatement(PUT_RECORD)) {
            for (Saved each : saved) {
                bind(offer, each.row());
                offer.addBatch();
                record.setInt(1, each.row().slot());
                record.setBytes(2, each.row().node().bytes().bytes());
                record.setBytes(3, each.listing().toByteArray());
                record.addBatch();
            }
            var _ = offer.executeBatch();
            var _ = record.executeBatch();
        }
    }

    @SuppressWarnings("MagicNumber") // columns in the order of the table
    private static void bind(PreparedStatement offer, Row row) throws SQLException {
        offer.setInt(1, row.slot());
        offer.setBytes(2, row.node().bytes().bytes());
        offer.setBytes(3, row.wallet().bytes());
        offer.setBytes(4, bytes(row.price()));
        offer.setLong(5, row.rate());
        offer.setShort(6, row.country());
        offer.setLong(7, row.validUntil());
        offer.setLong(8, row.offerSequence());
        offer.setLong(9, row.whereSequence());
        offer.setBytes(10, bytes(row.stake()));
        offer.setLong(11, row.heardAt());
        offer.setLong(12, row.watchedSince());
        offer.setLong(13, row.up());
    }

    private void delete(Collection<Integer> gone) throws SQLException {
        for (String table : gone.isEmpty() ? List.<String>of() : List.of("offers", "records")) {
            try (PreparedStatement delete =
                    writer.prepareStatement("DELETE FROM " + table + " WHERE slot = ?")) {
                for (int slot : gone) {
                    delete.setInt(1, slot);
                    delete.addBatch();
                }
                var _ = delete.executeBatch();
            }
        }
    }

    private void hear(Collection<Row> heard) throws SQLException {
        if (heard.isEmpty()) {
            return;
        }
        try (PreparedStatement update = writer.prepareStatement(HEARD)) {
            for (Row row : heard) {
                update.setLong(1, row.heardAt());
                update.setLong(2, row.watchedSince());
                update.setLong(3, row.up());
                update.setInt(4, row.slot());
                update.setBytes(5, row.node().bytes().bytes());
                update.addBatch();
            }
            var _ = update.executeBatch();
        }
    }

    private static byte[] bytes(TokenAmount amount) {
        byte[] bytes = amount.units().toByteArray();
        byte[] padded = new byte[AMOUNT_LENGTH];
        int length = Math.min(bytes.length, AMOUNT_LENGTH);
        System.arraycopy(bytes, bytes.length - length, padded, AMOUNT_LENGTH - length, length);
        return padded;
    }

    private static TokenAmount amount(byte[] bytes) {
        return new TokenAmount(new BigInteger(1, bytes));
    }

    @Override
    public void close() {
        List<Connection> all = new ArrayList<>(List.of(writer));
        readers.forEach(reader -> all.addFirst(reader.connection()));
        for (Connection connection : all) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.warn("the index was not closed in order: {}", e.getMessage());
            }
        }
    }
}
