package org.flowshield.node.api.json;

/** Who a node is. Immutable. */
public record IdentityBody(String peerId) {}
