/**
 * The peers that a node has met, kept over restarts: enough to find the network again when nobody
 * answers whose address was configured.
 */
@NullMarked
package org.flowshield.libp2p.peerstore;

import org.jspecify.annotations.NullMarked;
