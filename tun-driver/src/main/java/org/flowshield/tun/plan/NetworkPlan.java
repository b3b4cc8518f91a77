package org.flowshield.tun.plan;

import java.util.List;

/**
 * Changes in the order in which they are made; taken back in reverse. It is known whole before the
 * first change, so that it can be recorded before anything is made. Immutable.
 */
public record NetworkPlan(List<Change> changes) {

    public NetworkPlan {
        changes = List.copyOf(changes);
    }

    /** What makes the changes. */
    public List<Command> apply() {
        return changes.stream().flatMap(change -> change.apply().stream()).toList();
    }

    /** What takes them back: the last first. */
    public List<Command> undo() {
        return changes.reversed().stream().flatMap(change -> change.undo().stream()).toList();
    }
}
