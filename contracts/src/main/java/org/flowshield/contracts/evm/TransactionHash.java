package org.flowshield.contracts.evm;

/**
 * The name of a transaction. Immutable.
 *
 * @param value keccak256 of the signed transaction
 */
public record TransactionHash(Bytes32 value) {

    /** Parses {@code 0x} and 64 hexadecimal digits. */
    public static TransactionHash parse(String text) throws MalformedHexException {
        return new TransactionHash(Bytes32.parse(text));
    }

    /** {@code 0x} and 64 hexadecimal digits. */
    @Override
    public String toString() {
        return value.toString();
    }
}
