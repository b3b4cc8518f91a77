package org.flowshield.node.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one source says, key by key. Immutable. */
record Source(Map<String, Said> said) {

    /**
     * A value and where it stands.
     *
     * @param words one for a single value
     * @param place in words: a file with its line, a variable, an option
     */
    record Said(List<String> words, String place) {
        Said {
            words = List.copyOf(words);
        }
    }

    Source {
        said = Map.copyOf(said);
    }

    /** The variables that belong to known keys. */
    static Source ofEnvironment(Map<String, String> environment) {
        Map<String, Said> said = new LinkedHashMap<>();
        for (Key<?> key : Keys.ALL) {
            String value = environment.get(key.variable());
            if (value != null) {
                said.put(key.path(), new Said(words(key, value), "variable " + key.variable()));
            }
        }
        return new Source(said);
    }

    /**
     * Options {@code --set KEY=VALUE}.
     *
     * @param problems gets a line for each that is none
     */
    static Source ofOptions(List<String> options, List<String> problems) {
        Map<String, Said> said = new LinkedHashMap<>();
        for (String option : options) {
            int sign = option.indexOf('=');
            String path = sign < 0 ? option : option.substring(0, sign);
            if (sign < 0) {
                problems.add("--set " + option + ": a '=' and a value are missing");
                continue;
            }
            String value = option.substring(sign + 1);
            List<String> words =
                    Keys.find(path).map(key -> words(key, value)).orElse(List.of(value));
            said.put(path, new Said(words, "--set " + path));
        }
        return new Source(said);
    }

    /** A list is written with commas where there is only a string to write it in. */
    private static List<String> words(Key<?> key, String value) {
        if (!key.list()) {
            return List.of(value);
        }
        List<String> words = new ArrayList<>();
        for (String word : value.split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }
}
