package org.flowshield.node.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.DailySum;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.Side;

/** What a ledger must be after whatever happened to {@link LedgerChild}. */
final class Findings {

    private Findings() {}

    /**
     * Every acknowledged voucher is there, and at most the one that was being recorded; none that
     * was never written; and the ledger goes on.
     *
     * @throws AssertionError if not
     */
    static void requireWhole(Path folder, int acknowledged)
            throws LedgerException, SQLException, IOException {
        int found;
        try (Ledger ledger = open(folder)) {
            found = count(ledger);
            assertThat(found).as("vouchers found").isBetween(acknowledged, acknowledged + 1);
            for (ChannelRecord channel :
                    new ChannelRecord[] {LedgerChild.EARNING, LedgerChild.PAYING}) {
                assertThat(ledger.latest(channel.id(), channel.side()))
                        .isEqualTo(highest(channel, found));
            }
        }
        requireNoneInvented(folder, found);
        Opening again = SqliteLedger.open(folder, Clock.systemUTC());
        assertThat(again).as("what was put right stays right").isInstanceOf(Opening.Sound.class);
        ((Opening.Sound) again).ledger().close();
    }

    private static Ledger open(Path folder) throws LedgerException {
        return switch (SqliteLedger.open(folder, Clock.systemUTC())) {
            case Opening.Sound sound -> sound.ledger();
            case Opening.Repaired repaired -> repaired.ledger();
            case Opening.Damaged damaged -> throw new AssertionError(damaged.toString());
        };
    }

    /** How many there are, by the money that they promise. */
    private static int count(Ledger ledger) throws LedgerException {
        TokenAmount sum = TokenAmount.ZERO;
        for (Side side : Side.values()) {
            for (DailySum day :
                    ledger.daily(side, LocalDate.of(2020, 1, 1), LocalDate.of(2999, 1, 1))) {
                sum = sum.plus(day.amount());
            }
        }
        return sum.units().intValueExact() / 1000;
    }

    private static Optional<SignedVoucher> highest(ChannelRecord channel, int found) {
        int n = LedgerChild.channel(found).equals(channel) ? found : found - 1;
        return n < 1 ? Optional.empty() : Optional.of(LedgerChild.voucher(n));
    }

    /** Looks at the rows past the ledger and its checks. */
    static void requireNoneInvented(Path folder, int found) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.db"));
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT seq, channel, cumulative, bytes_served, signature"
                                        + " FROM vouchers ORDER BY seq")) {
            int n = 0;
            while (rows.next()) {
                n++;
                assertThat(rows.getInt("seq")).isEqualTo(n);
                assertThat(
                                new SignedVoucher(
                                        new Voucher(
                                                new ChannelId(
                                                        new Bytes32(rows.getBytes("channel"))),
                                                Seal.amount(rows.getBytes("cumulative")),
                                                rows.getLong("bytes_served")),
                                        new Signature(rows.getBytes("signature"))))
                        .isEqualTo(LedgerChild.voucher(n));
            }
            assertThat(n).as("rows").isEqualTo(found);
        }
    }
}
