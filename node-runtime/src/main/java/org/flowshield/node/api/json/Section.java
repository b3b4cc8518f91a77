package org.flowshield.node.api.json;

import java.util.Locale;
import java.util.Optional;
import org.flowshield.node.api.NodeStatus;
import org.jspecify.annotations.Nullable;

/** A part of a node's status that changes on its own; the name of the event that tells of it. */
public enum Section {
    ROLES,
    CLIENT,
    PROVIDER,
    FULLNODE,
    PAYMENT,
    LIMITS;

    /** The event that carries the whole status; the first of every stream. */
    public static final String SNAPSHOT = "snapshot";

    /** The event's name, and the section's key in the status. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The section of that label, if there is one. */
    public static Optional<Section> parse(String label) {
        for (Section section : values()) {
            if (section.label().equals(label)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /** What the status says about it; null while a role is off. */
    public @Nullable Object of(NodeStatus status) {
        return switch (this) {
            case ROLES -> status.roles();
            case CLIENT -> status.client();
            case PROVIDER -> status.provider();
            case FULLNODE -> status.fullnode();
            case PAYMENT -> status.payment();
            case LIMITS -> status.limits();
        };
    }
}
