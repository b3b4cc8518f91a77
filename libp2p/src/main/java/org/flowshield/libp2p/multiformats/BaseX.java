package org.flowshield.libp2p.multiformats;

import java.util.Arrays;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;

/**
 * Text in a base that is no power of two: the bytes as one big-endian number, each leading zero
 * byte as one leading zero digit. Quadratic in the length, which its callers bound.
 */
final class BaseX {

    private static final int ASCII = 128;
    private static final int BYTE_VALUES = 256;

    private final String alphabet;
    private final int[] digits = new int[ASCII];

    BaseX(String alphabet) {
        this.alphabet = alphabet;
        Arrays.fill(digits, -1);
        for (int i = 0; i < alphabet.length(); i++) {
            digits[alphabet.charAt(i)] = i;
        }
    }

    String encode(byte[] bytes) {
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) {
            zeros++;
        }
        int[] number = new int[bytes.length - zeros];
        for (int i = 0; i < number.length; i++) {
            number[i] = bytes[zeros + i] & 0xff;
        }
        StringBuilder reversed = new StringBuilder();
        for (int start = 0; start < number.length; ) {
            reversed.append(alphabet.charAt(divide(number, start, BYTE_VALUES, alphabet.length())));
            start = skipZeros(number, start);
        }
        return alphabet.substring(0, 1).repeat(zeros) + reversed.reverse();
    }

    byte[] decode(String text) throws MalformedMultiformatException {
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == alphabet.charAt(0)) {
            zeros++;
        }
        int[] number = new int[text.length() - zeros];
        for (int i = 0; i < number.length; i++) {
            number[i] = digit(text, zeros + i);
        }
        byte[] reversed = new byte[number.length];
        int length = 0;
        for (int start = 0; start < number.length; ) {
            reversed[length++] = (byte) divide(number, start, alphabet.length(), BYTE_VALUES);
            start = skipZeros(number, start);
        }
        byte[] bytes = new byte[zeros + length];
        for (int i = 0; i < length; i++) {
            bytes[zeros + i] = reversed[length - 1 - i];
        }
        return bytes;
    }

    private int digit(String text, int position) throws MalformedMultiformatException {
        char c = text.charAt(position);
        int value = c < ASCII ? digits[c] : -1;
        if (value < 0) {
            throw new MalformedMultiformatException(
                    Reason.BAD_CHARACTER,
                    "character "
                            + (position + 1)
                            + " ('"
                            + c
                            + "') is no base"
                            + alphabet.length()
                            + " digit");
        }
        return value;
    }

    /** Divides the number in place, digits in base {@code from}, and returns the remainder. */
    private static int divide(int[] number, int start, int from, int divisor) {
        int remainder = 0;
        for (int i = start; i < number.length; i++) {
            int dividend = remainder * from + number[i];
            number[i] = dividend / divisor;
            remainder = dividend % divisor;
        }
        return remainder;
    }

    private static int skipZeros(int[] number, int start) {
        int next = start;
        while (next < number.length && number[next] == 0) {
            next++;
        }
        return next;
    }
}
