package org.flowshield.contracts.evm;

/**
 * Which chain: signatures and transactions for one are worth nothing on another. Immutable.
 *
 * @param value greater than 0
 */
public record ChainId(long value) {

    /**
     * @throws IllegalArgumentException if it is not greater than 0
     */
    public ChainId {
        if (value <= 0) {
            throw new IllegalArgumentException("a chain id is greater than 0, not " + value);
        }
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
