package org.flowshield.node.config;

import java.util.List;

/**
 * One thing that can be configured. Immutable.
 *
 * @param path table and name in the file, for instance {@code provider.listen}
 * @param list whether it takes several values
 * @param otherwise what holds if nobody says anything; empty means nothing
 * @param allowed what may be said, in words
 * @param help what it is for, in a sentence
 * @param reader throws {@link IllegalArgumentException} for what is not allowed
 */
record Key<T>(
        String path,
        boolean list,
        List<String> otherwise,
        String allowed,
        String help,
        Reader<T> reader) {

    /** Makes a value of the words that were said; no word at all is "nothing". */
    @FunctionalInterface
    interface Reader<T> {
        T read(List<String> words);
    }

    /** Its name in the environment: {@code FLOWSHIELD_PROVIDER_LISTEN}. */
    String variable() {
        return "FLOWSHIELD_"
                + path.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
