package org.flowshield.node.desk.transaction;

import java.util.List;

/**
 * What would be done, in the order of its doing; what is done already is left out. Immutable.
 *
 * @param action all of it in a few words, like {@code share}
 */
public record Plan(String action, List<Planned> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Whether the chain has a part in it. */
    public boolean needsChain() {
        return steps.stream().anyMatch(Planned::onChain);
    }
}
