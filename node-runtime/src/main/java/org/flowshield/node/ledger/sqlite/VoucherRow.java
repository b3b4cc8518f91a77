package org.flowshield.node.ledger.sqlite;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.node.ledger.Side;

/**
 * A voucher in its place in the chain of all of them. Immutable.
 *
 * @param seq counted from 1, without gaps
 * @param at when it was recorded, by the thousandth of a second
 * @param previous the hash of the row before, zero for the first
 * @param hash over all the others
 */
record VoucherRow(
        long seq,
        Side side,
        long session,
        SignedVoucher signed,
        Instant at,
        Bytes32 previous,
        Bytes32 hash) {

    private static final String KIND = "FlowShield ledger voucher 1";

    /** The row that follows another. */
    static VoucherRow after(Head head, Side side, long session, SignedVoucher signed, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        long seq = head.seq() + 1;
        return new VoucherRow(
                seq,
                side,
                session,
                signed,
                at,
                head.hash(),
                hash(seq, side, session, signed, at, head.hash()));
    }

    /** Whether it is as it was written. */
    boolean isSound() {
        return hash(seq, side, session, signed, at, previous).equals(hash);
    }

    Head head() {
        return new Head(seq, hash);
    }

    private static Bytes32 hash(
            long seq, Side side, long session, SignedVoucher signed, Instant at, Bytes32 previous) {
        return new Seal(KIND)
                .put(seq)
                .put(side)
                .put(session)
                .put(signed.voucher().channel().value().bytes())
                .put(signed.voucher().cumulative())
                .put(signed.voucher().bytesServed())
                .put(signed.signature().bytes())
                .put(at)
                .put(previous.bytes())
                .hash();
    }

    /**
     * The end of the chain. Immutable.
     *
     * @param seq of the last row, 0 if there is none
     */
    record Head(long seq, Bytes32 hash) {

        static final Head EMPTY = new Head(0, Bytes32.ZERO);
    }
}
