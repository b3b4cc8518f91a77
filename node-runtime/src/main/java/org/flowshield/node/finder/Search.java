package org.flowshield.node.finder;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.role.Hosts;

/**
 * One search: a host with a key that is thrown away after it, and a client of the DHT on it. Nobody
 * who is asked learns more than that somebody looks for providers. Safe for use by any thread.
 */
final class Search implements AutoCloseable {

    /** Who takes longer for a handshake is of no use to somebody who waits. */
    private static final Duration UPGRADE = Duration.ofSeconds(3);

    /** How searches are made. */
    record Maker(SecureRandom random, IntSupplier mark, DhtOptions dht, String agent, Clock clock) {

        /** With sockets that go the way that is right now. */
        Search open() throws IOException {
            PrivateKey key = PrivateKey.generate(random);
            try {
                Host host =
                        Hosts.builder(key, random)
                                .dialOptions(DialOptions.DEFAULT.withMark(mark.getAsInt()))
                                .upgradeTimeout(UPGRADE)
                                .negotiationTimeout(UPGRADE)
                                .build();
                AdvertisedAddresses nowhere = AdvertisedAddresses.ofThisMachine();
                Identify identify = Identify.install(host, key, agent, clock, nowhere);
                return new Search(key, host, Dht.of(host, identify, nowhere, dht.asClient()));
            } catch (IOException | RuntimeException e) {
                key.close();
                throw e;
            }
        }
    }

    private final PrivateKey key;
    private final Host host;
    private final Dht dht;
    private final Set<PeerId> begun = ConcurrentHashMap.newKeySet();

    private Search(PrivateKey key, Host host, Dht dht) {
        this.key = key;
        this.host = host;
        this.dht = dht;
    }

    Dht dht() {
        return dht;
    }

    /** Joins the DHT through some that are known, as {@link Dht#bootstrap}. */
    void join(List<Multiaddr> begin, Duration limit) throws IOException {
        begin.forEach(address -> address.peerId().ifPresent(begun::add));
        dht.bootstrap(begin, limit);
    }

    /**
     * Those of the DHT that a dial of this search has reached, and where.
     *
     * @param others that are known to be of it
     */
    List<Multiaddr> reached(Set<PeerId> others) {
        Set<PeerId> serving = new HashSet<>(others);
        dht.neighbours().forEach(one -> serving.add(one.peer()));
        return host.connections().stream()
                .filter(Connection::initiator)
                .filter(connection -> serving.contains(connection.remotePeer()))
                .map(connection -> connection.remoteAddress().withPeer(connection.remotePeer()))
                .toList();
    }

    /** Of these, those that it began with. */
    List<PeerInfo> begun() {
        return reached(Set.of()).stream()
                .filter(address -> begun.contains(address.peerId().orElseThrow()))
                .map(
                        address ->
                                new PeerInfo(
                                        address.peerId().orElseThrow(),
                                        List.of(address.withoutPeer())))
                .toList();
    }

    /**
     * Over a connection that there is, or a new one to the first address that leads to the peer.
     */
    Connection connect(List<Multiaddr> addresses) throws IOException {
        for (Connection open : host.connections()) {
            if (addresses.stream()
                    .anyMatch(at -> at.peerId().filter(open.remotePeer()::equals).isPresent())) {
                return open;
            }
        }
        IOException last = new IOException("there is no address to dial");
        for (Multiaddr address : addresses) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            try {
                return host.connect(address);
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    /** Event loops take a moment to end, for which nobody has to wait. */
    @Override
    public void close() {
        dht.close();
        Thread.ofVirtual()
                .name("finder-end")
                .start(
                        () -> {
                            host.close();
                            key.close();
                        });
    }
}
