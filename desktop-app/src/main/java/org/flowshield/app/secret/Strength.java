package org.flowshield.app.secret;

import java.util.Arrays;
import org.flowshield.node.desk.wallet.PasswordCheck;

/**
 * How long guessing a password takes, as far as its looks tell. Whether it may be used is {@link
 * PasswordCheck}'s to say; this says how much better it could be.
 */
public enum Strength {
    /** No wallet takes it. */
    TOO_WEAK(0),
    FAIR(1),
    GOOD(2),
    STRONG(3);

    /**
     * Words of a sentence carry about two bits a letter, so that 14 letters are four words' worth.
     */
    private static final int GOOD_LENGTH = 14;

    private static final int STRONG_LENGTH = 20;
    private static final int GOOD_DISTINCT = 8;

    private final int segments;

    Strength(int segments) {
        this.segments = segments;
    }

    /** How many parts of a meter it fills. */
    int segments() {
        return segments;
    }

    /** Looks at one; the caller wipes it. */
    static Strength of(char[] typed) {
        if (!PasswordCheck.of(typed).isStrong()) {
            return TOO_WEAK;
        }
        if (typed.length < GOOD_LENGTH || distinct(typed) < GOOD_DISTINCT) {
            return FAIR;
        }
        return typed.length < STRONG_LENGTH ? GOOD : STRONG;
    }

    private static int distinct(char[] typed) {
        char[] sorted = typed.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                distinct++;
            }
        }
        Arrays.fill(sorted, '\0');
        return distinct;
    }
}
