package org.flowshield.node.api;

/**
 * A provider that the client went on from. Immutable.
 *
 * @param provider its multiaddr
 * @param problem why its session ended, or the last attempt with it failed
 */
public record FailedProvider(String provider, Problem problem) {}
