package org.flowshield.node.desk.wallet;

import org.flowshield.node.wallet.seed.Mnemonic;

/**
 * The words of a wallet, to be shown and written down. Safe for use by any thread; wiped by {@link
 * #close}.
 */
public final class SecretWords implements AutoCloseable {

    private final Mnemonic mnemonic;

    /** Takes the words, and closes them. */
    public SecretWords(Mnemonic mnemonic) {
        this.mnemonic = mnemonic;
    }

    /** How many there are. */
    public int count() {
        return mnemonic.words();
    }

    /** The word at a place, counted from 1; the caller wipes it. */
    public char[] word(int place) {
        return mnemonic.word(place).toCharArray();
    }

    /** All of them with a space between; the caller wipes them. */
    public char[] sentence() {
        return mnemonic.sentence();
    }

    /** Whether that word stands at that place, in any case and with white space around. */
    public boolean isAt(int place, char[] typed) {
        return mnemonic.hasWord(place, typed);
    }

    /** What wallets are made of; closed with this. */
    public Mnemonic mnemonic() {
        return mnemonic;
    }

    @Override
    public void close() {
        mnemonic.close();
    }

    @Override
    public String toString() {
        return "SecretWords[" + count() + "]";
    }
}
