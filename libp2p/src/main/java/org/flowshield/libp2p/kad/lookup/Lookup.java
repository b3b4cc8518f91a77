package org.flowshield.libp2p.kad.lookup;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.flowshield.libp2p.kad.lookup.Path.Candidate;
import org.flowshield.libp2p.kad.lookup.Path.State;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * An iterative search for the peers nearest to a key, on several ways that share no peer (as in
 * S/Kademlia): events go in, requests to send come out, time is a parameter. A peer that lies about
 * who is near misleads the way that it is on and no other.
 *
 * <pre>
 *                    told of                  answered
 *           (nobody) -------> HEARD --> ASKED --------> ANSWERED  its way hears of more
 *                                         |
 *                                         | failed, too late, or one of too many in its network
 *                                         '-----------> FAILED    another way may try it
 * </pre>
 *
 * A way ends when the nearest peers that it may ask have all answered, as many as its width; the
 * search when all ways have, or enough was asked (kad-dht specification, with ways added).
 *
 * <p>Memory is bounded by the limits, whatever peers answer. Not safe for several threads.
 */
public final class Lookup {

    /** Who told of so many peers that don't answer is believed no more... */
    private static final int DISTRUSTED_FAILURES = 4;

    private record Request(int path, Instant end) {}

    /** What became of the peers that one peer told of. */
    private static final class Credit {
        private int answered;
        private int failed;

        /** ...unless as many do. */
        boolean isLost() {
            return failed >= DISTRUSTED_FAILURES && failed > answered;
        }
    }

    private final KadId target;
    private final PeerId self;
    private final LookupLimits limits;
    private final List<Path> paths;
    private final Map<PeerId, Integer> taken = new HashMap<>();
    private final Map<PeerId, Request> underWay = new HashMap<>();
    private final Map<PeerId, Credit> credits = new HashMap<>();
    private final Map<Network, Integer> perNetwork = new HashMap<>();
    private int queries;
    private boolean stopped;

    /**
     * @param self never asked
     * @param seeds the nearest peers that are known, dealt out to the ways
     */
    public Lookup(KadId target, PeerId self, LookupLimits limits, List<PeerInfo> seeds) {
        this.target = target;
        this.self = self;
        this.limits = limits;
        this.paths = IntStream.range(0, limits.paths()).mapToObj(_ -> new Path(target)).toList();
        int turn = 0;
        for (PeerInfo seed : seeds) {
            if (!seed.peer().equals(self)) {
                paths.get(turn++ % paths.size()).hear(seed, Optional.empty());
            }
        }
    }

    /** Whom to ask first. */
    public List<PeerInfo> start(Instant now) {
        return ask(now);
    }

    /**
     * A peer has answered.
     *
     * @param closer whom it tells of
     * @param network where it was really reached; empty if that does not count
     * @return whom to ask next
     */
    public List<PeerInfo> answered(
            PeerId peer, List<PeerInfo> closer, Optional<Network> network, Instant now) {
        @Nullable Request request = underWay.get(peer);
        if (request == null) {
            return List.of();
        }
        if (network.isPresent()
                && perNetwork.merge(network.get(), 1, Integer::sum) > limits.perNetwork()) {
            end(peer, request, State.FAILED);
            return ask(now);
        }
        end(peer, request, State.ANSWERED);
        hear(request.path(), closer, peer);
        return ask(now);
    }

    /** A peer could not be reached, or said nothing of use. Returns whom to ask next. */
    public List<PeerInfo> failed(PeerId peer, Instant now) {
        @Nullable Request request = underWay.get(peer);
        if (request == null) {
            return List.of();
        }
        end(peer, request, State.FAILED);
        taken.remove(peer);
        return ask(now);
    }

    /** Gives up on those that had their time. Returns whom to ask next. */
    public List<PeerInfo> tick(Instant now) {
        List<PeerId> late =
                underWay.entrySet().stream()
                        .filter(one -> !one.getValue().end().isAfter(now))
                        .map(Map.Entry::getKey)
                        .toList();
        for (PeerId peer : late) {
            end(peer, underWay.get(peer), State.FAILED);
            taken.remove(peer);
        }
        return ask(now);
    }

