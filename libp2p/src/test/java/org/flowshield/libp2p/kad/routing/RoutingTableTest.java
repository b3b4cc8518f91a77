package org.flowshield.libp2p.kad.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flowshield.libp2p.Vectors;
import org.flowshield.libp2p.kad.SomePeers;
import org.flowshield.libp2p.kad.routing.Offer.Reason;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.Test;

final class RoutingTableTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration FRESH = TableLimits.DEFAULT.fresh();

    private final Random random = new Random(1);
    private final PeerId self = SomePeers.id(random);
    private final RoutingTable table = new RoutingTable(KadId.of(self), TableLimits.DEFAULT, START);
    private int networks;

    /** A peer in a network of its own, in a certain bucket. */
    private Contact inBucket(int bucket) {
        String ip = SomePeers.ip(networks++);
        while (true) {
            Contact contact = SomePeers.contact(random, ip);
            if (KadId.of(self).commonPrefix(contact.id()) == bucket) {
                return contact;
            }
        }
    }

    private List<Contact> fill(int bucket) {
        List<Contact> all = new ArrayList<>();
        for (int i = 0; i < TableLimits.DEFAULT.bucketSize(); i++) {
            all.add(inBucket(bucket));
            assertThat(table.offer(all.getLast(), START.plusMillis(i)))
                    .isEqualTo(new Offer.Added());
        }
        return all;
    }

    @Test
    void a_place_is_the_hash_of_the_key() throws Exception {
        var vector = Vectors.section("kad").get("providerKey");
        assertThat(KadId.of(new RecordKey(Vectors.hex(vector.get("multihash")))))
                .hasToString(vector.get("kadId").asString());
    }

    @Test
    void distance_is_the_xor_as_an_unsigned_number() {
        KadId zero = new KadId(0, 0, 0, 0);
        KadId one = new KadId(0, 0, 0, 1);
        KadId far = new KadId(-1, 0, 0, 0);
        assertThat(zero.compareDistance(one, far)).isNegative();
        assertThat(far.compareDistance(one, far)).isPositive();
        assertThat(zero.commonPrefix(one)).isEqualTo(255);
        assertThat(zero.commonPrefix(far)).isZero();
        assertThat(one.commonPrefix(one)).isEqualTo(KadId.BITS);
        assertThat(zero.commonPrefix(new KadId(0, 1, 0, 0))).isEqualTo(127);
        assertThat(zero.commonPrefix(new KadId(0, 0, 1, 0))).isEqualTo(191);
    }

    @Test
    void gives_the_nearest_first() {
        List<Contact> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(SomePeers.contact(random, SomePeers.ip(i)));
            table.offer(all.getLast(), START);
        }
        KadId target = KadId.of(RecordKey.ofName("/v/x"));
        all.sort(Comparator.comparing(Contact::id, KadId.nearestTo(target)));
        assertThat(table.closest(target, 5)).isEqualTo(all.subList(0, 5));
        assertThat(table.closest(target, 50)).isEqualTo(all);
    }

    @Test
    void gives_itself_and_the_unreachable_no_place() {
        Contact us = Contact.of(SomePeers.info(random, "1.2.3.4"), Optional.empty());
        RoutingTable own = new RoutingTable(us.id(), TableLimits.DEFAULT, START);
        assertThat(own.offer(us, START)).isEqualTo(new Offer.Refused(Reason.SELF));
        Contact nowhere = new Contact(us.peer(), us.id(), List.of(), Optional.empty());
        assertThat(table.offer(nowhere, START)).isEqualTo(new Offer.Refused(Reason.NO_ADDRESS));
    }

    @Test
    void peers_that_were_of_use_keep_their_places() {
        fill(0);
        Contact newcomer = inBucket(0);
        assertThat(table.offer(newcomer, START.plusSeconds(1)))
                .isEqualTo(new Offer.Refused(Reason.BUCKET_FULL));
        assertThat(table.find(newcomer.peer())).isEmpty();
    }

    @Test
    void the_one_of_use_longest_ago_is_to_be_checked_before_a_newcomer_gets_its_place() {
        List<Contact> old = fill(0);
        Instant later = START.plus(FRESH).plusSeconds(1);
        table.answered(old.getFirst().peer(), later.minusSeconds(1));
        Contact newcomer = inBucket(0);
        assertThat(table.offer(newcomer, later)).isEqualTo(new Offer.Full(old.get(1)));
        assertThat(table.size()).isEqualTo(old.size());

        table.answered(old.get(1).peer(), later);
        assertThat(table.offer(newcomer, later)).isEqualTo(new Offer.Full(old.get(2)));

        table.remove(old.get(2).peer());
        assertThat(table.offer(newcomer, later)).isEqualTo(new Offer.Added());
    }

    @Test
    void a_peer_that_fails_twice_in_a_row_loses_its_place() {
        Contact peer = inBucket(0);
        table.offer(peer, START);
        table.failed(peer.peer());
        table.answered(peer.peer(), START);
        table.failed(peer.peer());
        assertThat(table.size()).isOne();
        table.failed(peer.peer());
        assertThat(table.size()).isZero();
        assertThat(table.of(peer.network().orElseThrow())).isZero();
    }

    @Test
    void two_of_a_network_get_into_a_bucket_and_three_into_the_table() {
        List<Offer> inOne = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            inOne.add(table.offer(at("198.18.7." + (i + 1), 0), START));
        }
        assertThat(inOne)
                .containsExactly(
                        new Offer.Added(),
                        new Offer.Added(),
                        new Offer.Refused(Reason.BUCKET_DIVERSITY));
        assertThat(table.offer(at("198.18.7.9", 1), START)).isEqualTo(new Offer.Added());
        assertThat(table.offer(at("198.18.7.10", 2), START))
                .isEqualTo(new Offer.Refused(Reason.TABLE_DIVERSITY));
        assertThat(table.of(SomePeers.network("198.18.7.77").orElseThrow())).isEqualTo(3);
    }

    @Test
    void an_ipv6_network_is_a_48() {
        assertThat(SomePeers.network("2001:db8:1:2::1"))
                .isEqualTo(SomePeers.network("2001:db8:1:ffff::7"))
                .isNotEqualTo(SomePeers.network("2001:db8:2::1"));
        assertThat(SomePeers.network("::ffff:198.18.7.1"))
                .isEqualTo(SomePeers.network("198.18.7.200"));
    }

    private Contact at(String ip, int bucket) {
        Contact place = inBucket(bucket);
        return new Contact(
                place.peer(), place.id(), List.of(SomePeers.address(ip)), SomePeers.network(ip));
    }

    @Test
    void peers_without_a_network_are_not_counted() {
        for (int i = 0; i < 10; i++) {
            Contact place = inBucket(0);
            Contact local =
                    new Contact(
                            place.peer(),
                            place.id(),
                            List.of(SomePeers.address("127.0.0.1")),
                            Optional.empty());
            assertThat(table.offer(local, START)).isEqualTo(new Offer.Added());
        }
    }

    @Test
    void a_peer_that_moves_into_a_crowded_network_loses_its_place() {
        for (int i = 0; i < 3; i++) {
            table.offer(at("198.18.7." + (i + 1), i), START);
        }
        Contact mover = inBucket(3);
        table.offer(mover, START);
        Contact moved =
                new Contact(
                        mover.peer(),
                        mover.id(),
                        List.of(SomePeers.address("198.18.7.9")),
                        SomePeers.network("198.18.7.9"));
        assertThat(table.offer(moved, START)).isEqualTo(new Offer.Refused(Reason.TABLE_DIVERSITY));
        assertThat(table.find(mover.peer())).isEmpty();
        assertThat(table.of(SomePeers.network("198.18.7.9").orElseThrow())).isEqualTo(3);
    }

    @Test
    void buckets_that_were_not_searched_for_long_are_refreshed() {
        for (int i = 0; i < 4; i++) {
            table.offer(inBucket(i), START);
        }
        Duration interval = Duration.ofMinutes(10);
        assertThat(table.toRefresh(interval, START, random)).isEmpty();
        Instant later = START.plus(interval);
        table.searched(inBucket(2).id(), later);
        assertThat(table.toRefresh(interval, later, random))
                .extracting(key -> KadId.of(self).commonPrefix(KadId.of(key)))
                .containsExactly(0, 1, 3);
    }
}
