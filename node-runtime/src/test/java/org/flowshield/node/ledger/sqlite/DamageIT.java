package org.flowshield.node.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.Reservation;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.SpendingCaps;
import org.flowshield.node.ledger.SpendingDecision.Reserved;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that are cut off, and files with a flipped bit: either everything is as it was, or it is
 * said that it is not. {@code ./dev crash} cuts at every place and flips many more bits.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
final class DamageIT {

    private static final boolean EVERY = Boolean.getBoolean("flowshield.crash.every");

    private static final int VOUCHERS = 40;
    private static final int DRAWN_CUTS = 12;
    private static final int FLIPS = EVERY ? 5000 : 24;
    private static final long SEED = Long.getLong("flowshield.crash.seed", 20261127L);

    private static final SpendingCaps CAPS =
            new SpendingCaps(
                    Optional.of(TokenAmount.of(1_000_000)), Optional.empty(), Optional.empty());

    @TempDir private Path home;

    private final Random random = new Random(SEED);

    /** As a process that was killed leaves it: much of it is only in SQLite's own log. */
    private Path killed;

    /** As a process that ended leaves it. */
    private Path closed;

    /** All that can be asked of a ledger. Immutable. */
    private record Contents(
            List<ChannelRecord> channels,
            List<SessionRecord> sessions,
            SpendingCaps caps,
            List<Object> vouchers) {

        static Contents of(Ledger ledger) throws LedgerException {
            return new Contents(
                    List.of(
                            ledger.channel(LedgerChild.EARNING.id(), Side.PAYEE).orElseThrow(),
                            ledger.channel(LedgerChild.PAYING.id(), Side.PAYER).orElseThrow()),
                    ledger.sessions(10),
                    ledger.caps(),
                    List.of(
                            ledger.latest(LedgerChild.EARNING.id(), Side.PAYEE),
                            ledger.latest(LedgerChild.PAYING.id(), Side.PAYER)));
        }
    }

    private Contents whole;

    @BeforeEach
    void writeSome() throws Exception {
        killed = home.resolve("killed");
        closed = home.resolve("closed");
        Path folder = home.resolve("written");
        try (Ledger ledger = open(folder)) {
            ledger.setCaps(CAPS);
            ledger.put(LedgerChild.EARNING);
            ledger.put(LedgerChild.PAYING);
            SessionId earning = begin(ledger, LedgerChild.EARNING);
            SessionId paying = begin(ledger, LedgerChild.PAYING);
            for (int n = 1; n <= VOUCHERS; n++) {
                record(ledger, n, n % 2 == 0 ? paying : earning);
            }
            for (SessionId session : List.of(earning, paying)) {
                ledger.end(
                        session,
                        SessionRecord.Metered.NOTHING,
                        SessionRecord.Metered.NOTHING,
                        "done");
            }
            CrashLab.copy(folder, killed);
            whole = Contents.of(ledger);
        }
        CrashLab.copy(folder, closed);
    }

    private static Ledger open(Path folder) throws LedgerException {
        return ((Opening.Sound) SqliteLedger.open(folder, Clock.systemUTC())).ledger();
    }

    private static SessionId begin(Ledger ledger, ChannelRecord channel) throws LedgerException {
        return ledger.begin(channel.id(), channel.side(), Optional.empty(), Optional.empty());
    }

    private static void record(Ledger ledger, int n, SessionId session) throws LedgerException {
        if (n % 2 != 0) {
            Acceptance _ = ledger.accept(session, LedgerChild.voucher(n));
            return;
        }
        try (Reservation reservation =
                ((Reserved) ledger.reserve(session, TokenAmount.of(1000))).reservation()) {
            Acceptance _ = ledger.record(reservation, LedgerChild.voucher(n));
        }
    }

    /** A copy of a folder in which one file has other content. */
    private Path with(Path original, String name, byte[] content) throws IOException {
        Path copy = home.resolve("copy");
        CrashLab.copy(original, copy);
        Files.write(copy.resolve(name), content);
        return copy;
    }

