package org.flowshield.contracts.evm;

import java.math.BigInteger;

/**
 * An amount of the coin that the chain takes for gas. Immutable.
 *
 * @param units the smallest parts, 10^18 to the coin; at least 0, less than 2^256
 */
public record Wei(BigInteger units) implements Comparable<Wei> {

    /** A word of the chain: test chains give away as much. */
    private static final int BITS = 256;

    private static final BigInteger LIMIT = BigInteger.ONE.shiftLeft(BITS);

    public static final Wei ZERO = new Wei(BigInteger.ZERO);

    /**
     * @throws IllegalArgumentException if it is negative or too large
     */
    public Wei {
        if (units.signum() < 0 || units.compareTo(LIMIT) >= 0) {
            throw new IllegalArgumentException("no amount of the gas coin: " + units + " units");
        }
    }

    /** So many of the smallest parts. */
    public static Wei of(long units) {
        return new Wei(BigInteger.valueOf(units));
    }

    /** Parses coins and decimals, like {@code 12.5}. */
    public static Wei parse(String text) throws MalformedAmountException {
        return new Wei(Decimal18.parse(text, LIMIT));
    }

    /**
     * The sum of both.
     *
     * @throws IllegalArgumentException if it is too large
     */
    public Wei plus(Wei other) {
        return new Wei(units.add(other.units));
    }

    /**
     * What is left without the other.
     *
     * @throws IllegalArgumentException if the other is more
     */
    public Wei minus(Wei other) {
        return new Wei(units.subtract(other.units));
    }

    public Wei min(Wei other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Wei max(Wei other) {
        return compareTo(other) >= 0 ? this : other;
    }

    public boolean isZero() {
        return units.signum() == 0;
    }

    public boolean isMoreThan(Wei other) {
        return compareTo(other) > 0;
    }

    @Override
    public int compareTo(Wei other) {
        return units.compareTo(other.units);
    }

    /** Coins and decimals without the coin's name, as {@link #parse} reads them. */
    public String decimal() {
        return Decimal18.format(units);
    }

    /** Like {@code 0.002 ETH}, with the name that the network has for the coin. */
    public String in(String symbol) {
        return decimal() + " " + symbol;
    }

    /** Like {@code 0.002 ETH}. */
    @Override
    public String toString() {
        return in("ETH");
    }
}
