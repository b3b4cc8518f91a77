package org.flowshield.libp2p.kad;

/**
 * What became of a record that was sent to the peers nearest to its key.
 *
 * @param kept how many took it
 * @param failed how many refused it, or could not be reached any more
 */
public record Stored(int kept, int failed) {}
