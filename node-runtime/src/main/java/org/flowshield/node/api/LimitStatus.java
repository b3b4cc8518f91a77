package org.flowshield.node.api;

/**
 * A named limit and how near it is. Immutable.
 *
 * @param used now
 * @param limit the most that is admitted
 * @param refused how often it was reached since the node started
 */
public record LimitStatus(String name, long used, long limit, long refused) {}
