package org.flowshield.node.desk.identity;

import org.flowshield.node.desk.transaction.Ending;

/**
 * What came of a rotation. Immutable.
 *
 * @param peerId of the new key; the daemon uses it from its next start on if the ending is good
 * @param ending of the last transaction; what it left to do, doing it again does
 */
public record Rotated(String peerId, Ending ending) {}
