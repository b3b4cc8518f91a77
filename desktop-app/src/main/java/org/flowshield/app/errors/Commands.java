package org.flowshield.app.errors;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes out of what the node says in English what only people at a command line can do. Parts of
 * sentences go as a whole, since half of one says nothing. Pure.
 */
public final class Commands {

    /** What stands behind the program's name where it is a command; a test compares them. */
    static final Set<String> VERBS =
            Set.of(
                    "channel",
                    "cleanup",
                    "completion",
                    "config",
                    "connect",
                    "daemon",
                    "demo",
                    "disconnect",
                    "earnings",
                    "help",
                    "id",
                    "identity",
                    "ledger",
                    "logs",
                    "man",
                    "network",
                    "node",
                    "p2p",
                    "providers",
                    "purse",
                    "quote",
                    "role",
                    "service",
                    "settings",
                    "settle",
                    "share",
                    "spending",
                    "status",
                    "train",
                    "version",
                    "wallet",
                    "watchtower");

    private static final Pattern COMMAND =
            Pattern.compile(
                    "\\bflowshield\\s+(?:"
                            + String.join("|", VERBS)
                            + ")\\b|(?<![\\w-])--[a-z][\\w-]*");

    /** A part ends where the next could be left out. */
    private static final Pattern BETWEEN = Pattern.compile("(?<=[;.])\\s+");

    private Commands() {}

    /** Whether a text tells people to type something. */
    static boolean areIn(String text) {
        return COMMAND.matcher(text).find();
    }

    /** The text without the parts that do; empty if all of it does. */
    public static String without(String text) {
        if (!areIn(text)) {
            return text;
        }
        String left =
                Arrays.stream(BETWEEN.split(text.strip()))
                        .filter(part -> !areIn(part))
                        .collect(Collectors.joining(" "));
        return left.endsWith(";") ? left.substring(0, left.length() - 1) : left;
    }
}
