package org.flowshield.node.identity;

import java.time.Instant;

/** How the registry stands to a node. Immutable. */
public sealed interface Standing {

    /**
     * The wallet has bound the node, and the node agreed.
     *
     * @param roles bits of {@link Roles}
     */
    record Bound(long roles, Instant since) implements Standing {}

    /** The wallet has taken it back, for ever. */
    record Revoked(Instant at) implements Standing {}

    /** No wallet has bound it, or the node's consent is missing: the same to everybody. */
    record Unbound() implements Standing {}
}
