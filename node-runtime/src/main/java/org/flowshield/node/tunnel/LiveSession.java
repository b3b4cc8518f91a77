package org.flowshield.node.tunnel;

import java.time.Instant;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.tunnel.path.InnerAddresses;
import org.flowshield.node.tunnel.path.PathCounters;

/**
 * A session that a provider serves, as it stands at one moment. Immutable.
 *
 * @param peer the client
 * @param inner its addresses in the tunnel
 * @param since when it was granted
 * @param carried so far, counted where packets enter and leave the lanes: what a queue dropped is
 *     not in it; "sent" is to the client
 */
public record LiveSession(PeerId peer, InnerAddresses inner, Instant since, PathCounters carried) {}
