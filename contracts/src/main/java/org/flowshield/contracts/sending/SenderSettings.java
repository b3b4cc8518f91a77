package org.flowshield.contracts.sending;

import java.time.Duration;
import org.flowshield.contracts.evm.Wei;

/**
 * How transactions are sent. Immutable.
 *
 * @param confirmations blocks that must hold a transaction, its own and those above it; at least 1
 * @param gasSymbol what the gas coin is called
 * @param maxFee for a unit of gas nothing more is ever offered
 * @param maxPriority of that, nothing more is ever offered to whoever makes the block
 * @param poll how often the chain is asked at most
 * @param stuckAfterBlocks blocks without it after which a transaction is offered more; at least 1
 * @param patience how long an outcome is waited for
 */
public record SenderSettings(
        int confirmations,
        String gasSymbol,
        Wei maxFee,
        Wei maxPriority,
        Duration poll,
        int stuckAfterBlocks,
        Duration patience) {

    /** A hundred times what gas has cost on quiet days: above it waiting is better than paying. */
    private static final Wei MAX_FEE = Wei.of(500_000_000_000L);

    /** What wallets offer when a chain is crowded. */
    private static final Wei MAX_PRIORITY = Wei.of(5_000_000_000L);

    private static final Duration POLL = Duration.ofSeconds(1);

    /** A transaction that pays enough is in one of the next few blocks. */
    private static final int STUCK_AFTER_BLOCKS = 6;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * @throws IllegalArgumentException if no transaction could be sent so
     */
    public SenderSettings {
        if (confirmations < 1
                || stuckAfterBlocks < 1
                || !poll.isPositive()
                || !patience.isPositive()) {
            throw new IllegalArgumentException(
                    "confirmations, blocks, polling and patience are greater than 0");
        }
    }

    /** For a network with these confirmations and this gas coin. */
    public static SenderSettings of(int confirmations, String gasSymbol) {
        return new SenderSettings(
                confirmations,
                gasSymbol,
                MAX_FEE,
                MAX_PRIORITY,
                POLL,
                STUCK_AFTER_BLOCKS,
                PATIENCE);
    }

    public SenderSettings withPoll(Duration poll) {
        return new SenderSettings(
                confirmations, gasSymbol, maxFee, maxPriority, poll, stuckAfterBlocks, patience);
    }

    public SenderSettings withPatience(Duration patience) {
        return new SenderSettings(
                confirmations, gasSymbol, maxFee, maxPriority, poll, stuckAfterBlocks, patience);
    }

    public SenderSettings withMaxFee(Wei maxFee) {
        return new SenderSettings(
                confirmations, gasSymbol, maxFee, maxPriority, poll, stuckAfterBlocks, patience);
    }
}
