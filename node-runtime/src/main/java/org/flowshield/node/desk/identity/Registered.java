package org.flowshield.node.desk.identity;

import org.flowshield.node.desk.transaction.Ending;

/**
 * What came of registering or revoking. Immutable.
 *
 * @param node as the registry has it now
 * @param ending {@link Ending.Already} if nothing had to be done
 */
public record Registered(BoundNode node, Ending ending) {}
