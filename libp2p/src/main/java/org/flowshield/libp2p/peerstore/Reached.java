package org.flowshield.libp2p.peerstore;

import java.time.Instant;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * A peer's address that is no mere claim: a dial of our own led there, and the peer proved who it
 * is. Immutable.
 *
 * @param address without {@code /p2p}
 * @param first when a dial first reached the peer, wherever it was then
 * @param last when a dial last did
 */
public record Reached(Multiaddr address, Instant first, Instant last) {}
