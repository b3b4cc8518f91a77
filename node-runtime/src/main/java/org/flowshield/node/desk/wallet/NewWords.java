package org.flowshield.node.desk.wallet;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.flowshield.node.wallet.seed.Mnemonic;

/**
 * The words of a wallet that is to be made, and whether the person has them. Each round asks for
 * other places; a wrong word ends it, and the words are to be shown again. Safe for use by any
 * thread; wiped by {@link #close}.
 */
public final class NewWords implements AutoCloseable {

    /** As many as a person who has not written them down does not guess. */
    public static final int ASKED = 3;

    private final SecretWords words;
    private final SecureRandom random;

    /** Places that are still asked for; guarded by this. */
    private List<Integer> asked = List.of();

    private boolean verified;

    private NewWords(SecretWords words, SecureRandom random) {
        this.words = words;
        this.random = random;
    }

    /** New ones: 12, 15, 18, 21 or 24, as {@link Mnemonic#isCount} says. */
    public static NewWords generate(int count, SecureRandom random) {
        return of(new SecretWords(Mnemonic.generate(count, random)), random);
    }

    /** Words that were made already, and that nobody has been shown; takes and closes them. */
    public static NewWords of(SecretWords words, SecureRandom random) {
        return new NewWords(words, random);
    }

    /** To be shown. */
    public SecretWords words() {
        return words;
    }

    /** Begins a round: the places to ask for, in that order, counted from 1. */
    public synchronized List<Integer> ask() {
        List<Integer> places = new ArrayList<>();
        for (int place = 1; place <= words.count(); place++) {
            places.add(place);
        }
        Collections.shuffle(places, Random.from(random));
        asked = new ArrayList<>(places.subList(0, ASKED));
        verified = false;
        return List.copyOf(asked);
    }

    /**
     * Takes the answer to the next place of the round; the caller wipes it.
     *
     * @return whether it is right; if not, the round is over
     * @throws IllegalStateException if no round is open
     */
    public synchronized boolean answer(char[] typed) {
        if (asked.isEmpty()) {
            throw new IllegalStateException("nothing was asked");
        }
        boolean right = words.isAt(asked.getFirst(), typed);
        asked = right ? asked.subList(1, asked.size()) : List.of();
        verified = right && asked.isEmpty();
        return right;
    }

    /** The person, or their script, keeps them in another way: they are not asked for. */
    public synchronized void keptElsewhere() {
        verified = true;
    }

    /** Whether the person has them: a wallet is made of none else. */
    public synchronized boolean areKept() {
        return verified;
    }

    @Override
    public void close() {
        words.close();
    }

    @Override
    public String toString() {
        return "NewWords[" + words.count() + "]";
    }
}
