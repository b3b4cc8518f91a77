package org.flowshield.node.ledger.sqlite;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.node.ledger.Acceptance;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.LedgerException.Reason;
import org.flowshield.node.ledger.Opening;
import org.flowshield.node.ledger.Reservation;
import org.flowshield.node.ledger.SessionId;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.ledger.SpendingDecision.Reserved;

/**
 * A process that does nothing but record vouchers, as provider and client in turn, so that it can
 * be killed and its disk can fail. It writes what the ledger acknowledged into a file of its own:
 * {@code +N} for the N-th voucher, {@code !REASON} for a refusal.
 */
final class LedgerChild {

    /** Small, so that a run of a hundred vouchers sees several checkpoints. */
    static final int CHECKPOINT_PAGES = 120;

    static final ChannelRecord EARNING = TestVouchers.channel(1, Side.PAYEE);
    static final ChannelRecord PAYING = TestVouchers.channel(2, Side.PAYER);

    /** How often it tries again when the disk is full. */
    private static final int TRIES = 3;

    private final Ledger ledger;
    private final FileOutputStream acknowledged;

    private LedgerChild(Ledger ledger, FileOutputStream acknowledged) {
        this.ledger = ledger;
        this.acknowledged = acknowledged;
    }

    /** Folder, file of what was acknowledged, first and last voucher, durability. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int first = Integer.parseInt(arguments[2]);
        int last = Integer.parseInt(arguments[3]);
        Durability durability = Durability.valueOf(arguments[4]);
        try (FileOutputStream acknowledged = new FileOutputStream(arguments[1], true)) {
            try (Ledger ledger = open(folder, durability)) {
                new LedgerChild(ledger, acknowledged).record(first, last);
            } catch (LedgerException e) {
                say(acknowledged, "!" + e.reason());
            }
        }
    }

    private static Ledger open(Path folder, Durability durability) throws LedgerException {
        return switch (SqliteLedger.open(folder, Clock.systemUTC(), durability, CHECKPOINT_PAGES)) {
            case Opening.Sound(Ledger ledger) -> ledger;
            case Opening.Repaired(Ledger ledger, List<String> _) -> ledger;
            case Opening.Damaged damaged -> throw new IllegalStateException(damaged.toString());
        };
    }

    private static void say(FileOutputStream to, String what) throws IOException {
        to.write((what + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** The channel of the n-th voucher, and its number in it. */
    static ChannelRecord channel(int n) {
        return n % 2 == 0 ? PAYING : EARNING;
    }

    static SignedVoucher voucher(int n) {
        return TestVouchers.voucher(channel(n), (n + 1) / 2);
    }

    private void record(int first, int last) throws LedgerException, IOException {
        if (last < first) {
            return;
        }
        SessionId earning = begin(EARNING);
        SessionId paying = begin(PAYING);
        for (int n = first; n <= last; n++) {
            tryTo(n, n % 2 == 0 ? paying : earning);
            say(acknowledged, "+" + n);
        }
    }

    private SessionId begin(ChannelRecord channel) throws LedgerException {
        ledger.put(channel);
        return ledger.begin(channel.id(), channel.side(), Optional.empty(), Optional.empty());
    }

    private void tryTo(int n, SessionId session) throws LedgerException, IOException {
        for (int tried = 1; ; tried++) {
            try {
                if (!(record(n, session) instanceof Acceptance.NotHigher)) {
                    return;
                }
                throw new IllegalStateException("voucher " + n + " is not higher");
            } catch (LedgerException e) {
                if (e.reason() != Reason.DISK_FULL || tried == TRIES) {
                    throw e;
                }
                say(acknowledged, "!" + e.reason());
            }
        }
    }

    private Acceptance record(int n, SessionId session) throws LedgerException {
        if (n % 2 != 0) {
            return ledger.accept(session, voucher(n));
        }
        try (Reservation reservation =
                ((Reserved) ledger.reserve(session, TokenAmount.of(1000))).reservation()) {
            return ledger.record(reservation, voucher(n));
        }
    }
}
