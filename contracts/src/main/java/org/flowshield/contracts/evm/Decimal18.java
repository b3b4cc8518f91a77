package org.flowshield.contracts.evm;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.contracts.evm.MalformedAmountException.Reason;

/** Amounts as people write them, of coins that have 18 decimals. */
final class Decimal18 {

    static final int DECIMALS = 18;

    /** 2^256 has 78 digits; nothing longer is an amount, with its point and 18 decimals. */
    private static final int MAX_TEXT = 100;

    private static final BigInteger ONE_COIN = BigInteger.TEN.pow(DECIMALS);

    private static final Pattern NUMBER = Pattern.compile("(-?)([0-9]+)(?:\\.([0-9]+))?");

    private Decimal18() {}

    /** Units of a text like {@code 12.5}, fewer than {@code limit}. */
    static BigInteger parse(String text, BigInteger limit) throws MalformedAmountException {
        Matcher number = NUMBER.matcher(text);
        if (text.length() > MAX_TEXT || !number.matches()) {
            throw new MalformedAmountException(
                    Reason.NOT_A_NUMBER,
                    "this is no amount: write it with digits and a point, like 12.5");
        }
        if (!number.group(1).isEmpty()) {
            throw new MalformedAmountException(Reason.NEGATIVE, "an amount is not less than 0");
        }
        String decimals = number.group(3) == null ? "" : number.group(3);
        if (decimals.length() > DECIMALS) {
            throw new MalformedAmountException(
                    Reason.TOO_MANY_DECIMALS,
                    "the amount has "
                            + decimals.length()
                            + " decimals, the coin has "
                            + DECIMALS
                            + ": leave out the last");
        }
        String padded = decimals + "0".repeat(DECIMALS - decimals.length());
        BigInteger units = new BigInteger(number.group(2) + padded);
        if (units.compareTo(limit) >= 0) {
            throw new MalformedAmountException(
                    Reason.TOO_LARGE, "the amount is more than can exist");
        }
        return units;
    }

    /** The shortest text that {@link #parse} reads as these units. */
    static String format(BigInteger units) {
        BigInteger[] parts = units.divideAndRemainder(ONE_COIN);
        if (parts[1].signum() == 0) {
            return parts[0].toString();
        }
        String decimals = parts[1].toString();
        decimals = "0".repeat(DECIMALS - decimals.length()) + decimals;
        return parts[0] + "." + decimals.replaceFirst("0+$", "");
    }
}
