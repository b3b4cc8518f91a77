package org.flowshield.node.desk.identity;

import org.flowshield.contracts.registry.Binding;

/**
 * A node, and what the registry has of it and a wallet. Immutable.
 *
 * @param nodeKey its key: {@code 0x} and 64 digits
 */
public record BoundNode(String peerId, String nodeKey, Binding binding) {}
