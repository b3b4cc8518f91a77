package org.flowshield.node.config;

import java.util.List;

/**
 * The configuration can't be used. Its message has a line for each thing that is wrong, with the
 * place where it stands and what is allowed there.
 */
public final class ConfigException extends Exception {

    private final List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line each. */
    public List<String> problems() {
        return problems;
    }
}
