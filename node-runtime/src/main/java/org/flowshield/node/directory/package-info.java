/**
 * How fullnodes are asked about the market: the messages, both sides of the protocol, and the
 * market as one fullnode tells it. Whoever asks verifies every signature again.
 */
@NullMarked
package org.flowshield.node.directory;

import org.jspecify.annotations.NullMarked;
