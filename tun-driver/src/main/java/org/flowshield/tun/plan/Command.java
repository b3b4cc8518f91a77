package org.flowshield.tun.plan;

import java.util.List;

/**
 * A program that is to be run, without a shell. Immutable.
 *
 * @param words the program, by its whole path so that nothing is searched, and its arguments
 * @param input what it reads; empty for most
 */
public record Command(List<String> words, String input) {

    public Command {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a command has a program");
        }
        for (String word : words) {
            if (word.isEmpty() || word.chars().anyMatch(c -> c < ' ' || c == '"')) {
                throw new IllegalArgumentException(
                        "a word of a command is not empty and has no quotes and no line breaks");
            }
        }
    }

    /** One that reads nothing. */
    public static Command of(String... words) {
        return new Command(List.of(words), "");
    }

    @Override
    public String toString() {
        return String.join(" ", words) + (input.isEmpty() ? "" : " <<< " + input.strip());
    }
}
