package org.flowshield.node.swarm;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/**
 * How a node takes its place among its peers. Immutable.
 *
 * @param bootstrap nodes to begin with, each ending in {@code /p2p/ID}; may be empty
 * @param announce where this node is too, by its operator's word: behind a forwarded port
 * @param local whether peers of private addresses and of one neighbourhood are taken
 * @param mark of the sockets, by which they keep to the machine's own routes; 0 for none
 * @param agent name and version that peers are told, {@code name/version}
 * @param peers the file in which peers are remembered; empty: they are forgotten at the end
 * @param mapsPorts whether the router at home is asked to pass the ports on; never in a local
 *     network
 * @param mdns whether it is told in the local network that there is a node, and looked for others
 */
public record SwarmSettings(
        List<Multiaddr> bootstrap,
        List<Multiaddr> announce,
        boolean local,
        int mark,
        String agent,
        Optional<Path> peers,
        boolean mapsPorts,
        boolean mdns) {

    /**
     * @throws IllegalArgumentException if a bootstrap node is named without its id: anybody could
     *     be that
     */
    public SwarmSettings {
        bootstrap = List.copyOf(bootstrap);
        announce = announce.stream().map(Multiaddr::withoutPeer).toList();
        for (Multiaddr address : bootstrap) {
            if (address.peerId().isEmpty()) {
                throw new IllegalArgumentException(address + " does not end in /p2p/ID");
            }
        }
    }

    /** Of a node that remembers nobody, and asks neither its router nor its neighbours. */
    public SwarmSettings(
            List<Multiaddr> bootstrap,
            List<Multiaddr> announce,
            boolean local,
            int mark,
            String agent) {
        this(bootstrap, announce, local, mark, agent, Optional.empty(), false, false);
    }

    /** Of a node that begins with nobody, and waits to be dialled. */
    public static SwarmSettings alone(int mark, String agent) {
        return new SwarmSettings(List.of(), List.of(), false, mark, agent);
    }

    /** The same among peers that are found by others. */
    SwarmSettings beginningWith(List<Multiaddr> others) {
        return new SwarmSettings(others, announce, local, mark, agent, peers, mapsPorts, mdns);
    }

    AddressPolicy addresses() {
        return local ? AddressPolicy.ANY : AddressPolicy.INTERNET;
    }

    DhtOptions dht() {
        DhtOptions options = DhtOptions.DEFAULT.withAddresses(addresses());
        return local ? options.withoutDiversity() : options;
    }
}
