package org.flowshield.node.cli.identity;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.identity.Roles;

/** Roles as people type and read them. */
final class Peers {

    private Peers() {}

    static Set<Roles> roles(List<String> labels) throws CommandFailedException {
        Set<Roles> roles = EnumSet.noneOf(Roles.class);
        for (String label : labels) {
            roles.add(
                    Roles.parse(label)
                            .orElseThrow(
                                    () ->
                                            new CommandFailedException(
                                                    ExitStatus.USAGE,
                                                    "bad_argument",
                                                    "there is no role '"
                                                            + label
                                                            + "'; roles: provider, verifier,"
                                                            + " fullnode",
                                                    "nothing was done")));
        }
        return roles;
    }

    static List<String> labels(long bits) {
        return Roles.of(bits).stream().map(Roles::label).toList();
    }

    static String words(long bits) {
        return bits == 0
                ? "nothing"
                : Roles.of(bits).stream().map(Roles::label).collect(Collectors.joining(", "));
    }
}