    private static byte[] bytes(Path folder, String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    private int[] places(int length) {
        return EVERY
                ? random.ints(2000, 0, length).toArray()
                : random.ints(DRAWN_CUTS, 0, length).toArray();
    }

    // ------------------------------------------------------------ cut off

    @Test
    void vouchers_that_the_database_lost_come_back_from_the_log() throws Exception {
        byte[] wal = bytes(killed, "ledger.db-wal");
        for (int length : places(wal.length)) {
            Path copy = with(killed, "ledger.db-wal", Arrays.copyOf(wal, length));
            Opening opening = SqliteLedger.open(copy, Clock.systemUTC());
            if (opening instanceof Opening.Damaged) {
                // the log was cut before the tables were made: nothing of the database is left
                CrashLab.delete(copy);
                continue;
            }
            assertThat(opening).as("cut at " + length).isInstanceOf(Opening.Repaired.class);
            ((Opening.Repaired) opening).ledger().close();
            Findings.requireWhole(copy, VOUCHERS);
            CrashLab.delete(copy);
        }
    }

    @Test
    void vouchers_that_the_log_lost_come_back_from_the_database() throws Exception {
        byte[] log = bytes(closed, "vouchers.log");
        int tail = log.length - 4 * Slot.LENGTH;
        for (int i : places(4 * Slot.LENGTH)) {
            Path copy = with(closed, "vouchers.log", Arrays.copyOf(log, tail + i));
            requireSaid(copy, "the log cut at " + (tail + i));
        }
        Path without = with(closed, "vouchers.log", new byte[0]);
        requireSaid(without, "the log emptied");
    }

    private void requireSaid(Path folder, String what) throws Exception {
        Opening opening = SqliteLedger.open(folder, Clock.systemUTC());
        assertThat(opening).as(what).isInstanceOf(Opening.Repaired.class);
        try (Ledger ledger = ((Opening.Repaired) opening).ledger()) {
            assertThat(Contents.of(ledger)).as(what).isEqualTo(whole);
        }
        Findings.requireWhole(folder, VOUCHERS);
        CrashLab.delete(folder);
    }

    @Test
    void a_database_that_is_cut_off_is_damage() throws Exception {
        byte[] database = bytes(closed, "ledger.db");
        for (int length : places(database.length)) {
            Path copy = with(closed, "ledger.db", Arrays.copyOf(database, length));
            assertThat(SqliteLedger.open(copy, Clock.systemUTC()))
                    .as("cut at " + length)
                    .isInstanceOf(Opening.Damaged.class);
            CrashLab.delete(copy);
        }
    }

    @Test
    void vouchers_that_are_in_neither_copy_are_damage() throws Exception {
        byte[] wal = bytes(killed, "ledger.db-wal");
        byte[] log = bytes(killed, "vouchers.log");
        Path copy = with(killed, "ledger.db-wal", Arrays.copyOf(wal, wal.length - 80_000));
        Files.write(copy.resolve("vouchers.log"), Arrays.copyOf(log, log.length - Slot.LENGTH));
        Opening opening = SqliteLedger.open(copy, Clock.systemUTC());
        assertThat(opening)
                .isInstanceOfSatisfying(
                        Opening.Damaged.class,
                        damaged -> assertThat(damaged.where()).contains("voucher"));
    }

    // ------------------------------------------------------------ made anew

    @Test
    void a_new_database_is_made_of_the_log_and_the_damaged_one_kept() throws Exception {
        byte[] database = bytes(closed, "ledger.db");
        Path copy = with(closed, "ledger.db", Arrays.copyOf(database, database.length / 2));
        assertThat(SqliteLedger.open(copy, Clock.systemUTC())).isInstanceOf(Opening.Damaged.class);
        Opening opening = SqliteLedger.rebuild(copy, Clock.systemUTC());
        assertThat(opening).isInstanceOf(Opening.Repaired.class);
        ((Opening.Repaired) opening).ledger().close();
        Findings.requireWhole(copy, VOUCHERS);
        try (Stream<Path> parts = Files.list(copy)) {
            assertThat(parts.filter(part -> part.getFileName().toString().startsWith("damaged-")))
                    .singleElement()
                    .satisfies(
                            aside ->
                                    assertThat(aside.resolve("ledger.db"))
                                            .hasSize(database.length / 2));
        }
    }

    @Test
    void a_new_database_has_what_is_sound_of_a_damaged_log_and_says_what_is_not() throws Exception {
        byte[] log = bytes(closed, "vouchers.log");
        log[VoucherLog.HEADER_LENGTH + 30 * Slot.LENGTH + 100] ^= 4;
        Path copy = with(closed, "vouchers.log", log);
        Opening opening = SqliteLedger.rebuild(copy, Clock.systemUTC());
        assertThat(((Opening.Repaired) opening).what())
                .anySatisfy(
                        said -> assertThat(said).contains("damaged at voucher 31", "10 in all"));
        ((Opening.Repaired) opening).ledger().close();
        Findings.requireWhole(copy, 30);
    }

    // ------------------------------------------------------------ flipped bits

    /** What came of many flips. */
    private record Tally(int unchanged, int repaired, int damaged) {}

    private Tally flip(Path original, String name) throws Exception {
        byte[] sound = bytes(original, name);
        int unchanged = 0;
        int repaired = 0;
        int damaged = 0;
        for (int i = 0; i < FLIPS; i++) {
            int bit = random.nextInt(sound.length * Byte.SIZE);
            byte[] flipped = sound.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Path copy = with(original, name, flipped);
            String what = "bit %d of %s flipped, seed %d".formatted(bit, name, SEED);
            try {
                switch (SqliteLedger.open(copy, Clock.systemUTC())) {
                    case Opening.Sound(Ledger ledger) -> {
                        requireUnchanged(ledger, copy, what);
                        unchanged++;
                    }
                    case Opening.Repaired(Ledger ledger, List<String> _) -> {
                        try (ledger) {
                            assertThat(Contents.of(ledger).vouchers())
                                    .as(what)
                                    .isEqualTo(whole.vouchers());
                        }
                        Findings.requireWhole(copy, VOUCHERS);
                        repaired++;
                    }
                    case Opening.Damaged _ -> damaged++;
                }
            } catch (LedgerException e) {
                damaged++;
            }
            CrashLab.delete(copy);
        }
        return new Tally(unchanged, repaired, damaged);
    }

    /** Many bits of a database mean nothing: room that is free, hints, counters. */
    private void requireUnchanged(Ledger ledger, Path folder, String what) throws Exception {
        try (ledger) {
            assertThat(Contents.of(ledger)).as(what).isEqualTo(whole);
        }
        Findings.requireNoneInvented(folder, VOUCHERS);
    }

    @Test
    void a_flipped_bit_of_the_database_is_noticed_wherever_it_means_something() throws Exception {
        Tally tally = flip(closed, "ledger.db");
        assertThat(tally.damaged()).isPositive();
    }

    @Test
    void a_flipped_bit_of_sqlites_own_log_is_noticed_and_put_right() throws Exception {
        Tally tally = flip(killed, "ledger.db-wal");
        assertThat(tally.repaired()).isPositive();
    }

    @Test
    void every_flipped_bit_of_the_log_of_vouchers_is_put_right() throws Exception {
        Tally tally = flip(closed, "vouchers.log");
        assertThat(tally.repaired()).isEqualTo(FLIPS);
    }

    /** Without the ledger's checks the very same changes would go unnoticed. */
    @Test
    void sqlite_alone_would_have_taken_a_changed_amount_for_sound() throws Exception {
        byte[] database = bytes(closed, "ledger.db");
        byte[] amount = Seal.encode(TokenAmount.of(1000L * (VOUCHERS / 2)));
        byte[] signature = LedgerChild.voucher(VOUCHERS).signature().bytes();
        int at = indexOf(database, signature) - amount.length;
        int from = at;
        while (!Arrays.equals(database, from, from + amount.length, amount, 0, amount.length)) {
            from--;
        }
        assertThat(at - from).as("the amount is near the signature").isLessThan(16);
        database[from + amount.length - 1] ^= 1;
        Path copy = with(closed, "ledger.db", database);
        assertThat(integrity(copy)).isEqualTo("ok");
        assertThat(SqliteLedger.open(copy, Clock.systemUTC())).isInstanceOf(Opening.Damaged.class);
    }

    private static int indexOf(byte[] in, byte[] what) {
        for (int i = 0; i + what.length <= in.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        throw new AssertionError("it is not there");
    }

    private static String integrity(Path folder) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("PRAGMA quick_check")) {
            return result.getString(1);
        }
    }
}
