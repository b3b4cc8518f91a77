package org.flowshield.node.swarm;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.libp2p.nat.PortMapping;

/**
 * A port that the router at home is asked to pass on, and what came of it. Immutable.
 *
 * @param port where this machine listens
 * @param until when the router forgets it unless it is asked again; empty: it is not passed on, or
 *     until it is taken back
 */
public record MappedPort(int port, PortMapping.State state, Optional<Instant> until) {}
