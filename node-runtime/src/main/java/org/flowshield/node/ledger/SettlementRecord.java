package org.flowshield.node.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.sending.Sent;

/**
 * A transaction that redeems vouchers. Immutable.
 *
 * @param id counted from 1
 * @param parts a channel each
 * @param transaction as it was signed last: handing it in again does no harm
 * @param begun when it was first signed
 * @param end when its outcome was known
 * @param cost of its gas; zero before its end
 * @param detail what happened, in words for people
 */
public record SettlementRecord(
        long id,
        List<Part> parts,
        Sent transaction,
        State state,
        Instant begun,
        Optional<Instant> end,
        Wei cost,
        String detail) {

    /** Enough for some sentences. */
    public static final int MAX_DETAIL = 2000;

    /** How far it is. */
    public enum State {
        /** It is signed, and may be on its way or not; nobody knows its end. */
        SIGNED,
        /** It is in the chain, deep enough; what it moved is the payee's. */
        CONFIRMED,
        /** It is in the chain and moved nothing; only gas was paid. */
        REVERTED,
        /** It never happens: another transaction has its number, or the chain refused it. */
        DROPPED
    }

    /**
     * What it does for a channel. Immutable.
     *
     * @param upTo what the voucher promises in all
     * @param moved what the payee got; zero before it is confirmed
     */
    public record Part(ChannelId channel, TokenAmount upTo, TokenAmount moved) {}

    public SettlementRecord {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a settlement of nothing");
        }
        if (detail.length() > MAX_DETAIL) {
            throw new IllegalArgumentException("a detail of " + detail.length() + " letters");
        }
        if (end.isPresent() != (state != State.SIGNED)) {
            throw new IllegalArgumentException("a settlement has an end exactly when it has one");
        }
    }

    /** All that it moved. */
    public TokenAmount moved() {
        return parts.stream().map(Part::moved).reduce(TokenAmount.ZERO, TokenAmount::plus);
    }

    /** The same with another transaction of the same number, which offers more for its gas. */
    public SettlementRecord resigned(Sent raised) {
        return new SettlementRecord(id, parts, raised, state, begun, end, cost, detail);
    }

    /** The same, over. */
    public SettlementRecord ended(State how, List<Part> result, Instant at, Wei gas, String why) {
        return new SettlementRecord(
                id,
                result,
                transaction,
                how,
                begun,
                Optional.of(at),
                gas,
                why.length() > MAX_DETAIL ? why.substring(0, MAX_DETAIL) : why);
    }
}
