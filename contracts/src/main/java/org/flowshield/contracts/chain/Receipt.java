package org.flowshield.contracts.chain;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.jspecify.annotations.Nullable;

/**
 * What became of a transaction in a block, which may still be reorganised. Immutable.
 *
 * @param succeeded false if it was undone, though its gas was paid
 * @param cost the gas that it used at the price that it paid
 * @param created the contract that it made, if it made one
 */
public record Receipt(
        TransactionHash transaction,
        long block,
        Bytes32 blockHash,
        boolean succeeded,
        long gasUsed,
        Wei cost,
        @Nullable EvmAddress created,
        List<Log> logs) {

    public Receipt {
        logs = List.copyOf(logs);
    }

    /** The contract that it made, if it made one. */
    public Optional<EvmAddress> contract() {
        return Optional.ofNullable(created);
    }
}
