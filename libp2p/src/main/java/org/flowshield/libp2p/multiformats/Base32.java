package org.flowshield.libp2p.multiformats;

import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;

/**
 * RFC 4648 base32 in lower case without padding. Decoding ignores the unused low bits of the last
 * digit.
 */
final class Base32 {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int DIGIT_BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text =
                new StringBuilder((bytes.length * Byte.SIZE + DIGIT_BITS - 1) / DIGIT_BITS);
        int bits = 0;
        int count = 0;
        for (byte b : bytes) {
            bits = bits << Byte.SIZE | (b & 0xff);
            count += Byte.SIZE;
            while (count >= DIGIT_BITS) {
                count -= DIGIT_BITS;
                text.append(ALPHABET.charAt(bits >>> count & 31));
            }
        }
        if (count > 0) {
            text.append(ALPHABET.charAt(bits << (DIGIT_BITS - count) & 31));
        }
        return text.toString();
    }

    static byte[] decode(String text) throws MalformedMultiformatException {
        byte[] bytes = new byte[text.length() * DIGIT_BITS / Byte.SIZE];
        int bits = 0;
        int count = 0;
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new MalformedMultiformatException(
                        Reason.BAD_CHARACTER,
                        "character " + (i + 1) + " ('" + text.charAt(i) + "') is no base32 digit");
            }
            bits = bits << DIGIT_BITS | digit;
            count += DIGIT_BITS;
            if (count >= Byte.SIZE) {
                count -= Byte.SIZE;
                bytes[length++] = (byte) (bits >>> count);
            }
        }
        return bytes;
    }
}
