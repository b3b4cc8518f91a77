package org.flowshield.contracts.network;

import java.util.List;

/**
 * A network file can't be used. Its message has a line for each thing that is wrong, with the field
 * and what is allowed there.
 */
public final class MalformedNetworkException extends Exception {

    private final List<String> problems;

    MalformedNetworkException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
