package org.flowshield.node.api;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A role and where it stands. Immutable.
 *
 * @param problem why it failed; null in every other state
 * @param until when a schedule switches it over; null: none does
 */
public record RoleStatus(
        RoleName name, RoleState state, @Nullable Problem problem, @Nullable Instant until) {

    /** One that follows no schedule. */
    public RoleStatus(RoleName name, RoleState state, @Nullable Problem problem) {
        this(name, state, problem, null);
    }

    /** The same until a schedule switches it over. */
    public RoleStatus with(Optional<Instant> moment) {
        return new RoleStatus(name, state, problem, moment.orElse(null));
    }
}
