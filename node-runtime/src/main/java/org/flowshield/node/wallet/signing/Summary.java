package org.flowshield.node.wallet.signing;

import java.util.ArrayList;
import java.util.List;

/**
 * What a signature would do, for the person who is asked: first in a sentence, then each thing that
 * can be wrong about it. Immutable.
 *
 * @param action like {@code send 12.5 of the token}
 * @param lines at least amount, recipient, chain
 */
public record Summary(String action, List<Line> lines) {

    /** One thing and its name. Immutable. */
    public record Line(String label, String value) {}

    public Summary {
        lines = List.copyOf(lines);
    }

    static Builder of(String action) {
        return new Builder(action);
    }

    /** For one use by one thread. */
    static final class Builder {

        private final String action;
        private final List<Line> lines = new ArrayList<>();

        private Builder(String action) {
            this.action = action;
        }

        Builder line(String label, Object value) {
            lines.add(new Line(label, value.toString()));
            return this;
        }

        Builder lines(List<Line> more) {
            lines.addAll(more);
            return this;
        }

        Summary build() {
            return new Summary(action, lines);
        }
    }
}
