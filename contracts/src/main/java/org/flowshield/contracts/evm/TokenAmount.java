package org.flowshield.contracts.evm;

import java.math.BigInteger;

/**
 * An amount of FLOW, the money that sessions are paid in. Immutable.
 *
 * @param units the smallest parts, 10^18 to the coin; at least 0, less than 2^128
 */
public record TokenAmount(BigInteger units) implements Comparable<TokenAmount> {

    /** A voucher carries 128 bits; all FLOW that exist have fewer than 96. */
    private static final int BITS = 128;

    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(BITS);

    public static final TokenAmount ZERO = new TokenAmount(BigInteger.ZERO);

    /** More than all FLOW that exist. */
    public static final TokenAmount MOST = new TokenAmount(LIMIT.subtract(BigInteger.ONE));

    /**
     * @throws IllegalArgumentException if it is negative or too large
     */
    public TokenAmount {
        if (units.signum() < 0 || units.compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException("no amount of FLOW: " + units + " units");
        }
    }

    /** So many of the smallest parts. */
    public static TokenAmount of(long units) {
        return new TokenAmount(BigInteger.valueOf(units));
    }

    /** Parses coins and decimals, like {@code 12.5}. */
    public static TokenAmount parse(String text) throws MalformedAmountException {
        return new TokenAmount(Decimal18.parse(text, LIMIT));
    }

    /**
     * The sum of both.
     *
     * @throws IllegalArgumentException if it is too large
     */
    public TokenAmount plus(TokenAmount other) {
        return new TokenAmount(units.add(other.units));
    }

    /**
     * What is left without the other.
     *
     * @throws IllegalArgumentException if the other is more
     */
    public TokenAmount minus(TokenAmount other) {
        return new TokenAmount(units.subtract(other.units));
    }

    public TokenAmount min(TokenAmount other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public TokenAmount max(TokenAmount other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isZero() {
        return units.signum() == 0;
    }

    public boolean isMoreThan(TokenAmount other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(TokenAmount other) {
        return units.compareTo(other.units);
    }

    /** Coins and decimals without the coin's name, as {@link #parse} reads them. */
    public String decimal() {
        return Decimal18.format(units);
    }

    /** Like {@code 12.5 FLOW}. */
    @Override
    public String toString() {
        return decimal() + " FLOW";
    }
}