    /** When to {@link #tick}; empty if nothing is under way. */
    public Optional<Instant> nextTick() {
        return underWay.values().stream().map(Request::end).min(Comparator.naturalOrder());
    }

    /** What was looked for is found: nobody else is asked. */
    public void stop() {
        stopped = true;
        underWay.clear();
    }

    /** True when nothing is under way and nobody is left to ask. */
    public boolean isDone() {
        return stopped || underWay.isEmpty();
    }

    /** How many requests were sent. */
    public int queries() {
        return queries;
    }

    /** The peers that answered, the nearest first; at most as many as values are kept on. */
    public List<PeerInfo> closest() {
        return paths.stream()
                .flatMap(path -> path.answered().stream())
                .sorted(Comparator.comparing(one -> one.id, KadId.nearestTo(target)))
                .limit(limits.replicas())
                .map(one -> one.info)
                .toList();
    }

    private void end(PeerId peer, @Nullable Request request, State state) {
        underWay.remove(peer);
        if (request == null) {
            return;
        }
        Path path = paths.get(request.path());
        for (PeerId source : path.ended(peer, state).map(one -> one.sources).orElse(Set.of())) {
            Credit credit = credits.computeIfAbsent(source, _ -> new Credit());
            if (state == State.ANSWERED) {
                credit.answered++;
            } else {
                credit.failed++;
            }
        }
    }

    /** What is heard belongs to the way that it was heard on; ways that have nobody get a share. */
    private void hear(int path, List<PeerInfo> closer, PeerId source) {
        List<Path> hearing = new ArrayList<>();
        hearing.add(paths.get(path));
        paths.stream().filter(other -> !other.everHeard()).forEach(hearing::add);
        int turn = 0;
        for (PeerInfo info : closer) {
            if (!info.peer().equals(self)) {
                hearing.get(turn++ % hearing.size()).hear(info, Optional.of(source));
            }
        }
    }

    private List<PeerInfo> ask(Instant now) {
        List<PeerInfo> asked = new ArrayList<>();
        boolean more = !stopped;
        while (more) { // in turn, so that each way gets its share
            more = false;
            for (int i = 0; i < paths.size(); i++) {
                Optional<Candidate> next = next(i);
                if (next.isPresent()) {
                    Candidate candidate = next.get();
                    PeerId peer = candidate.info.peer();
                    paths.get(i).asked(candidate);
                    taken.put(peer, i);
                    underWay.put(peer, new Request(i, now.plus(limits.answerTime())));
                    queries++;
                    asked.add(candidate.info);
                    more = true;
                }
            }
        }
        return asked;
    }

    /** The nearest peer that a way may ask now. */
    private Optional<Candidate> next(int index) {
        Path path = paths.get(index);
        int share = Math.ceilDiv(limits.parallel(), paths.size());
        if (path.underWay() >= share
                || underWay.size() >= limits.parallel()
                || queries >= limits.queries()) {
            return Optional.empty();
        }
        int counted = 0;
        for (Candidate candidate : path.nearestFirst()) {
            if (candidate.state == State.FAILED || isOfAnother(candidate, index)) {
                continue;
            }
            if (candidate.state == State.HEARD) {
                if (isDoubtful(candidate)) {
                    continue;
                }
                return Optional.of(candidate);
            }
            if (++counted == limits.width()) {
                break;
            }
        }
        return Optional.empty();
    }

    private boolean isOfAnother(Candidate candidate, int index) {
        @Nullable Integer owner = taken.get(candidate.info.peer());
        return owner != null && owner != index;
    }

    private boolean isBelievedNoMore(PeerId source) {
        @Nullable Credit credit = credits.get(source);
        return credit != null && credit.isLost();
    }

    private boolean isDoubtful(Candidate candidate) {
        return !candidate.sources.isEmpty()
                && candidate.sources.stream().allMatch(this::isBelievedNoMore);
    }
}
