package org.flowshield.contracts.rpc;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;

/** The arguments of a contract's error, each a word. Immutable. */
final class ErrorData {

    private final byte[] words;

    /**
     * @param words whole ones
     */
    ErrorData(byte[] words) {
        this.words = words.clone();
    }

    int count() {
        return words.length / Bytes32.LENGTH;
    }

    Bytes32 word(int index) {
        int from = index * Bytes32.LENGTH;
        return new Bytes32(Arrays.copyOfRange(words, from, from + Bytes32.LENGTH));
    }

    BigInteger number(int index) {
        return new BigInteger(1, word(index).bytes());
    }

    EvmAddress address(int index) {
        byte[] word = word(index).bytes();
        return new EvmAddress(
                Arrays.copyOfRange(word, Bytes32.LENGTH - EvmAddress.LENGTH, Bytes32.LENGTH));
    }

    /** An amount of FLOW; a contract that is not ours may say more than exists. */
    String flow(int index) {
        try {
            return new TokenAmount(number(index)).toString();
        } catch (IllegalArgumentException e) {
            return number(index) + " units of FLOW";
        }
    }

    /** A time in seconds; a contract that is not ours may say one that no calendar has. */
    String time(int index) {
        try {
            return Instant.ofEpochSecond(number(index).longValueExact()).toString();
        } catch (ArithmeticException | DateTimeException e) {
            return "second " + number(index);
        }
    }

    /** The argument as the type in the error's signature says. */
    String text(int index, String type) {
        if (type.equals("address")) {
            return address(index).toString();
        }
        if (type.startsWith("uint")) {
            return number(index).toString();
        }
        return "0x" + HexFormat.of().formatHex(word(index).bytes());
    }
}
