package org.flowshield.node.identity;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.flowshield.contracts.evm.Bytes32;

/**
 * What a wallet says of its node under a name. It is the wallet's own word: who reads it shows it
 * as claimed and decides nothing by it. Immutable.
 *
 * <p>The registry keeps two words of 32 bytes. Text is there as UTF-8, filled up with zeros; a
 * value that is no text which could be shown is written as {@code 0x} and 64 digits.
 *
 * @param name small letters, digits, dots and hyphens, at most {@value #MAX_BYTES}
 * @param value text of at most {@value #MAX_BYTES} bytes, or such digits; never empty
 */
public record NodeAttribute(String name, String value) {

    /** A word of the chain. */
    public static final int MAX_BYTES = Bytes32.LENGTH;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,31}");
    private static final Pattern WORD = Pattern.compile("0x[0-9a-f]{64}");

    public NodeAttribute {
        requireName(name);
        if (!isShown(value)
                || encoded(value).equals(Bytes32.ZERO)
                || !text(encoded(value)).equals(value)) {
            throw new IllegalArgumentException(
                    "the value of '%s' has to be text of 1 to %d bytes, or 0x and 64 digits"
                            .formatted(name, MAX_BYTES));
        }
    }

    /**
     * What the registry says.
     *
     * @return empty if the value was taken back, or nobody of ours gives such names
     */
    public static Optional<NodeAttribute> read(Bytes32 name, Bytes32 value) {
        return value.equals(Bytes32.ZERO)
                ? Optional.empty()
                : readName(name).map(called -> new NodeAttribute(called, readValue(value)));
    }

    /** A name as the registry has it; empty if nobody of ours gives such names. */
    public static Optional<String> readName(Bytes32 name) {
        return Optional.of(text(name)).filter(called -> NAME.matcher(called).matches());
    }

    /** A value as the registry has it: as text if that can be shown, else as digits. */
    public static String readValue(Bytes32 value) {
        return text(value);
    }

    /**
     * A name as the registry has it.
     *
     * @throws IllegalArgumentException if it is none; the message is for people
     */
    public static Bytes32 nameWord(String name) {
        requireName(name);
        return encoded(name);
    }

    /** The name as the registry has it. */
    public Bytes32 nameWord() {
        return encoded(name);
    }

    /** The value as the registry has it. */
    public Bytes32 valueWord() {
        return encoded(value);
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of an attribute: it takes 1 to %d small letters, digits, dots and hyphens"
                            .formatted(name, MAX_BYTES));
        }
    }

    private static Bytes32 encoded(String text) {
        if (WORD.matcher(text).matches()) {
            return new Bytes32(HexFormat.of().parseHex(text.substring(2)));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length > MAX_BYTES
                ? Bytes32.ZERO
                : new Bytes32(Arrays.copyOf(bytes, MAX_BYTES));
    }

    private static String text(Bytes32 word) {
        byte[] bytes = word.bytes();
        int length = MAX_BYTES;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString();
            return isShown(text) ? text : word.toString();
        } catch (CharacterCodingException e) {
            return word.toString();
        }
    }

    /** Nothing that a terminal would obey, or that is not seen. */
    private static boolean isShown(String text) {
        return !text.isBlank()
                && text.codePoints()
                        .allMatch(
                                one ->
                                        switch (Character.getType(one)) {
                                            case Character.CONTROL,
                                                    Character.FORMAT,
                                                    Character.SURROGATE,
                                                    Character.PRIVATE_USE,
                                                    Character.UNASSIGNED,
                                                    Character.LINE_SEPARATOR,
                                                    Character.PARAGRAPH_SEPARATOR ->
                                                    false;
                                            default -> true;
                                        });
    }
}
