package org.flowshield.libp2p.peerstore;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.SignedPeerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Who is remembered, and who gives way when there is no room: a calculation. A peer that we reached
 * gives way to another such peer only, and first one that did not answer us lately; among those
 * that did, one of the network with the most, and there the one that we have known for the shortest
 * time. So whoever runs many nodes gets places that were free, and no others.
 *
 * <p>Not safe for several threads: the owner guards it.
 */
final class PeerBook {

    /** One failure may be the network's; the second in a row is the peer's. */
    static final int UNRELIABLE = 2;

    private final StoreLimits limits;
    private final Map<PeerId, KnownPeer> peers = new LinkedHashMap<>();

    PeerBook(StoreLimits limits) {
        this.limits = limits;
    }

    /** Takes in what was remembered before; what is too old or too much is left out. */
    void restore(Collection<KnownPeer> remembered, Instant now) {
        for (KnownPeer peer : remembered) {
            peers.put(peer.peer(), peer);
            makeRoom(peer.isProven());
        }
        expire(now);
    }

    boolean met(
            PeerId peer,
            Multiaddr remote,
            Optional<SignedPeerRecord> signed,
            List<ProtocolId> protocols,
            Instant now) {
        Optional<SignedPeerRecord> fitting =
                signed.filter(it -> it.length() <= KnownPeer.MAX_RECORD)
                        .filter(it -> it.peer().equals(peer))
                        .filter(it -> !it.content().addresses().isEmpty());
        @Nullable KnownPeer known = peers.get(peer);
        if (known == null && fitting.isEmpty()) {
            return false; // there would be no address to dial it at
        }
        List<ProtocolId> serving = KnownPeer.bounded(protocols);
        return put(
                known == null
                        ? new KnownPeer(peer, fitting, serving, remote, now, Optional.empty(), 0)
                        : known.met(remote, fitting, serving, now));
    }

    boolean reached(PeerId peer, Multiaddr address, Instant now) {
        @Nullable KnownPeer known = peers.get(peer);
        KnownPeer before =
                known == null
                        ? new KnownPeer(
                                peer,
                                Optional.empty(),
                                List.of(),
                                address,
                                now,
                                Optional.empty(),
                                0)
                        : known;
        return put(before.reached(address, now));
    }

    boolean failed(PeerId peer) {
        @Nullable KnownPeer known = peers.get(peer);
        if (known == null) {
            return false;
        }
        peers.put(peer, known.failed());
        return true;
    }

    /**
     * @return false if there was no room for it
     */
    private boolean put(KnownPeer peer) {
        peers.put(peer.peer(), peer);
        makeRoom(peer.isProven());
        return peers.containsKey(peer.peer());
    }

    private void makeRoom(boolean proven) {
        List<KnownPeer> room = room(proven);
        Map<Optional<Network>, List<KnownPeer>> byNetwork =
                room.stream().collect(Collectors.groupingBy(KnownPeer::network));
        byNetwork.forEach(
                (network, crowd) -> {
                    if (network.isPresent() && crowd.size() > limits.perNetwork(proven)) {
                        peers.remove(leastOf(crowd).peer());
                    }
                });
        if (room(proven).size() > limits.room(proven)) {
            peers.remove(victim(room, byNetwork).peer());
        }
    }

    private static KnownPeer victim(
            List<KnownPeer> room, Map<Optional<Network>, List<KnownPeer>> byNetwork) {
        List<KnownPeer> unreliable =
                room.stream().filter(peer -> peer.failures() >= UNRELIABLE).toList();
        if (!unreliable.isEmpty()) {
            return leastOf(unreliable);
        }
        int fullest = byNetwork.values().stream().mapToInt(List::size).max().orElseThrow();
        return leastOf(
                byNetwork.values().stream()
                        .filter(crowd -> crowd.size() == fullest)
                        .flatMap(List::stream)
                        .toList());
    }

    /** The least reliable; then, if reached, the newest, else who was there longest ago. */
    private static KnownPeer leastOf(List<KnownPeer> crowd) {
        return crowd.stream()
                .max(
                        Comparator.comparingInt(PeerBook::unreliability)
                                .thenComparingLong(PeerBook::uselessness))
                .orElseThrow();
    }

    private static int unreliability(KnownPeer peer) {
        return peer.failures() >= UNRELIABLE ? peer.failures() : 0;
    }

    private static long uselessness(KnownPeer peer) {
        return peer.reached()
                .map(it -> it.first().toEpochMilli())
                .orElse(-peer.seen().toEpochMilli());
    }

    private List<KnownPeer> room(boolean proven) {
        return peers.values().stream().filter(peer -> peer.isProven() == proven).toList();
    }

    /** Forgets who was not met for too long. */
    void expire(Instant now) {
        peers.values()
                .removeIf(
                        peer ->
                                !peer.alive().plus(limits.life(peer.isProven())).isAfter(now)
                                        // A clock that was set back must not keep them for ever.
                                        || peer.alive().minus(limits.heardLife()).isAfter(now));
    }

    Optional<KnownPeer> find(PeerId peer) {
        return Optional.ofNullable(peers.get(peer));
    }

    /** Reached ones before others, reliable before unreliable; then each network once in turn. */
    List<KnownPeer> candidates(ProtocolId serving, int count) {
        List<KnownPeer> ranked =
                peers.values().stream()
                        .filter(peer -> peer.protocols().contains(serving))
                        .sorted(
                                Comparator.comparing((KnownPeer peer) -> !peer.isProven())
                                        .thenComparingInt(KnownPeer::failures)
                                        .thenComparing(KnownPeer::alive, Comparator.reverseOrder()))
                        .toList();
        Map<Object, Deque<KnownPeer>> turns = new LinkedHashMap<>();
        for (KnownPeer peer : ranked) {
            Object turn = peer.network().<Object>map(it -> it).orElse(peer.peer());
            turns.computeIfAbsent(turn, _ -> new ArrayDeque<>()).add(peer);
        }
        List<KnownPeer> chosen = new ArrayList<>();
        while (chosen.size() < count && !turns.isEmpty()) {
            for (Deque<KnownPeer> turn : turns.values()) {
                if (chosen.size() < count) {
                    chosen.add(turn.removeFirst());
                }
            }
            turns.values().removeIf(Deque::isEmpty);
        }
        return chosen;
    }

    List<KnownPeer> all() {
        return List.copyOf(peers.values());
    }

    int size() {
        return peers.size();
    }
}
