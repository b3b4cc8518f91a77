package org.flowshield.node.api;

import org.jspecify.annotations.Nullable;

/**
 * A role and where it stands. Immutable.
 *
 * @param problem why it failed; null in every other state
 */
public record RoleStatus(RoleName name, RoleState state, @Nullable Problem problem) {}
