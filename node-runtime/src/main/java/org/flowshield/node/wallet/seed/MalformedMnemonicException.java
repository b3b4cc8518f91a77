package org.flowshield.node.wallet.seed;

import java.util.List;
import java.util.Objects;

/**
 * Words that are no BIP-39 sentence; says which is wrong. It never carries the words themselves,
 * but what it suggests is near to them: show it to who typed them and nobody else.
 */
public final class MalformedMnemonicException extends Exception {

    /** What is wrong. */
    public enum Reason {
        /** More characters than any sentence has. */
        TOO_LONG,
        /** Neither 12, 15, 18, 21 nor 24 words. */
        WORD_COUNT,
        /** A word is not in the list. */
        UNKNOWN_WORD,
        /** All words are in the list, but they don't belong together. */
        CHECKSUM
    }

    private final Reason reason;
    private final int position;
    private final List<String> near;

    private MalformedMnemonicException(
            Reason reason, int position, List<String> near, String message) {
        super(message);
        this.reason = reason;
        this.position = position;
        this.near = List.copyOf(near);
    }

    static MalformedMnemonicException tooLong() {
        return new MalformedMnemonicException(
                Reason.TOO_LONG, 0, List.of(), "that is longer than any 24 words of the list");
    }

    static MalformedMnemonicException wordCount(int words) {
        return new MalformedMnemonicException(
                Reason.WORD_COUNT,
                0,
                List.of(),
                "these are " + words + " words; a seed has 12, 15, 18, 21 or 24");
    }

    static MalformedMnemonicException unknownWord(int position, List<String> near) {
        return new MalformedMnemonicException(
                Reason.UNKNOWN_WORD,
                position,
                near,
                "word "
                        + position
                        + " is not in the list"
                        + (near.isEmpty() ? "" : "; near to it: " + String.join(", ", near)));
    }

    static MalformedMnemonicException checksum() {
        return new MalformedMnemonicException(
                Reason.CHECKSUM,
                0,
                List.of(),
                "each word is in the list, but together they fail their checksum: a word is wrong,"
                        + " or two are swapped");
    }

    public Reason reason() {
        return reason;
    }

    /** Which word is wrong, counted from 1; 0 if it can't be said. */
    public int position() {
        return position;
    }

    /** Words of the list that may have been meant; the likeliest first. */
    public List<String> near() {
        return near;
    }

    /** Never null: every reason has its message. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
