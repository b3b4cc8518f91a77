package org.flowshield.node.identity;

import java.time.Instant;

/**
 * Who a peer is: certificate, connection and registry agree. Immutable.
 *
 * @param roles bits of {@link Roles}
 * @param until when its certificate is worth nothing any more
 */
public record Identity(NodeId node, long roles, Instant until) {}
