package org.flowshield.node.advertise;

/**
 * How busy a provider is. Immutable.
 *
 * @param sessions that are open
 * @param freeBitsPerSecond what a new session could get; 0: nothing, or it does not say
 */
public record Load(int sessions, long freeBitsPerSecond) {}
