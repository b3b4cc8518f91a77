package org.flowshield.node.routing;

/**
 * What is to go into the tunnel. Immutable.
 *
 * @param device the tunnel's device
 * @param ipv4 whether the tunnel carries IPv4; otherwise IPv4 is answered with unreachable
 * @param ipv6 whether the tunnel carries IPv6; otherwise IPv6 is answered with unreachable
 */
public record RoutePlan(String device, boolean ipv4, boolean ipv6) {}
