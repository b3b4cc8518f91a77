package org.flowshield.node.api;

import org.jspecify.annotations.Nullable;

/**
 * Whether others get to this node. Immutable.
 *
 * @param detail what was found out, for people
 * @param action what the operator can do; null: nothing has to be done
 */
public record ReachStatus(State state, String detail, @Nullable String action) {

    /** What is known. */
    public enum State {
        /** Peers have dialled this node. */
        PROVEN,
        /** None that tried got through. */
        NOT_PROVEN,
        /** None has tried; with nothing to be done, some are asked to. */
        UNKNOWN
    }

    /** Of a node that does not listen. */
    public static final ReachStatus OFF = new ReachStatus(State.UNKNOWN, "it is off", null);
}
