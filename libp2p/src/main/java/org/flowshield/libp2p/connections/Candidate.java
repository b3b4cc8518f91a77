package org.flowshield.libp2p.connections;

import java.time.Instant;

/**
 * A connection as the decision sees it. Immutable.
 *
 * @param connection what is decided about
 * @param opened since when it is there
 * @param held true if it must not be closed
 * @param worth how dear its peer is; 0 for one of whom nobody said anything
 * @param streams how many it has open
 */
record Candidate<C>(C connection, Instant opened, boolean held, int worth, int streams) {}
