package org.flowshield.libp2p.multiformats;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;

/**
 * Text forms of bytes whose first character names the base. One constant for each base that IPFS
 * uses.
 */
public enum Multibase {
    BASE16('f'),
    BASE16_UPPER('F'),
    BASE32('b'),
    BASE32_UPPER('B'),
    BASE36('k'),
    BASE36_UPPER('K'),
    BASE58_BTC('z'),
    BASE64('m'),
    BASE64_URL('u');

    /**
     * Longest text that is decoded. A peer id has 60 characters, the longest multihash 220; base36
     * and base58 take quadratic time.
     */
    public static final int MAX_TEXT = 1024;

    private static final BaseX BASE36_DIGITS = new BaseX("0123456789abcdefghijklmnopqrstuvwxyz");

    private final char prefix;

    Multibase(char prefix) {
        this.prefix = prefix;
    }

    /** The text of {@code bytes} in this base, with its prefix. */
    public String encode(byte[] bytes) {
        return prefix + digits(bytes);
    }

    /** Decodes text in any of the bases; refuses what {@link #encode} would not print. */
    public static byte[] decode(String text) throws MalformedMultiformatException {
        if (text.isEmpty()) {
            throw new MalformedMultiformatException(Reason.EMPTY, "multibase text is empty");
        }
        if (text.length() > MAX_TEXT) {
            throw new MalformedMultiformatException(
                    Reason.TOO_LONG, "multibase text has more than " + MAX_TEXT + " characters");
        }
        Multibase base = ofPrefix(text.charAt(0));
        byte[] bytes = base.bytes(text.substring(1));
        if (!base.encode(bytes).equals(text)) {
            throw new MalformedMultiformatException(
                    Reason.NOT_CANONICAL, "not the canonical " + base + " text of its bytes");
        }
        return bytes;
    }

    private static Multibase ofPrefix(char prefix) throws MalformedMultiformatException {
        for (Multibase base : values()) {
            if (base.prefix == prefix) {
                return base;
            }
        }
        throw new MalformedMultiformatException(
                Reason.UNKNOWN_BASE, "'" + prefix + "' is no known multibase prefix");
    }

    private String digits(byte[] bytes) {
        return switch (this) {
            case BASE16 -> HexFormat.of().formatHex(bytes);
            case BASE16_UPPER -> HexFormat.of().withUpperCase().formatHex(bytes);
            case BASE32 -> Base32.encode(bytes);
            case BASE32_UPPER -> Base32.encode(bytes).toUpperCase(Locale.ROOT);
            case BASE36 -> BASE36_DIGITS.encode(bytes);
            case BASE36_UPPER -> BASE36_DIGITS.encode(bytes).toUpperCase(Locale.ROOT);
            case BASE58_BTC -> Base58.encode(bytes);
            case BASE64 -> Base64.getEncoder().withoutPadding().encodeToString(bytes);
            case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        };
    }

    private byte[] bytes(String digits) throws MalformedMultiformatException {
        try {
            return switch (this) {
                case BASE16, BASE16_UPPER -> HexFormat.of().parseHex(digits);
                case BASE32 -> Base32.decode(digits);
                case BASE32_UPPER -> Base32.decode(digits.toLowerCase(Locale.ROOT));
                case BASE36 -> BASE36_DIGITS.decode(digits);
                case BASE36_UPPER -> BASE36_DIGITS.decode(digits.toLowerCase(Locale.ROOT));
                case BASE58_BTC -> Base58.decode(digits);
                case BASE64 -> Base64.getDecoder().decode(digits.getBytes(StandardCharsets.UTF_8));
                case BASE64_URL ->
                        Base64.getUrlDecoder().decode(digits.getBytes(StandardCharsets.UTF_8));
            };
        } catch (IllegalArgumentException e) {
            throw new MalformedMultiformatException(
                    Reason.BAD_CHARACTER, this + ": " + e.getMessage());
        }
    }
}
