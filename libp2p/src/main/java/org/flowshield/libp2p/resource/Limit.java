package org.flowshield.libp2p.resource;

import java.util.Locale;

/**
 * What of a host's a peer can take, and how much of it by default. The defaults let a provider
 * serve 200 clients of five connections each, and hold at worst some 400 MiB for peers.
 *
 * <p>An <i>address</i> is one of IPv4, or a whole /56 of IPv6: what one household or server gets.
 * Carriers put hundreds of subscribers behind one address of IPv4, so the limits of addresses are
 * no tight ones.
 */
public enum Limit {
    /**
     * Connections of every kind and direction, handshakes and detached ones too: each is an open
     * file. A host lowers this to what its process may open: a JVM that can open no more files
     * can't even load its classes any more.
     */
    SOCKETS(4_000),

    /** Authenticated connections that peers made: 200 clients with five each, twice. */
    CONNECTIONS_INBOUND(2_000),

    /** Connections that we make, from the first packet on: bounds our own mistakes. */
    CONNECTIONS_OUTBOUND(500),

    /** In both directions: five of a client, their successors while the old ones are dying. */
    CONNECTIONS_PER_PEER(16),

    /** From one IPv4 address, handshakes included: fifty clients behind one carrier's address. */
    CONNECTIONS_PER_ADDRESS(256),

    /** From one /56 of IPv6, handshakes included: a household with a dozen devices. */
    CONNECTIONS_PER_NETWORK(64),

    /** New connections of one address, lasting. */
    ACCEPTS_PER_SECOND(8),

    /** New connections of one address at once: eight clients with five each. */
    ACCEPT_BURST(40),

    /**
     * Inbound handshakes under way. An honest one lasts some round trips; when there are more than
     * this the oldest one of the network that has most gives way, so that a newcomer always gets
     * its turn. Each holds up to 16 KiB of input and as much of TLS's state.
     */
    HANDSHAKES(512),

    /** Inbound handshakes under way from one address. */
    HANDSHAKES_PER_ADDRESS(40),

    /** What a peer may send before it is authenticated; an honest one sends less than 6 KiB. */
    UNAUTHENTICATED_BYTES(16 * 1024),

    /** Streams that peers opened. Each costs some KiB and a virtual thread. */
    STREAMS_INBOUND(8_192),

    /** Of one connection; at most 1000 whatever is asked for, yamux's own bound. */
    STREAMS_PER_CONNECTION(256),

    /** Of all connections with one peer (go-libp2p's number). */
    STREAMS_PER_PEER(512),

    /** Streams that peers opened without having said for what. */
    STREAMS_NEGOTIATING(1_024),

    /** The same of one connection; an honest peer opens a hundred at once at most. */
    STREAMS_NEGOTIATING_PER_CONNECTION(128),

    /** Received and not read by the application; beyond it streams are reset. */
    RECEIVED_BYTES(128L * 1024 * 1024),

    /** The same of one connection: two of the largest windows. */
    RECEIVED_BYTES_PER_CONNECTION(32L * 1024 * 1024),

    /** Written and not yet with the connection; beyond it each stream's writer waits its turn. */
    UNSENT_BYTES(128L * 1024 * 1024),

    /** The same of one connection. */
    UNSENT_BYTES_PER_CONNECTION(16L * 1024 * 1024),

    /** By how much receive windows may have grown beyond the 256 KiB that yamux gives each. */
    WINDOW_BYTES(256L * 1024 * 1024),

    /** The same of one connection: four windows of the largest size. */
    WINDOW_BYTES_PER_CONNECTION(64L * 1024 * 1024),

    /** Peers and addresses that are shut out; beyond it the ban that ends first gives way. */
    BANS(4_096);

    private final long standard;

    Limit(long standard) {
        this.standard = standard;
    }

    /** What holds if nothing else is asked for. */
    public long standard() {
        return standard;
    }

    /** The name by which people set and see it, for instance {@code streams-per-peer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
