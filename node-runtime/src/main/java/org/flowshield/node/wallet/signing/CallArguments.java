package org.flowshield.node.wallet.signing;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.signing.MalformedSignatureException;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.wallet.signing.MalformedRequestException.Reason;

/**
 * Takes words off a call, one by one. What it lets pass is compared when the call is written again.
 * For use by one thread.
 */
final class CallArguments {

    private static final int SELECTOR = 4;

    /** A length is bounded before anything is made of it: the longest is a registration's URI. */
    static final int MAX_BYTES = 256;

    private final ByteBuffer data;

    CallArguments(byte[] data) {
        this.data = ByteBuffer.wrap(data);
    }

    /** A call: four bytes that name the function, then its arguments. */
    static byte[] call(Bytes32 hash, Words arguments) {
        return call(hash, arguments.bytes());
    }

    /**
     * A call whose last argument, of any length, comes after the others.
     *
     * @param last the first word of it is its length, the rest is filled up with zeros
     */
    static byte[] call(Bytes32 hash, Words arguments, byte[] last) {
        byte[] words = arguments.bytes();
        int padded = Math.ceilDiv(last.length, Bytes32.LENGTH) * Bytes32.LENGTH;
        return call(
                hash,
                ByteBuffer.allocate(words.length + Bytes32.LENGTH + padded)
                        .put(words)
                        .put(new Words(1).put(last.length).bytes())
                        .put(last)
                        .array());
    }

    private static byte[] call(Bytes32 hash, byte[] words) {
        return ByteBuffer.allocate(SELECTOR + words.length)
                .put(hash.bytes(), 0, SELECTOR)
                .put(words)
                .array();
    }

    boolean isOf(Bytes32 hash) {
        if (data.limit() < SELECTOR || data.getInt(0) != ByteBuffer.wrap(hash.bytes()).getInt()) {
            return false;
        }
        data.position(SELECTOR);
        return true;
    }

    private byte[] bytes(int length) throws MalformedRequestException {
        if (data.remaining() < length) {
            throw malformed("the call ends in the middle of its arguments");
        }
        byte[] bytes = new byte[length];
        data.get(bytes);
        return bytes;
    }

    Bytes32 word() throws MalformedRequestException {
        return new Bytes32(bytes(Bytes32.LENGTH));
    }

    EvmAddress address() throws MalformedRequestException {
        byte[] word = word().bytes();
        return new EvmAddress(
                Arrays.copyOfRange(word, word.length - EvmAddress.LENGTH, word.length));
    }

    TokenAmount amount() throws MalformedRequestException {
        try {
            return new TokenAmount(integer());
        } catch (IllegalArgumentException e) {
            throw malformed("an amount is more than can exist; so is \"all, for ever\"");
        }
    }

    Instant time() throws MalformedRequestException {
        try {
            return Instant.ofEpochSecond(integer().longValueExact());
        } catch (ArithmeticException | DateTimeException e) {
            throw malformed("a time is later than there are years");
        }
    }

    /** What is neither 0 nor 1 is found when the call is written again. */
    boolean flag() throws MalformedRequestException {
        return integer().signum() != 0;
    }

    /** A number of at most 32 bits. */
    long number() throws MalformedRequestException {
        BigInteger number = integer();
        if (number.bitLength() > Integer.SIZE) {
            throw malformed("a number is greater than the contract has room for");
        }
        return number.longValue();
    }

    private BigInteger integer() throws MalformedRequestException {
        return new BigInteger(1, word().bytes());
    }

    /** The last argument, which has any length; what stands where is found when it is rewritten. */
    byte[] last() throws MalformedRequestException {
        BigInteger length = integer();
        if (length.bitLength() >= Integer.SIZE || length.intValue() > MAX_BYTES) {
            throw malformed("an argument is longer than the contract takes");
        }
        return bytes(length.intValue());
    }

    /** The same as text: printable ASCII, so that nobody is shown something else than is meant. */
    String text() throws MalformedRequestException {
        byte[] bytes = last();
        for (byte each : bytes) {
            if (each <= ' ' || each > '~') {
                throw malformed("a text has characters that can't be shown");
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    Caps caps() throws MalformedRequestException {
        try {
            return new Caps(amount(), amount(), time());
        } catch (IllegalArgumentException e) {
            throw malformed("the caps are more than the contract has room for");
        }
    }

    Signature signature() throws MalformedRequestException {
        BigInteger v = integer();
        ByteBuffer signature =
                ByteBuffer.allocate(Signature.LENGTH).put(word().bytes()).put(word().bytes());
        signature.put(v.byteValue());
        try {
            return Signature.parse(signature.array());
        } catch (MalformedSignatureException e) {
            throw malformed("the permit's signature is none");
        }
    }

    static MalformedRequestException malformed(String message) {
        return new MalformedRequestException(Reason.ARGUMENTS, message);
    }
}
