package org.flowshield.node.wallet.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The 2048 English words of BIP-39, in their order. Immutable. */
final class WordList {

    static final int SIZE = 2048;

    /** The longest words have eight letters, the shortest three. */
    static final int MAX_WORD = 8;

    private static final String RESOURCE = "bip39-english.txt";

    /** More would help nobody. */
    private static final int MAX_NEAR = 3;

    /** No two words of the list share their first four letters; three are a good guess. */
    private static final int PREFIX = 3;

    /** Two slips of the finger; with three, nearly everything is near. */
    private static final int MAX_DISTANCE = 2;

    /** Words longer than this are nobody's slip: comparing them would only cost time. */
    private static final int MAX_COMPARED = 2 * MAX_WORD;

    private static final WordList ENGLISH = load();

    private final List<String> words;

    private WordList(List<String> words) {
        this.words = words;
    }

    static WordList english() {
        return ENGLISH;
    }

    String word(int index) {
        return words.get(index);
    }

    /** The index of the word that stands in these characters, lower case; -1 if there is none. */
    int indexOf(char[] text, int from, int to) {
        int low = 0;
        int high = SIZE - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(words.get(middle), text, from, to);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** Words that begin with these characters, lower case; none if there are no characters. */
    List<String> beginningWith(char[] text, int most) {
        if (text.length == 0 || text.length > MAX_WORD) {
            return List.of();
        }
        return words.stream()
                .filter(
                        word ->
                                word.length() >= text.length
                                        && compare(
                                                        word.substring(0, text.length),
                                                        text,
                                                        0,
                                                        text.length)
                                                == 0)
                .limit(most)
                .toList();
    }

    /** Words that may have been meant: those with the same beginning first, then similar ones. */
    List<String> near(char[] text, int from, int to) {
        if (to - from > MAX_COMPARED) {
            return List.of();
        }
        record Candidate(String word, int distance) {}
        List<Candidate> candidates = new ArrayList<>();
        for (String word : words) {
            int distance =
                    sharesBeginning(word, text, from, to) ? 0 : distance(word, text, from, to);
            if (distance <= MAX_DISTANCE) {
                candidates.add(new Candidate(word, distance));
            }
        }
        return candidates.stream()
                .sorted(Comparator.comparingInt(Candidate::distance))
                .limit(MAX_NEAR)
                .map(Candidate::word)
                .toList();
    }

    private static int compare(String word, char[] text, int from, int to) {
        int common = Math.min(word.length(), to - from);
        for (int at = 0; at < common; at++) {
            int order = Character.compare(word.charAt(at), text[from + at]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(word.length(), to - from);
    }

    private static boolean sharesBeginning(String word, char[] text, int from, int to) {
        int length = Math.min(PREFIX + 1, word.length());
        if (to - from < length) {
            return false;
        }
        for (int at = 0; at < length; at++) {
            if (word.charAt(at) != text[from + at]) {
                return false;
            }
        }
        return true;
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one to other. */
    private static int distance(String word, char[] text, int from, int to) {
        int length = to - from;
        int[][] cost = new int[word.length() + 1][length + 1];
        for (int i = 0; i <= word.length(); i++) {
            for (int j = 0; j <= length; j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = Math.max(i, j);
                    continue;
                }
                char a = word.charAt(i - 1);
                char b = text[from + j - 1];
                int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
                best = Math.min(best, cost[i - 1][j - 1] + (a == b ? 0 : 1));
                if (i > 1 && j > 1 && a == text[from + j - 2] && word.charAt(i - 2) == b) {
                    best = Math.min(best, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = best;
            }
        }
        return cost[word.length()][length];
    }

    private static WordList load() {
        try (InputStream in = WordList.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing: the build is broken");
            }
            List<String> words =
                    new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
            if (words.size() != SIZE) {
                throw new IllegalStateException(RESOURCE + " does not have " + SIZE + " words");
            }
            return new WordList(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
