package org.flowshield.node.payment;

import java.math.BigInteger;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * What traffic costs. Immutable.
 *
 * @param perGiB for 2^30 bytes; above 0, at most {@link #MOST}
 */
public record Price(TokenAmount perGiB) {

    /** All FLOW that exist; keeps the cost of 2^63 bytes below the 2^128 of an amount. */
    public static final TokenAmount MOST = new TokenAmount(BigInteger.TEN.pow(27));

    private static final int GIB_BITS = 30;
    private static final BigInteger GIB_LESS_ONE =
            BigInteger.ONE.shiftLeft(GIB_BITS).subtract(BigInteger.ONE);
    private static final BigInteger MOST_BYTES = BigInteger.valueOf(Long.MAX_VALUE);

    public Price {
        if (perGiB.isZero() || perGiB.isMoreThan(MOST)) {
            throw new IllegalArgumentException("no price: " + perGiB + " per GiB");
        }
    }

    /** What so many bytes cost, rounded up to the smallest part. */
    public TokenAmount cost(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("there is no cost of " + bytes + " bytes");
        }
        BigInteger exact = BigInteger.valueOf(bytes).multiply(perGiB.units());
        return new TokenAmount(exact.add(GIB_LESS_ONE).shiftRight(GIB_BITS));
    }

    /** How many bytes an amount pays for, whole ones; {@code cost(bytesFor(a)) <= a}. */
    public long bytesFor(TokenAmount amount) {
        BigInteger bytes = amount.units().shiftLeft(GIB_BITS).divide(perGiB.units());
        return bytes.min(MOST_BYTES).longValue();
    }

    /** Like {@code 0.5 FLOW per GiB}. */
    @Override
    public String toString() {
        return perGiB + " per GiB";
    }
}
