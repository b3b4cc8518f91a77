package org.flowshield.node.wallet.seed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The words that are the wallet (BIP-39, English): who knows them owns all accounts that come from
 * them. Keeps the entropy alone; words are made when they are asked for, in arrays that the caller
 * wipes. Safe for use by any thread; wiped by {@link #close}. Equality is that of the object.
 */
public final class Mnemonic implements AutoCloseable {

    /** What wallets of this chain make unless told otherwise. */
    public static final int DEFAULT_WORDS = 12;

    private static final int MIN_WORDS = 12;
    private static final int MAX_WORDS = 24;

    /** Each three words are 32 bits of entropy and one of the checksum. */
    private static final int WORDS_STEP = 3;

    private static final int BITS_PER_WORD = 11;

    /** Longest sentence, and as much white space again and more. */
    private static final int MAX_TEXT = 1024;

    /** Of PBKDF2, by BIP-39. */
    private static final int ITERATIONS = 2048;

    private static final int SEED_BITS = 512;

    private static final String SALT = "mnemonic";

    private final byte[] entropy;
    private boolean closed;

    private Mnemonic(byte[] entropy) {
        this.entropy = entropy;
    }

    /** A new one of so many words: 12, 15, 18, 21 or 24. */
    public static Mnemonic generate(int words, SecureRandom random) {
        requireCount(words);
        byte[] entropy = new byte[entropyBytes(words)];
        random.nextBytes(entropy);
        return new Mnemonic(entropy);
    }

    /** The one with that entropy: 16, 20, 24, 28 or 32 bytes, copied. */
    public static Mnemonic ofEntropy(byte[] entropy) {
        requireCount(entropy.length * 3 / 4);
        if (entropy.length % 4 != 0) {
            throw new IllegalArgumentException("no seed has " + entropy.length + " bytes");
        }
        return new Mnemonic(entropy.clone());
    }

    /** Whether a sentence may have so many words. */
    public static boolean isCount(int words) {
        return words >= MIN_WORDS && words <= MAX_WORDS && words % WORDS_STEP == 0;
    }

    /** Words of the list that begin so, in any case, in the list's order: at most so many. */
    public static List<String> completions(char[] beginning, int most) {
        char[] lower = lowerCase(beginning);
        try {
            return WordList.english().beginningWith(lower, most);
        } finally {
            Arrays.fill(lower, '\0');
        }
    }

    /** Whether both have the same words; compared in constant time. */
    public boolean isSameAs(Mnemonic other) {
        byte[] mine = entropy();
        byte[] theirs = other.entropy();
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    /**
     * Reads words that white space divides, in any case. The caller wipes the text.
     *
     * @throws MalformedMnemonicException if they are no sentence; says which word is wrong
     */
    public static Mnemonic parse(char[] text) throws MalformedMnemonicException {
        if (text.length > MAX_TEXT) {
            throw MalformedMnemonicException.tooLong();
        }
        char[] lower = lowerCase(text);
        int[] indices = new int[MAX_WORDS];
        try {
            int words = indices(lower, indices);
            return new Mnemonic(checked(indices, words));
        } finally {
            Arrays.fill(lower, '\0');
            Arrays.fill(indices, 0);
        }
    }

    public int words() {
        return entropy.length * 3 / 4;
    }

    /** The entropy; the caller wipes it. */
    public synchronized byte[] entropy() {
        requireOpen();
        return entropy.clone();
    }

    /** All words with one space between them; the caller wipes them. */
    public synchronized char[] sentence() {
        requireOpen();
        char[] text = new char[words() * (WordList.MAX_WORD + 1)];
        int length = 0;
        for (int position = 1; position <= words(); position++) {
            String word = WordList.english().word(index(position));
            if (length > 0) {
                text[length++] = ' ';
            }
            word.getChars(0, word.length(), text, length);
            length += word.length();
        }
        char[] sentence = Arrays.copyOf(text, length);
        Arrays.fill(text, '\0');
        return sentence;
    }

    /** The word at a position, counted from 1. It is a word of the list, which is no secret. */
    public synchronized String word(int position) {
        requireOpen();
        return WordList.english().word(index(position));
    }

    /** Whether that word, in any case and with white space around, stands at that position. */
    public synchronized boolean hasWord(int position, char[] typed) {
        requireOpen();
        char[] lower = lowerCase(typed);
        int from = 0;
        int to = lower.length;
        while (from < to && isSpace(lower[from])) {
            from++;
        }
        while (to > from && isSpace(lower[to - 1])) {
            to--;
        }
        boolean same = WordList.english().indexOf(lower, from, to) == index(position);
        Arrays.fill(lower, '\0');
        return same;
    }

    /** The 64 bytes that keys are derived from; the caller wipes them. */
    public byte[] seed() {
        return seed("");
    }

    /**
     * The same with a passphrase: only the test vectors have one, for wallets of ours have none.
     */
    byte[] seed(String passphrase) {
        char[] sentence = sentence();
        byte[] password = new byte[sentence.length];
        for (int at = 0; at < sentence.length; at++) {
            password[at] = (byte) sentence[at]; // all words are ASCII
        }
        try {
            PKCS5S2ParametersGenerator pbkdf2 = new PKCS5S2ParametersGenerator(new SHA512Digest());
            pbkdf2.init(password, (SALT + passphrase).getBytes(StandardCharsets.UTF_8), ITERATIONS);
            return ((KeyParameter) pbkdf2.generateDerivedParameters(SEED_BITS)).getKey();
        } finally {
            Arrays.fill(sentence, '\0');
            Arrays.fill(password, (byte) 0);
        }
    }

    /** Wipes it. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        Arrays.fill(entropy, (byte) 0);
    }

    @Override
    public String toString() {
        return "Mnemonic[" + words() + " secret words]";
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the mnemonic has been closed");
        }
    }

    private static void requireCount(int words) {
        if (!isCount(words)) {
            throw new IllegalArgumentException("no sentence has " + words + " words");
        }
    }

    private static int entropyBytes(int words) {
        return words * 4 / 3;
    }

    private static char[] lowerCase(char[] text) {
        char[] lower = text.clone();
        for (int at = 0; at < lower.length; at++) {
            if (lower[at] >= 'A' && lower[at] <= 'Z') {
                lower[at] = Character.toLowerCase(lower[at]);
            }
        }
        return lower;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Fills in the words' indices and returns how many there are. */
    private static int indices(char[] lower, int[] indices) throws MalformedMnemonicException {
        int words = countWords(lower);
        if (!isCount(words)) {
            throw MalformedMnemonicException.wordCount(words);
        }
        int position = 0;
        int at = 0;
        while (position < words) {
            while (isSpace(lower[at])) {
                at++;
            }
            int from = at;
            while (at < lower.length && !isSpace(lower[at])) {
                at++;
            }
            int index = WordList.english().indexOf(lower, from, at);
            if (index < 0) {
                throw MalformedMnemonicException.unknownWord(
                        position + 1, WordList.english().near(lower, from, at));
            }
            indices[position++] = index;
        }
        return words;
    }

    private static int countWords(char[] text) {
        int words = 0;
        boolean inWord = false;
        for (char c : text) {
            boolean space = isSpace(c);
            if (!space && !inWord) {
                words++;
            }
            inWord = !space;
        }
        return words;
    }

    /** The entropy of these words, if their checksum is right. */
    private static byte[] checked(int[] indices, int words) throws MalformedMnemonicException {
        byte[] entropy = new byte[entropyBytes(words)];
        int checksum = 0;
        for (int bit = 0; bit < words * BITS_PER_WORD; bit++) {
            int value =
                    (indices[bit / BITS_PER_WORD] >> (BITS_PER_WORD - 1 - bit % BITS_PER_WORD)) & 1;
            if (bit < entropy.length * Byte.SIZE) {
                entropy[bit / Byte.SIZE] |= (byte) (value << (Byte.SIZE - 1 - bit % Byte.SIZE));
            } else {
                checksum = (checksum << 1) | value;
            }
        }
        if (checksum != checksum(entropy)) {
            Arrays.fill(entropy, (byte) 0);
            throw MalformedMnemonicException.checksum();
        }
        return entropy;
    }

    /** The index of the word at a position. Called under the lock. */
    private int index(int position) {
        if (position < 1 || position > words()) {
            throw new IllegalArgumentException("there is no word " + position);
        }
        int checksum = checksum(entropy);
        int checksumBits = words() / WORDS_STEP;
        int entropyBits = entropy.length * Byte.SIZE;
        int index = 0;
        for (int bit = (position - 1) * BITS_PER_WORD; bit < position * BITS_PER_WORD; bit++) {
            int value =
                    bit < entropyBits
                            ? entropy[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE)
                            : checksum >> (checksumBits - 1 - (bit - entropyBits));
            index = (index << 1) | (value & 1);
        }
        return index;
    }

    /** The first bits of the entropy's hash, one for each three words. */
    private static int checksum(byte[] entropy) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(entropy);
            int bits = entropy.length / 4;
            return (hash[0] & 0xff) >> (Byte.SIZE - bits);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
