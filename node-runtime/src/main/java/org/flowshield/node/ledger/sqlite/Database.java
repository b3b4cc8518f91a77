package org.flowshield.node.ledger.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.LedgerException.Reason;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.core.api.output.MigrateResult;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The one connection to the database's file, which nobody else can have open meanwhile. Used by one
 * thread at a time.
 */
final class Database implements AutoCloseable {

    private static final String MIGRATIONS = "classpath:org/flowshield/node/ledger/sqlite";

    /** Of the newest of the migrations. */
    static final int VERSION = 2;

    /** Where the library writes down what it has done. */
    private static final String HISTORY = "flyway_schema_history";

    /** Says of the file that it is a ledger of FlowShield: "FLOW". */
    private static final int APPLICATION = 0x464c4f57;

    /**
     * Pages of 4 KiB in SQLite's own log before they are moved into the database: its default,
     * which keeps that log below 4 MiB and the moving rare.
     */
    static final int CHECKPOINT_PAGES = 1000;

    private final Connection connection;
    private final Statement statement;
    private final Handle handle;
    private final Statements statements;
    private final Tables tables;

    private Database(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
        this.handle = Jdbi.create(connection).open();
        this.statements = new Statements(connection);
        this.tables = new Tables(handle, statements);
    }

    /**
     * Opens the file and brings its tables up to this version of the program.
     *
     * @throws DamageException if it is that of another program
     */
    static Database open(Path file, Durability durability, int checkpointPages)
            throws SQLException, LedgerException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            configure(connection, durability, checkpointPages);
            requireLedger(connection);
            boolean changed = migrate(connection, file);
            Database database = new Database(connection);
            if (changed) {
                database.tables.setDefinitions();
            }
            return database;
        } catch (SQLException | LedgerException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void configure(Connection connection, Durability durability, int checkpointPages)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String pragma :
                    List.of(
                            "locking_mode = EXCLUSIVE", // before WAL: then no memory is shared
                            "journal_mode = WAL",
                            "synchronous = " + durability.synchronous(),
                            "fullfsync = ON", // macOS: through the disk's own cache
                            "checkpoint_fullfsync = ON",
                            "wal_autocheckpoint = " + checkpointPages,
                            "temp_store = MEMORY",
                            "foreign_keys = ON",
                            "trusted_schema = OFF",
                            "cell_size_check = ON")) {
                statement.execute("PRAGMA " + pragma);
            }
        }
    }

    private static void requireLedger(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int application = integer(statement, "PRAGMA application_id");
            if (application == 0 && integer(statement, "SELECT count(*) FROM sqlite_schema") == 0) {
                statement.execute("PRAGMA application_id = " + APPLICATION);
            } else if (application != APPLICATION) {
                throw new DamageException(
                        "the file is not a ledger of FlowShield", "ledger.db, header");
            }
        }
    }

    private static int integer(Statement statement, String sql) throws SQLException {
        try (var result = statement.executeQuery(sql)) {
            return result.getInt(1);
        }
    }

    /**
     * Returns whether there was anything to do. Where there is not, the library is not even loaded:
     * that would take longer than all the rest of a start.
     */
    private static boolean migrate(Connection connection, Path file)
            throws SQLException, LedgerException {
        int version = version(connection);
        if (version > VERSION) {
            throw new LedgerException(
                    Reason.NEWER_SCHEMA,
                    "the ledger %s was written by a newer version of FlowShield (its tables are of version %d, this program's of %d)"
                            .formatted(file, version, VERSION),
                    "start that version again: this one could misread what you are owed");
        }
        if (version == VERSION) {
            return false;
        }
        try {
            MigrateResult _ =
                    Flyway.configure(Database.class.getClassLoader())
                            .dataSource(new HeldConnection(connection))
                            .locations(MIGRATIONS)
                            .failOnMissingLocations(true)
                            .loggers("slf4j")
                            .load()
                            .migrate();
        } catch (FlywayValidateException e) {
            throw new DamageException(
                    "the history of its tables is not that of this program: " + e.getMessage(),
                    "ledger.db, table " + HISTORY,
                    e);
        }
        return true;
    }

    /** Which version its tables are of; 0 if there are none. */
    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean any =
                    integer(
                                    statement,
                                    "SELECT count(*) FROM sqlite_schema WHERE name = '"
                                            + HISTORY
                                            + "'")
                            > 0;
            return any
                    ? integer(
                            statement,
                            "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM "
                                    + HISTORY
                                    + " WHERE success = 1")
                    : 0;
        }
    }

    Tables tables() {
        return tables;
    }

    // ------------------------------------------------------------ transactions

    void begin() throws SQLException {
        statements.run("BEGIN IMMEDIATE", Statements.Values.NONE);
    }

    /** What was done since {@link #begin} is on the disk when this returns. */
    void commit() throws SQLException {
        statements.run("COMMIT", Statements.Values.NONE);
    }

    /** Undoes what was done since {@link #begin}; SQLite may have done so itself. */
    void rollback() {
        tables.forget();
        statements.forget();
        try {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // there was nothing to undo
        }
    }

    // ------------------------------------------------------------ checks

    /**
     * Looks through the whole file.
     *
     * @throws DamageException if its structure is broken, or its tables are not those that were
     *     made
     */
    void requireSound() throws SQLException {
        try (var result = statement.executeQuery("PRAGMA integrity_check(1)")) {
            String found = result.getString(1);
            if (!"ok".equals(found)) {
                throw new DamageException("the database is damaged: " + found, "ledger.db");
            }
        }
        try (var result = statement.executeQuery("PRAGMA foreign_key_check")) {
            if (result.next()) {
                throw new DamageException(
                        "a row is missing that another one refers to",
                        "ledger.db, table " + result.getString(3));
            }
        }
        if (!Arrays.equals(tables.writtenDefinitions(), tables.definitions().bytes())) {
            throw new DamageException(
                    "the tables are not those that were made", "ledger.db, sqlite_schema");
        }
    }

    @Override
    public void close() {
        try {
            statements.close();
            handle.close();
            statement.close();
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the database could not be closed", e);
        }
    }
}
