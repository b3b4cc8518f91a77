package org.flowshield.contracts.chain;

import java.util.Arrays;
import java.util.List;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;

/**
 * What a contract said in a transaction. Immutable.
 *
 * @param topics the event's name and its indexed fields, as words
 * @param data its other fields
 * @param index its place in the block
 */
public record Log(
        EvmAddress contract,
        List<Bytes32> topics,
        byte[] data,
        long block,
        Bytes32 blockHash,
        TransactionHash transaction,
        int index) {

    public Log {
        topics = List.copyOf(topics);
        data = data.clone();
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Log log
                && contract.equals(log.contract)
                && topics.equals(log.topics)
                && Arrays.equals(data, log.data)
                && block == log.block
                && blockHash.equals(log.blockHash)
                && transaction.equals(log.transaction)
                && index == log.index;
    }

    @Override
    public int hashCode() {
        return 31 * transaction.hashCode() + index;
    }

    @Override
    public String toString() {
        return "Log[" + contract + " in " + transaction + ", " + index + "]";
    }
}
