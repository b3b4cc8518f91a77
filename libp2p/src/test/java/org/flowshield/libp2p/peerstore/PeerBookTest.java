package org.flowshield.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.flowshield.libp2p.kad.SomePeers.address;
import static org.flowshield.libp2p.kad.SomePeers.ip;
import static org.flowshield.libp2p.peerstore.StoredPeers.KAD;
import static org.flowshield.libp2p.peerstore.StoredPeers.SERVING;
import static org.flowshield.libp2p.peerstore.StoredPeers.id;
import static org.flowshield.libp2p.peerstore.StoredPeers.signed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.PeerRecord;
import org.flowshield.libp2p.record.SignedPeerRecord;
import org.junit.jupiter.api.Test;

final class PeerBookTest {

    private static final StoreLimits SMALL =
            new StoreLimits(4, 4, 2, 2, Duration.ofDays(30), Duration.ofDays(1));

    private final Random random = new Random(7);
    private final PeerBook book = new PeerBook(SMALL);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_record_is_replaced_by_one_with_a_greater_number_only() {
        PrivateKey key = StoredPeers.key();
        met(key, "9.9.9.9", signed(key, 5, "9.9.9.9"));
        met(key, "9.9.9.9", signed(key, 4, "8.8.8.8"));
        met(key, "9.9.9.9", signed(key, 5, "8.8.8.8"));
        assertThat(addresses(key)).containsExactly("/ip4/9.9.9.9/tcp/4001/p2p/" + id(key));
        met(key, "9.9.9.9", signed(key, 6, "8.8.8.8"));
        assertThat(addresses(key)).containsExactly("/ip4/8.8.8.8/tcp/4001/p2p/" + id(key));
    }

    @Test
    void a_record_of_another_peer_is_not_taken() {
        PrivateKey key = StoredPeers.key();
        PrivateKey other = StoredPeers.key();
        assertThat(met(key, "9.9.9.9", signed(other, 1, "9.9.9.9"))).isFalse();
        assertThat(book.size()).isZero();
    }

    @Test
    void a_name_that_a_peer_tells_is_not_dialled() throws Exception {
        PrivateKey key = StoredPeers.key();
        PeerRecord told =
                new PeerRecord(
                        id(key),
                        1,
                        List.of(Multiaddr.parse("/dns/inner.example/tcp/80"), address("8.8.8.8")));
        met(key, "9.9.9.9", SignedPeerRecord.sign(told, key));
        assertThat(addresses(key)).containsExactly("/ip4/8.8.8.8/tcp/4001/p2p/" + id(key));
    }

    @Test
    void a_peer_that_can_not_be_dialled_is_not_remembered() {
        PrivateKey key = StoredPeers.key();
        assertThat(met(key, "9.9.9.9", signed(key, 1))).isFalse();
        assertThat(book.met(id(key), address("9.9.9.9"), Optional.empty(), SERVING, now)).isFalse();
        assertThat(book.size()).isZero();
    }

    @Test
    void an_over_long_record_is_left_out() {
        PrivateKey key = StoredPeers.key();
        String[] many = IntStream.range(0, 400).mapToObj(SomePeers::ip).toArray(String[]::new);
        assertThat(met(key, "9.9.9.9", signed(key, 1, many))).isFalse();
    }

    @Test
    void where_it_was_found_comes_before_where_it_says_it_is() {
        PrivateKey key = StoredPeers.key();
        book.reached(id(key), address("7.7.7.7"), now);
        met(key, "7.7.7.7", signed(key, 5, "9.9.9.9", "7.7.7.7"));
        assertThat(addresses(key))
                .containsExactly(
                        "/ip4/7.7.7.7/tcp/4001/p2p/" + id(key),
                        "/ip4/9.9.9.9/tcp/4001/p2p/" + id(key));
    }

    @Test
    void one_network_gets_few_places_whatever_its_peers_say() {
        for (int i = 0; i < 20; i++) {
            PrivateKey key = StoredPeers.key();
            met(key, "66.66.66." + i, signed(key, 1, ip(i))); // each claims another network
            tick();
        }
        assertThat(book.size()).isEqualTo(2);
    }

    @Test
    void strangers_never_push_out_a_peer_that_was_reached() {
        List<PeerId> good = reachedInNetworksOfTheirOwn(4);
        for (int i = 0; i < 1_000; i++) {
            PrivateKey key = StoredPeers.key();
            met(key, ip(5_000 + i), signed(key, 1, ip(5_000 + i)));
            tick();
        }
        assertThat(book.size()).isEqualTo(8);
        assertThat(good).allMatch(peer -> book.find(peer).isPresent());
    }

