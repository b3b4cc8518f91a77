package org.flowshield.app.system;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the tray's icon offers, from top to bottom. Immutable; trays only draw it.
 *
 * @param lines each action at most once, so that a click is known by its action alone
 */
public record TrayMenu(List<Line> lines) {

    /** Nothing yet. */
    public static final TrayMenu EMPTY = new TrayMenu(List.of());

    /** What a person can ask for. */
    public enum Action {
        CONNECT,
        CANCEL,
        DISCONNECT,
        OPEN,
        QUIT
    }

    /** One line of it. */
    public sealed interface Line {

        /** Something that is said and can't be chosen. */
        record Words(String text) implements Line {
            public Words {
                requireText(text);
            }
        }

        /** Something that can be asked for; not now if it is not enabled. */
        record Entry(Action action, String text, boolean enabled) implements Line {
            public Entry {
                requireText(text);
            }
        }

        /** Between what belongs together and the rest. */
        record Divider() implements Line {}

        private static void requireText(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException("a line of a menu says something");
            }
        }
    }

    /**
     * @throws IllegalArgumentException if two lines ask for the same
     */
    public TrayMenu {
        lines = List.copyOf(lines);
        Set<Action> seen = EnumSet.noneOf(Action.class);
        for (Line line : lines) {
            if (line instanceof Line.Entry entry && !seen.add(entry.action())) {
                throw new IllegalArgumentException("twice in one menu: " + entry.action());
            }
        }
    }

    /** Whether that can be asked for now. */
    public boolean offers(Action action) {
        return lines.stream()
                .anyMatch(
                        line ->
                                line instanceof Line.Entry entry
                                        && entry.action() == action
                                        && entry.enabled());
    }
}
