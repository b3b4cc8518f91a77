package org.flowshield.libp2p.kad.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;

final class LookupTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final KadId TARGET = KadId.of(RecordKey.ofName("/v/x"));
    private static final LookupLimits THREE_WAYS =
            new LookupLimits(3, 2, 6, 100, 3, Duration.ofSeconds(10));

    private final Random random = new Random(2);
    private final PeerId self = SomePeers.id(random);

    /** Peers in networks of their own, the nearest to the target first. */
    private List<PeerInfo> peers(int count) {
        List<PeerInfo> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(SomePeers.info(random, SomePeers.ip(i)));
        }
        peers.sort(Comparator.comparing(one -> KadId.of(one.peer()), KadId.nearestTo(TARGET)));
        return peers;
    }

    private Lookup lookup(LookupLimits limits, List<PeerInfo> seeds) {
        return new Lookup(TARGET, self, limits, seeds);
    }

    @Test
    void ends_at_once_when_nobody_is_known() {
        Lookup lookup = lookup(THREE_WAYS, List.of());
        assertThat(lookup.start(START)).isEmpty();
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.closest()).isEmpty();
    }

    @Test
    void asks_everybody_of_a_small_network_through_one_peer() {
        List<PeerInfo> all = peers(5);
        Lookup lookup = lookup(THREE_WAYS, List.of(all.getLast()));
        List<PeerInfo> open = new ArrayList<>(lookup.start(START));
        while (!open.isEmpty()) {
            PeerInfo next = open.removeFirst();
            open.addAll(lookup.answered(next.peer(), all, Optional.empty(), START));
        }
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.closest()).isEqualTo(all);
        assertThat(lookup.queries()).isEqualTo(5);
    }

    @Test
    void never_has_more_under_way_than_allowed_and_asks_nobody_twice() {
        List<PeerInfo> all = peers(60);
        Lookup lookup = lookup(THREE_WAYS, all.subList(40, 60));
        List<PeerInfo> open = new ArrayList<>(lookup.start(START));
        Set<PeerId> asked = new HashSet<>();
        while (!open.isEmpty()) {
            assertThat(open.size()).isLessThanOrEqualTo(THREE_WAYS.parallel());
            PeerInfo next = open.removeFirst();
            assertThat(asked.add(next.peer())).isTrue();
            open.addAll(lookup.answered(next.peer(), all.subList(0, 20), Optional.empty(), START));
        }
        assertThat(lookup.closest()).isEqualTo(all.subList(0, 6));
    }

    @Test
    void a_peer_that_does_not_answer_in_time_gives_its_turn_to_the_next() {
        List<PeerInfo> all = peers(4);
        LookupLimits one = new LookupLimits(1, 2, 1, 100, 3, Duration.ofSeconds(10));
        Lookup lookup = lookup(one, all);
        assertThat(lookup.start(START)).containsExactly(all.get(0));
        assertThat(lookup.nextTick()).contains(START.plusSeconds(10));
        assertThat(lookup.tick(START.plusSeconds(9))).isEmpty();
        assertThat(lookup.tick(START.plusSeconds(10))).containsExactly(all.get(1));
        assertThat(lookup.answered(all.get(0).peer(), List.of(), Optional.empty(), START))
                .as("an answer that is too late")
                .isEmpty();
        assertThat(lookup.closest()).isEmpty();
    }

    @Test
    void a_liar_misleads_its_own_way_only() {
        List<PeerInfo> all = peers(40);
        List<PeerInfo> honest = all.subList(20, 40);
        List<PeerInfo> gang = all.subList(0, 20); // nearer than anybody
        PeerInfo liar = gang.getFirst();
        Lookup lookup =
                lookup(THREE_WAYS, List.of(liar, honest.get(10), honest.get(11), honest.get(12)));
        Map<PeerId, List<PeerInfo>> answers = new HashMap<>();
        gang.forEach(one -> answers.put(one.peer(), gang));
        honest.forEach(one -> answers.put(one.peer(), honest));
        List<PeerInfo> open = new ArrayList<>(lookup.start(START));
        while (!open.isEmpty()) {
            PeerInfo next = open.removeFirst();
            open.addAll(
                    lookup.answered(
                            next.peer(),
                            answers.getOrDefault(next.peer(), List.of()),
                            Optional.empty(),
                            START));
        }
        assertThat(lookup.closest()).contains(honest.get(0), honest.get(1));
        assertThat(lookup.closest()).filteredOn(gang::contains).hasSize(THREE_WAYS.width());
    }

    @Test
    void another_way_tries_a_peer_where_one_was_told_a_wrong_address() {
        List<PeerInfo> all = peers(3);
        PeerInfo wanted = all.get(0);
        PeerInfo wrong = new PeerInfo(wanted.peer(), List.of(SomePeers.address("203.0.113.9")));
        LookupLimits two = new LookupLimits(2, 2, 2, 100, 3, Duration.ofSeconds(10));
        Lookup lookup = lookup(two, List.of(all.get(1), all.get(2)));
        assertThat(lookup.start(START)).hasSize(2);
        assertThat(lookup.answered(all.get(1).peer(), List.of(wrong), Optional.empty(), START))
                .containsExactly(wrong);
        assertThat(lookup.answered(all.get(2).peer(), List.of(wanted), Optional.empty(), START))
                .as("while it is being asked")
                .isEmpty();
        assertThat(lookup.failed(wanted.peer(), START)).containsExactly(wanted);
        lookup.answered(wanted.peer(), List.of(), Optional.empty(), START);
        assertThat(lookup.closest()).startsWith(wanted);
    }

    @Test
    void peers_of_one_network_count_up_to_a_bound() {
        List<PeerInfo> all = peers(10);
        LookupLimits one = new LookupLimits(1, 8, 8, 100, 3, Duration.ofSeconds(10));
        Lookup lookup = lookup(one, all);
        List<PeerInfo> open = new ArrayList<>(lookup.start(START));
        while (!open.isEmpty()) {
            PeerInfo next = open.removeFirst();
            open.addAll(
                    lookup.answered(
                            next.peer(), List.of(), SomePeers.network("198.18.7.1"), START));
        }
        assertThat(lookup.closest()).isEqualTo(all.subList(0, 3));
    }

    @Test
    void who_tells_of_peers_that_do_not_exist_is_believed_no_more() {
        List<PeerInfo> all = peers(32);
        LookupLimits one = new LookupLimits(1, 20, 1, 100, 3, Duration.ofSeconds(10));
        PeerInfo liar = all.get(30);
        PeerInfo honest = all.get(31);
        Lookup lookup = lookup(one, List.of(liar, honest));
        lookup.start(START);
        List<PeerInfo> open =
                new ArrayList<>(
                        lookup.answered(liar.peer(), all.subList(0, 30), Optional.empty(), START));
        int inventedAsked = 0;
        while (!open.isEmpty()) {
            PeerInfo next = open.removeFirst();
            if (next.equals(honest)) {
                open.addAll(lookup.answered(next.peer(), List.of(), Optional.empty(), START));
            } else {
                inventedAsked++;
                open.addAll(lookup.failed(next.peer(), START));
            }
        }
        assertThat(inventedAsked).isEqualTo(4);
        assertThat(lookup.closest()).containsExactlyInAnyOrder(liar, honest);
    }

    @Test
    void memory_and_requests_are_bounded_whatever_peers_answer() {
        LookupLimits limits = new LookupLimits(3, 10, 10, 50, 3, Duration.ofSeconds(10));
        Lookup lookup = lookup(limits, peers(30));
        List<PeerInfo> open = new ArrayList<>(lookup.start(START));
        int asked = open.size();
        while (!open.isEmpty()) {
            PeerInfo next = open.removeFirst();
            List<PeerInfo> invented = peers(40);
            List<PeerInfo> more = lookup.answered(next.peer(), invented, Optional.empty(), START);
            asked += more.size();
            open.addAll(more);
        }
        assertThat(asked).isEqualTo(50).isEqualTo(lookup.queries());
        assertThat(lookup.isDone()).isTrue();
    }

    @Test
    void asks_nobody_when_it_is_stopped() {
        List<PeerInfo> all = peers(10);
        Lookup lookup = lookup(THREE_WAYS, all);
        PeerInfo first = lookup.start(START).getFirst();
        lookup.stop();
        assertThat(lookup.isDone()).isTrue();
        assertThat(lookup.answered(first.peer(), all, Optional.empty(), START)).isEmpty();
        assertThat(lookup.tick(START.plusSeconds(60))).isEmpty();
    }

    @Test
    void never_asks_itself() {
        PeerInfo us = new PeerInfo(self, List.of(SomePeers.address("1.2.3.4")));
        PeerInfo other = peers(1).getFirst();
        Lookup lookup = lookup(THREE_WAYS, List.of(us, other));
        assertThat(lookup.start(START)).containsExactly(other);
        assertThat(lookup.answered(other.peer(), List.of(us), Optional.empty(), START)).isEmpty();
    }
}
