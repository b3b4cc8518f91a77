package org.flowshield.contracts.payment;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.MalformedHexException;

/**
 * The name of a payment channel, once and for all: the contract never opens it again. Immutable.
 *
 * @param value the hash that {@link ChannelKey#id} makes
 */
public record ChannelId(Bytes32 value) {

    /** Parses {@code 0x} and 64 hexadecimal digits. */
    public static ChannelId parse(String text) throws MalformedHexException {
        return new ChannelId(Bytes32.parse(text));
    }

    /** {@code 0x} and 64 hexadecimal digits. */
    @Override
    public String toString() {
        return value.toString();
    }
}
