package org.flowshield.node.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.Acceptance.Added;
import org.flowshield.node.ledger.Acceptance.AlreadyHeld;
import org.flowshield.node.ledger.Acceptance.NotHigher;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.ChannelRecord.Status;
import org.flowshield.node.ledger.DailySum;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.LedgerException.Reason;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.Reservation;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.SessionRecord;
import org.flowshield.node.ledger.SessionRecord.Metered;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.SpendingCaps;
import org.flowshield.node.ledger.SpendingDecision.CapReached;
import org.flowshield.node.ledger.SpendingDecision.Reserved;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ledger with a real database. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class SqliteLedgerTest {

    private static final ChannelRecord EARNING = TestVouchers.channel(1, Side.PAYEE);
    private static final ChannelRecord PAYING = TestVouchers.channel(2, Side.PAYER);

    private final ManualClock clock = new ManualClock("2026-03-04T05:06:07Z");

    @TempDir private Path folder;

    private Ledger open() throws LedgerException {
        return ((Opening.Sound) SqliteLedger.open(folder, clock)).ledger();
    }

    private static SessionId begin(Ledger ledger, ChannelRecord channel) throws LedgerException {
        ledger.put(channel);
        return ledger.begin(channel.id(), channel.side(), Optional.empty(), Optional.empty());
    }

    private static Acceptance pay(Ledger ledger, SessionId session, int n) throws LedgerException {
        try (Reservation reservation =
                ((Reserved) ledger.reserve(session, TokenAmount.of(1000))).reservation()) {
            return ledger.record(reservation, TestVouchers.voucher(PAYING, n));
        }
    }

    // ------------------------------------------------------------ channels

    @Test
    void a_channel_whose_end_was_signed_is_not_open_again_whatever_the_chain_still_shows()
            throws Exception {
        try (Ledger ledger = open()) {
            ledger.put(EARNING);
            ledger.put(EARNING.agreed());
            ledger.put(EARNING);
        }
        try (Ledger ledger = open()) {
            ChannelRecord agreed = ledger.channel(EARNING.id(), Side.PAYEE).orElseThrow();
            assertThat(agreed.status()).isEqualTo(Status.AGREED);
            assertThat(agreed.deposit()).isEqualTo(EARNING.deposit());
        }
    }

    // ------------------------------------------------------------ vouchers

    @Test
    void holds_the_highest_voucher_of_each_channel_and_side() throws Exception {
        try (Ledger ledger = open()) {
            SessionId session = begin(ledger, EARNING);
            assertThat(ledger.latest(EARNING.id(), Side.PAYEE)).isEmpty();
            assertThat(ledger.accept(session, TestVouchers.voucher(EARNING, 1)))
                    .isEqualTo(new Added(TokenAmount.of(1000)));
            assertThat(ledger.accept(session, TestVouchers.voucher(EARNING, 3)))
                    .isEqualTo(new Added(TokenAmount.of(2000)));
            assertThat(ledger.latest(EARNING.id(), Side.PAYEE))
                    .contains(TestVouchers.voucher(EARNING, 3));
            assertThat(ledger.latest(EARNING.id(), Side.PAYER)).isEmpty();
            assertThat(ledger.latest(PAYING.id(), Side.PAYEE)).isEmpty();
        }
    }

    @Test
    void takes_the_same_voucher_twice_as_one() throws Exception {
        try (Ledger ledger = open()) {
            SessionId session = begin(ledger, EARNING);
            Acceptance _ = ledger.accept(session, TestVouchers.voucher(EARNING, 1));
            assertThat(ledger.accept(session, TestVouchers.voucher(EARNING, 1)))
                    .isEqualTo(new AlreadyHeld());
            assertThat(sum(ledger, Side.PAYEE)).isEqualTo(TokenAmount.of(1000));
        }
    }

    @Test
    void refuses_a_voucher_of_less_or_of_fewer_bytes_and_tells_the_highest() throws Exception {
        try (Ledger ledger = open()) {
            SessionId session = begin(ledger, EARNING);
            var highest = TestVouchers.voucher(EARNING, 5);
            Acceptance _ = ledger.accept(session, highest);
            assertThat(ledger.accept(session, TestVouchers.voucher(EARNING, 4)))
                    .isEqualTo(new NotHigher(highest));
            assertThat(ledger.accept(session, TestVouchers.voucher(EARNING, 6000, 1)))
                    .isEqualTo(new NotHigher(highest));
            assertThat(ledger.accept(session, TestVouchers.voucher(EARNING, 5000, Long.MAX_VALUE)))
                    .isEqualTo(new NotHigher(highest));
            assertThat(ledger.latest(EARNING.id(), Side.PAYEE)).contains(highest);
        }
    }

    @Test
    void refuses_what_does_not_belong_to_the_session() throws Exception {
        try (Ledger ledger = open()) {
            SessionId earning = begin(ledger, EARNING);
            SessionId paying = begin(ledger, PAYING);
            assertThatThrownBy(() -> ledger.accept(earning, TestVouchers.voucher(PAYING, 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ledger.accept(paying, TestVouchers.voucher(PAYING, 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(
                            () ->
                                    ledger.accept(
                                            new SessionId(99), TestVouchers.voucher(EARNING, 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(
                            () ->
                                    ledger.begin(
                                            TestVouchers.channel(9, Side.PAYEE).id(),
                                            Side.PAYEE,
                                            Optional.empty(),
                                            Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(ledger.accept(earning, TestVouchers.voucher(EARNING, 1)))
                    .isInstanceOf(Added.class);
        }
    }

    @Test
    void has_after_a_restart_all_that_it_had_before() throws Exception {
        SpendingCaps caps =
                new SpendingCaps(
                        Optional.of(TokenAmount.of(5000)),
                        Optional.empty(),
                        Optional.of(TokenAmount.of(7000)));
        ChannelRecord closing =
                new ChannelRecord(
                        PAYING.key(),
                        PAYING.domain(),
                        Side.PAYER,
                        Optional.empty(),
                        PAYING.offerHash(),
                        TokenAmount.of(10_000),
                        TokenAmount.of(1000),
                        18,
                        Status.CLOSING,
                        Optional.of(Instant.parse("2026-03-05T00:00:00.123Z")));
        SessionId earning;
        List<SessionRecord> sessions;
        try (Ledger ledger = open()) {
            earning = begin(ledger, EARNING);
            SessionId paying = begin(ledger, PAYING);
            ledger.setCaps(caps);
            for (int n = 1; n <= 4; n++) {
                Acceptance _ = ledger.accept(earning, TestVouchers.voucher(EARNING, n));
                assertThat(pay(ledger, paying, n)).isInstanceOf(Added.class);
            }
            ledger.put(closing);
            ledger.end(earning, new Metered(4, 0), new Metered(5, 0), "asked to");
            ledger.end(paying, new Metered(6, 7), Metered.NOTHING, "the peer said goodbye");
            sessions = ledger.sessions(10);
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.latest(EARNING.id(), Side.PAYEE))
                    .contains(TestVouchers.voucher(EARNING, 4));
            assertThat(ledger.latest(PAYING.id(), Side.PAYER))
                    .contains(TestVouchers.voucher(PAYING, 4));
            assertThat(ledger.channels(Side.PAYEE)).containsExactly(EARNING);
            assertThat(ledger.channel(PAYING.id(), Side.PAYER)).contains(closing);
            assertThat(ledger.caps()).isEqualTo(caps);
            assertThat(ledger.sessions(10)).isEqualTo(sessions).hasSize(2);
            assertThat(ledger.session(earning).orElseThrow().paid())
                    .isEqualTo(TokenAmount.of(4000));
            assertThat(sum(ledger, Side.PAYER)).isEqualTo(TokenAmount.of(4000));
            assertThat(
                            ledger.daily(
                                    Side.PAYEE,
                                    LocalDate.of(2026, 1, 1),
                                    LocalDate.of(2026, 12, 31)))
                    .containsExactly(
                            new DailySum(
                                    LocalDate.of(2026, 3, 4),
                                    TokenAmount.of(4000),
                                    4 * TestVouchers.BYTES_PER_VOUCHER));
        }
    }

    private static TokenAmount sum(Ledger ledger, Side side) throws LedgerException {
        return ledger.daily(side, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)).stream()
                .map(DailySum::amount)
                .reduce(TokenAmount.ZERO, TokenAmount::plus);
    }

    @Test
    void a_closed_channel_is_no_longer_among_the_channels() throws Exception {
        try (Ledger ledger = open()) {
            ledger.put(PAYING);
            ledger.put(
                    new ChannelRecord(
                            PAYING.key(),
                            PAYING.domain(),
                            Side.PAYER,
                            Optional.empty(),
                            PAYING.offerHash(),
                            PAYING.deposit(),
                            PAYING.claimed(),
                            18,
                            Status.CLOSED,
                            Optional.empty()));
            assertThat(ledger.channels(Side.PAYER)).isEmpty();
            assertThat(ledger.channel(PAYING.id(), Side.PAYER)).isPresent();
        }
    }

    // ------------------------------------------------------------ spending

    @Test
    void records_no_more_than_was_reserved() throws Exception {
        try (Ledger ledger = open()) {
            SessionId session = begin(ledger, PAYING);
            assertThat(pay(ledger, session, 1)).isInstanceOf(Added.class);
            assertThatThrownBy(() -> pay(ledger, session, 3))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("reserved");
            assertThat(ledger.latest(PAYING.id(), Side.PAYER))
                    .contains(TestVouchers.voucher(PAYING, 1));
        }
    }

    @Test
    void a_reservation_serves_once() throws Exception {
        try (Ledger ledger = open()) {
            SessionId session = begin(ledger, PAYING);
            Reservation reservation =
                    ((Reserved) ledger.reserve(session, TokenAmount.of(1000))).reservation();
            Acceptance _ = ledger.record(reservation, TestVouchers.voucher(PAYING, 1));
            assertThatThrownBy(() -> ledger.record(reservation, TestVouchers.voucher(PAYING, 2)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(ledger.spending(session).session()).isEqualTo(TokenAmount.of(1000));
        }
    }

    @Test
    void caps_hold_over_a_restart_and_from_one_session_to_the_one_after_a_failover()
            throws Exception {
        SessionId first;
        try (Ledger ledger = open()) {
            first = begin(ledger, PAYING);
            ledger.setCaps(
                    new SpendingCaps(
                            Optional.of(TokenAmount.of(2000)),
                            Optional.of(TokenAmount.of(3000)),
                            Optional.empty()));
            assertThat(pay(ledger, first, 1)).isInstanceOf(Added.class);
            ledger.end(first, Metered.NOTHING, Metered.NOTHING, "failover");
        }
        try (Ledger ledger = open()) {
            SessionId second =
                    ledger.begin(PAYING.id(), Side.PAYER, Optional.empty(), Optional.of(first));
            assertThat(pay(ledger, second, 2)).isInstanceOf(Added.class);
            assertThat(ledger.reserve(second, TokenAmount.of(1))).isInstanceOf(CapReached.class);
            assertThat(ledger.spending(first).session()).isEqualTo(TokenAmount.of(1000));
            SessionId other = begin(ledger, PAYING);
            assertThat(pay(ledger, other, 3)).isInstanceOf(Added.class);
            assertThat(ledger.reserve(other, TokenAmount.of(1))).isInstanceOf(CapReached.class);
            clock.advance(Duration.ofDays(1));
            assertThat(ledger.reserve(other, TokenAmount.of(1))).isInstanceOf(Reserved.class);
            for (SessionId session : List.of(second, other)) {
                ledger.end(session, Metered.NOTHING, Metered.NOTHING, "done");
            }
        }
    }

    // ------------------------------------------------------------ sessions

    @Test
    void meters_reach_the_disk_with_the_next_voucher() throws Exception {
        SessionId session;
        try (Ledger ledger = open()) {
            session = begin(ledger, EARNING);
            ledger.meter(session, new Metered(10, 0), new Metered(11, 0));
            Acceptance _ = ledger.accept(session, TestVouchers.voucher(EARNING, 1));
            ledger.meter(session, new Metered(20, 0), new Metered(21, 0));
            assertThat(ledger.session(session).orElseThrow().ours()).isEqualTo(new Metered(20, 0));
        }
        Opening opening = SqliteLedger.open(folder, clock);
        try (Ledger ledger = ((Opening.Repaired) opening).ledger()) {
            SessionRecord found = ledger.session(session).orElseThrow();
            assertThat(found.ours()).isEqualTo(new Metered(10, 0));
            assertThat(found.paid()).isEqualTo(TokenAmount.of(1000));
            assertThat(found.end().orElseThrow().reason()).isEqualTo(Recovery.CUT_OFF);
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.session(session).orElseThrow().end()).isPresent();
        }
    }

    @Test
    void only_the_first_end_of_a_session_counts_and_a_voucher_after_it_is_money() throws Exception {
        try (Ledger ledger = open()) {
            SessionId session = begin(ledger, EARNING);
            ledger.end(session, Metered.NOTHING, Metered.NOTHING, "first");
            ledger.end(session, Metered.NOTHING, Metered.NOTHING, "second");
            assertThat(ledger.accept(session, TestVouchers.voucher(EARNING, 1)))
                    .isInstanceOf(Added.class);
            SessionRecord found = ledger.session(session).orElseThrow();
            assertThat(found.end().orElseThrow().reason()).isEqualTo("first");
            assertThat(found.paid()).isEqualTo(TokenAmount.of(1000));
        }
    }

    // ------------------------------------------------------------ many at once

    @Test
    void many_threads_share_flushes_and_lose_nothing() throws Exception {
        int channels = 64;
        int vouchers = 5;
        try (Ledger ledger = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CyclicBarrier start = new CyclicBarrier(channels);
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < channels; i++) {
                ChannelRecord channel = TestVouchers.channel(100 + i, Side.PAYEE);
                all.add(
                        threads.submit(
                                () -> {
                                    start.await();
                                    SessionId session = begin(ledger, channel);
                                    for (int n = 1; n <= vouchers; n++) {
                                        Acceptance _ =
                                                ledger.accept(
                                                        session, TestVouchers.voucher(channel, n));
                                    }
                                    ledger.end(session, Metered.NOTHING, Metered.NOTHING, "done");
                                    return null;
                                }));
            }
            for (Future<Void> one : all) {
                one.get();
            }
            assertThat(sum(ledger, Side.PAYEE))
                    .isEqualTo(TokenAmount.of(1000L * channels * vouchers));
        }
        long calls = channels * (long) (vouchers + 3);
        assertThat(number("SELECT changes FROM ledger")).isPositive().isLessThan(calls / 2);
        assertThat(number("SELECT count(*) FROM vouchers")).isEqualTo(channels * (long) vouchers);
        open().close();
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeQuery(sql).getLong(1);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
    }

    // ------------------------------------------------------------ who may open it

    @Test
    void nobody_else_can_read_its_files() throws Exception {
        Path own = folder.resolve("own");
        try (Ledger ledger = ((Opening.Sound) SqliteLedger.open(own, clock)).ledger()) {
            SessionId session = begin(ledger, EARNING);
            Acceptance _ = ledger.accept(session, TestVouchers.voucher(EARNING, 1));
            assertThat(Files.getPosixFilePermissions(own))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            try (Stream<Path> files = Files.list(own)) {
                assertThat(files.filter(Files::isRegularFile))
                        .hasSizeGreaterThanOrEqualTo(4)
                        .allSatisfy(
                                file ->
                                        assertThat(Files.getPosixFilePermissions(file))
                                                .isEqualTo(
                                                        PosixFilePermissions.fromString(
                                                                "rw-------")));
            }
        }
    }

    @Test
    void a_second_one_is_refused_and_told_who_has_it() throws Exception {
        try (Ledger _ = open()) {
            assertThatThrownBy(() -> SqliteLedger.open(folder, clock))
                    .isInstanceOfSatisfying(
                            LedgerException.class,
                            e -> {
                                assertThat(e.reason()).isEqualTo(Reason.IN_USE);
                                assertThat(e)
                                        .hasMessageContaining("" + ProcessHandle.current().pid());
                            });
        }
        open().close();
    }

    @Test
    void a_ledger_of_a_newer_version_is_left_alone() throws Exception {
        open().close();
        change(
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                        + " script, checksum, installed_by, execution_time, success) VALUES (99, '99',"
                        + " 'later', 'SQL', 'V99__later.sql', 1, '', 0, 1)");
        assertThatThrownBy(() -> SqliteLedger.open(folder, clock))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(Reason.NEWER_SCHEMA);
                            assertThat(e).hasMessageContaining("99");
                        });
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void the_database_of_another_program_is_not_touched() throws Exception {
        change("CREATE TABLE other (x)");
        assertThat(SqliteLedger.open(folder, clock)).isInstanceOf(Opening.Damaged.class);
        assertThat(number("SELECT count(*) FROM sqlite_schema")).isEqualTo(1);
    }

    @Test
    void the_database_itself_keeps_vouchers_from_being_changed() throws Exception {
        try (Ledger ledger = open()) {
            SessionId session = begin(ledger, EARNING);
            Acceptance _ = ledger.accept(session, TestVouchers.voucher(EARNING, 1));
            ledger.end(session, Metered.NOTHING, Metered.NOTHING, "done");
        }
        assertThatThrownBy(() -> change("UPDATE vouchers SET at = 0"))
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> change("DELETE FROM vouchers"))
                .hasMessageContaining("never deleted");
    }

    @Test
    void nothing_is_acknowledged_once_it_is_closed() throws Exception {
        Ledger ledger = open();
        SessionId session = begin(ledger, EARNING);
        ledger.end(session, Metered.NOTHING, Metered.NOTHING, "done");
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> ledger.accept(session, TestVouchers.voucher(EARNING, 1)))
                .isInstanceOfSatisfying(
                        LedgerException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
        assertThatThrownBy(ledger::caps).isInstanceOf(LedgerException.class);
    }
}
