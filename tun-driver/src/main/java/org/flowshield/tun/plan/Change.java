package org.flowshield.tun.plan;

import java.util.List;

/**
 * One change of the system, and how it is taken back. Immutable. Taking back what is not there
 * fails without harm: after a crash everything may be taken back that was planned.
 *
 * @param what in words, for the log
 * @param apply one after the other
 * @param undo one after the other
 */
public record Change(String what, List<Command> apply, List<Command> undo) {

    public Change {
        apply = List.copyOf(apply);
        undo = List.copyOf(undo);
        if (apply.isEmpty() || undo.isEmpty()) {
            throw new IllegalArgumentException("a change has a way there and a way back");
        }
    }

    public static Change of(String what, Command apply, Command undo) {
        return new Change(what, List.of(apply), List.of(undo));
    }
}
