package org.flowshield.libp2p.kad.lookup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/** One way of a search: the peers that were heard of on it, the nearest first. */
final class Path {

    /** Far more than a way asks; the farthest give way. */
    static final int MAX_CANDIDATES = 128;

    /** Whose word is remembered for a peer; liars may be among the first. */
    private static final int MAX_SOURCES = 4;

    /** A peer is tried so often at addresses that different peers tell. */
    static final int MAX_FAILURES = 2;

    enum State {
        HEARD,
        ASKED,
        ANSWERED,
        FAILED
    }

    static final class Candidate {
        final KadId id;
        PeerInfo info;

        /** Who told of it; nobody for those that the search began with. */
        final Set<PeerId> sources = new LinkedHashSet<>();

        State state = State.HEARD;
        private int failures;

        /** Addresses that were told while it was asked at others. */
        private List<Multiaddr> spare = List.of();

        Candidate(KadId id, PeerInfo info) {
            this.id = id;
            this.info = info;
        }

        private void toldBy(Optional<PeerId> teller) {
            if (sources.size() < MAX_SOURCES) {
                teller.ifPresent(sources::add);
            }
        }

        /** Somebody else tells of it, perhaps at other addresses. */
        private void heardAgain(PeerInfo said, Optional<PeerId> teller) {
            toldBy(teller);
            List<Multiaddr> fresh =
                    said.addresses().stream()
                            .filter(address -> !info.addresses().contains(address))
                            .toList();
            if (fresh.isEmpty()) {
                return;
            }
            switch (state) {
                case HEARD -> info = new PeerInfo(info.peer(), inTurn(info.addresses(), fresh));
                case ASKED -> spare = fresh;
                case FAILED -> tryAgain(fresh);
                case ANSWERED -> {}
            }
        }

        /** Each teller's first address comes early: nobody hides the truth behind many lies. */
        private static List<Multiaddr> inTurn(List<Multiaddr> some, List<Multiaddr> others) {
            List<Multiaddr> all = new ArrayList<>();
            for (int i = 0; i < Math.max(some.size(), others.size()); i++) {
                if (i < some.size()) {
                    all.add(some.get(i));
                }
                if (i < others.size()) {
                    all.add(others.get(i));
                }
            }
            return all;
        }

        private void failed() {
            failures++;
            if (!spare.isEmpty()) {
                tryAgain(spare);
                spare = List.of();
            }
        }

        private void tryAgain(List<Multiaddr> elsewhere) {
            if (failures < MAX_FAILURES) {
                info = new PeerInfo(info.peer(), elsewhere);
                state = State.HEARD;
            }
        }
    }

    private final TreeMap<KadId, Candidate> nearest;
    private final Map<PeerId, Candidate> byPeer = new HashMap<>();
    private int underWay;
    private boolean everHeard;

    Path(KadId target) {
        nearest = new TreeMap<>(KadId.nearestTo(target));
    }

    boolean everHeard() {
        return everHeard;
    }

    int underWay() {
        return underWay;
    }

    Iterable<Candidate> nearestFirst() {
        return nearest.values();
    }

    void hear(PeerInfo info, Optional<PeerId> source) {
        everHeard = true;
        @Nullable Candidate known = byPeer.get(info.peer());
        if (known != null) {
            known.heardAgain(info, source);
            return;
        }
        Candidate candidate = new Candidate(KadId.of(info.peer()), info);
        candidate.toldBy(source);
        nearest.put(candidate.id, candidate);
        byPeer.put(info.peer(), candidate);
        if (nearest.size() > MAX_CANDIDATES) {
            giveWay();
        }
    }

    private void giveWay() {
        for (Candidate farthest : nearest.descendingMap().values()) {
            if (farthest.state == State.HEARD || farthest.state == State.FAILED) {
                nearest.remove(farthest.id);
                byPeer.remove(farthest.info.peer());
                return;
            }
        }
    }

    void asked(Candidate candidate) {
        candidate.state = State.ASKED;
        underWay++;
    }

    /** The outcome of a request; empty if none is under way. */
    Optional<Candidate> ended(PeerId peer, State state) {
        @Nullable Candidate candidate = byPeer.get(peer);
        if (candidate == null || candidate.state != State.ASKED) {
            return Optional.empty();
        }
        candidate.state = state;
        if (state == State.FAILED) {
            candidate.failed();
        }
        underWay--;
        return Optional.of(candidate);
    }

    List<Candidate> answered() {
        return nearest.values().stream().filter(one -> one.state == State.ANSWERED).toList();
    }
}
