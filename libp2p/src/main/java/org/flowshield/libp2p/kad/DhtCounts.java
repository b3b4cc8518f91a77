package org.flowshield.libp2p.kad;

/**
 * What a node of a DHT has done since it began. Immutable.
 *
 * @param peers in its routing table now
 * @param searches that it has begun
 * @param failed of them, those in which nobody answered
 * @param answered requests of searches that were
 * @param unanswered requests of searches that were not, or too late
 */
public record DhtCounts(int peers, long searches, long failed, long answered, long unanswered) {}
