package org.flowshield.libp2p.kad.exchange;

import java.util.Optional;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.kad.wire.Response;

/**
 * What a peer answered, and the network in which it really is.
 *
 * @param network empty if it does not count
 */
public record Reached(Response response, Optional<Network> network) {}