    @Test
    void even_reached_ones_never_push_out_one_that_answers() {
        List<PeerId> good = reachedInNetworksOfTheirOwn(4);
        for (int i = 0; i < 1_000; i++) {
            book.reached(SomePeers.id(random), address(ip(5_000 + i)), now);
            tick();
        }
        assertThat(book.size()).isEqualTo(4);
        assertThat(good).allMatch(peer -> book.find(peer).isPresent());
    }

    @Test
    void a_newcomer_takes_the_place_of_one_that_answers_no_more() {
        List<PeerId> good = reachedInNetworksOfTheirOwn(4);
        book.failed(good.get(1));
        PeerId early = SomePeers.id(random);
        book.reached(early, address(ip(5_000)), now);
        assertThat(book.find(early)).as("one failure may be the network's").isEmpty();

        book.failed(good.get(1));
        PeerId late = SomePeers.id(random);
        book.reached(late, address(ip(5_001)), now);
        assertThat(book.find(late)).isPresent();
        assertThat(book.find(good.get(1))).isEmpty();
    }

    @Test
    void the_fullest_network_gives_way_first() {
        List<PeerId> crowd = new ArrayList<>();
        for (String ip : List.of("66.66.66.1", "66.66.66.2", "67.67.67.1", "68.68.68.1")) {
            PeerId peer = SomePeers.id(random);
            crowd.add(peer);
            book.reached(peer, address(ip), now);
            tick();
        }
        PeerId newcomer = SomePeers.id(random);
        book.reached(newcomer, address("69.69.69.1"), now);
        assertThat(book.find(newcomer)).isPresent();
        assertThat(book.find(crowd.get(1))).as("the newer of the two of a network").isEmpty();
    }

    @Test
    void peers_of_a_private_network_are_not_counted_together() {
        for (int i = 1; i <= 4; i++) {
            book.reached(SomePeers.id(random), address("10.0.0." + i), now);
        }
        assertThat(book.size()).isEqualTo(4);
    }

    @Test
    void forgets_strangers_after_a_day_and_reached_peers_after_a_month() {
        PrivateKey stranger = StoredPeers.key();
        met(stranger, "9.9.9.9", signed(stranger, 1, "9.9.9.9"));
        PeerId reached = reachedInNetworksOfTheirOwn(1).getFirst();
        now = now.plus(Duration.ofDays(1));
        book.expire(now);
        assertThat(book.find(id(stranger))).isEmpty();
        assertThat(book.find(reached)).isPresent();
        now = now.plus(Duration.ofDays(30));
        book.expire(now);
        assertThat(book.size()).isZero();
    }

    @Test
    void a_time_far_in_the_future_does_not_keep_a_peer_for_ever() {
        reachedInNetworksOfTheirOwn(1);
        book.expire(now.minus(Duration.ofDays(2)));
        assertThat(book.size()).isZero();
    }

    @Test
    void tries_reached_peers_of_many_networks_first() {
        PeerId twin1 = reach("66.66.66.1");
        PeerId other = reach("67.67.67.1");
        PeerId twin2 = reach("66.66.66.2");
        PrivateKey stranger = StoredPeers.key();
        met(stranger, "9.9.9.9", signed(stranger, 1, "9.9.9.9"));
        assertThat(book.candidates(KAD, 10))
                .extracting(KnownPeer::peer)
                .containsExactly(twin2, other, id(stranger), twin1);
        assertThat(book.candidates(KAD, 2))
                .extracting(KnownPeer::peer)
                .containsExactly(twin2, other);
        assertThat(book.candidates(new ProtocolId("/other/1"), 10)).isEmpty();
    }

    @Test
    void what_is_restored_is_held_to_the_limits() {
        PeerBook larger = new PeerBook(StoreLimits.DEFAULT);
        for (int i = 0; i < 100; i++) {
            larger.reached(SomePeers.id(random), address(ip(i)), now);
        }
        book.restore(larger.all(), now);
        assertThat(book.size()).isEqualTo(4);
    }

    private PeerId reach(String ip) {
        PeerId peer = SomePeers.id(random);
        book.reached(peer, address(ip), now);
        book.met(peer, address(ip), Optional.empty(), SERVING, now);
        tick();
        return peer;
    }

    private List<PeerId> reachedInNetworksOfTheirOwn(int count) {
        return IntStream.range(0, count).mapToObj(i -> reach(ip(i))).toList();
    }

    private boolean met(PrivateKey key, String ip, SignedPeerRecord signed) {
        return book.met(id(key), address(ip), Optional.of(signed), SERVING, now);
    }

    private List<String> addresses(PrivateKey key) {
        return book.find(id(key)).orElseThrow().addresses().stream().map(Object::toString).toList();
    }

    private void tick() {
        now = now.plusSeconds(1);
    }
}
