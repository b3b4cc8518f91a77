package org.flowshield.node.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a wallet lets a node be: the bits of the registry's roles. */
public enum Roles {
    PROVIDER(1),
    VERIFIER(1 << 1),
    FULLNODE(1 << 2);

    private final long bit;

    Roles(long bit) {
        this.bit = bit;
    }

    /** The registry's number for these roles. */
    public static long bits(Roles... roles) {
        return Arrays.stream(roles).mapToLong(role -> role.bit).reduce(0, (a, b) -> a | b);
    }

    public boolean isIn(long bits) {
        return (bits & bit) != 0;
    }

    /** As people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of that label, if there is one. */
    public static Optional<Roles> parse(String label) {
        return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
    }

    /** Those that are known here; later versions may know more. */
    public static List<Roles> of(long bits) {
        List<Roles> roles = new ArrayList<>();
        for (Roles role : values()) {
            if (role.isIn(bits)) roles.add(role);
        }
        return List.copyOf(roles);
    }
}
