package org.flowshield.node.api;

/**
 * Where a client is to connect to. Immutable.
 *
 * @param provider its multiaddr; with {@code /p2p/ID} only that peer is accepted
 * @param lanes bulk lanes, 1 to 4
 */
public record ConnectRequest(String provider, int lanes) {

    public static final int DEFAULT_LANES = 1;
}
