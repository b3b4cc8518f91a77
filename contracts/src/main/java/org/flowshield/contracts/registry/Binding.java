package org.flowshield.contracts.registry;

import java.time.Instant;

/**
 * A node key bound to a wallet, which says nothing before the node key's own signature, from the
 * event, has been verified. Immutable.
 *
 * @param roles bits that readers give a meaning, 32 of them
 * @param revokedAt the epoch if it was not
 */
public record Binding(BindingStatus status, long roles, Instant boundAt, Instant revokedAt) {}
