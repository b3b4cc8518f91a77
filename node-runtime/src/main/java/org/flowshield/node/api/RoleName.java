package org.flowshield.node.api;

import java.util.Locale;
import java.util.Optional;

/** The roles that a node can play. */
public enum RoleName {
    CLIENT,
    PROVIDER,
    FULLNODE;

    /** As people write it: {@code client}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that label, if there is one. */
    public static Optional<RoleName> parse(String label) {
        for (RoleName role : values()) {
            if (role.label().equals(label)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
