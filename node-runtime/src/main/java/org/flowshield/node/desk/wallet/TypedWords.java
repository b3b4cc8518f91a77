package org.flowshield.node.desk.wallet;

import java.util.List;
import org.flowshield.node.wallet.seed.MalformedMnemonicException;
import org.flowshield.node.wallet.seed.Mnemonic;

/**
 * What can be said of words while they are typed. It holds no word that was typed, only such of the
 * list as are near to a wrong one. Immutable.
 *
 * @param place of the wrong word, counted from 1; 0 if no single one is
 * @param near words that may have been meant, the likeliest first
 * @param message in English; empty if they are whole
 */
public record TypedWords(State state, int place, List<String> near, String message) {

    /** Where they stand. */
    public enum State {
        /** They are a wallet. */
        WHOLE,
        /** Neither 12, 15, 18, 21 nor 24: perhaps not all are typed yet. */
        COUNT,
        /** One is not in the list. */
        UNKNOWN_WORD,
        /** Each is in the list, but one is wrong or two are swapped. */
        CHECKSUM,
        /** Longer than any wallet's. */
        TOO_LONG
    }

    /** More would not fit under a field. */
    private static final int MAX_COMPLETIONS = 8;

    public TypedWords {
        near = List.copyOf(near);
    }

    /** Looks at all of them; any white space stands between. The caller wipes what it gave. */
    public static TypedWords of(char[] typed) {
        try (Mnemonic _ = Mnemonic.parse(typed)) {
            return new TypedWords(State.WHOLE, 0, List.of(), "");
        } catch (MalformedMnemonicException e) {
            return new TypedWords(
                    switch (e.reason()) {
                        case TOO_LONG -> State.TOO_LONG;
                        case WORD_COUNT -> State.COUNT;
                        case UNKNOWN_WORD -> State.UNKNOWN_WORD;
                        case CHECKSUM -> State.CHECKSUM;
                    },
                    e.position(),
                    e.near(),
                    e.getMessage());
        }
    }

    /** Words of the list that begin so, in its order: at most 8. */
    public static List<String> completions(char[] beginning) {
        return Mnemonic.completions(beginning, MAX_COMPLETIONS);
    }
}
