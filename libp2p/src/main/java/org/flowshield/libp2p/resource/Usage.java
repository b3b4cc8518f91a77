package org.flowshield.libp2p.resource;

/**
 * How one limit stands.
 *
 * @param used what is taken now; of a limit per peer, address or connection, what the one that has
 *     taken most has taken
 * @param bound what may be taken
 * @param refused how often more was asked for, since the host was built
 */
public record Usage(Limit limit, long used, long bound, long refused) {}
