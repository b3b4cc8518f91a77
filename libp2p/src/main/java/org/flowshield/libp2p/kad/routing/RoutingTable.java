package org.flowshield.libp2p.kad.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.kad.routing.Offer.Reason;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * The peers that a node knows, in a bucket for each length of the prefix that they have in common
 * with it. Peers that answer keep their places, however many newcomers there are; and no network
 * gets more than a few places, so that whoever makes many identities gains little.
 *
 * <p>Not safe for several threads: the owner guards it.
 */
public final class RoutingTable {

    /** One failure may be the network's; the second in a row is the peer's. */
    static final int MAX_FAILURES = 2;

    /**
     * Deeper buckets are filled by the search for our own id: to find a key for one of them by
     * trying would take more than some thousands of hashes.
     */
    static final int MAX_REFRESHED_BUCKET = 12;

    private static final int RANDOM_KEY_BYTES = 32;

    private static final class Entry {
        private Contact contact;
        private Instant useful;
        private int failures;

        Entry(Contact contact, Instant useful) {
            this.contact = contact;
            this.useful = useful;
        }
    }

    private static final class Bucket {
        private final List<Entry> entries = new ArrayList<>();
        private Instant searched;

        Bucket(Instant searched) {
            this.searched = searched;
        }
    }

    private final KadId self;
    private final TableLimits limits;
    private final Bucket[] buckets = new Bucket[KadId.BITS];
    private final Map<PeerId, Entry> byPeer = new HashMap<>();
    private final Map<Network, Integer> perNetwork = new HashMap<>();

    public RoutingTable(KadId self, TableLimits limits, Instant now) {
        this.self = self;
        this.limits = limits;
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new Bucket(now);
        }
    }

    public int size() {
        return byPeer.size();
    }

    public List<Contact> contacts() {
        return byPeer.values().stream().map(entry -> entry.contact).toList();
    }

    public Optional<Contact> find(PeerId peer) {
        return Optional.ofNullable(byPeer.get(peer)).map(entry -> entry.contact);
    }

    /** How many peers of a network have a place. */
    public int of(Network network) {
        return perNetwork.getOrDefault(network, 0);
    }

    /** The peers nearest to a place, the nearest first. */
    public List<Contact> closest(KadId target, int count) {
        List<Contact> nearest = new ArrayList<>(byPeer.size());
        byPeer.values().forEach(entry -> nearest.add(entry.contact));
        nearest.sort(Comparator.comparing(Contact::id, KadId.nearestTo(target)));
        return List.copyOf(nearest.subList(0, Math.min(count, nearest.size())));
    }

    /** Offers a peer that is known to serve Kademlia and was reached just now. */
    public Offer offer(Contact newcomer, Instant now) {
        if (newcomer.id().equals(self)) {
            return new Offer.Refused(Reason.SELF);
        }
        if (newcomer.addresses().isEmpty()) {
            return new Offer.Refused(Reason.NO_ADDRESS);
        }
        @Nullable Entry known = byPeer.get(newcomer.peer());
        if (known != null) {
            return update(known, newcomer, now);
        }
        Bucket bucket = bucketOf(newcomer.id());
        @Nullable Reason crowded = crowded(newcomer.network(), bucket);
        if (crowded != null) {
            return new Offer.Refused(crowded);
        }
        if (bucket.entries.size() < limits.bucketSize()) {
            add(bucket, newcomer, now);
            return new Offer.Added();
        }
        Entry oldest = oldestOf(bucket);
        return oldest.useful.plus(limits.fresh()).isAfter(now)
                ? new Offer.Refused(Reason.BUCKET_FULL)
                : new Offer.Full(oldest.contact);
    }

    /** A peer that moved into a crowded network loses its place, as a newcomer would get none. */
    private Offer update(Entry known, Contact newcomer, Instant now) {
        if (!known.contact.network().equals(newcomer.network())) {
            remove(newcomer.peer());
            Bucket bucket = bucketOf(newcomer.id());
            @Nullable Reason crowded = crowded(newcomer.network(), bucket);
            if (crowded != null) {
                return new Offer.Refused(crowded);
            }
            add(bucket, newcomer, now);
            return new Offer.Updated();
        }
        known.contact = newcomer;
        known.useful = now;
        known.failures = 0;
        return new Offer.Updated();
    }

    private @Nullable Reason crowded(Optional<Network> network, Bucket bucket) {
        if (network.isEmpty()) {
            return null;
        }
        if (of(network.get()) >= limits.perNetwork()) {
            return Reason.TABLE_DIVERSITY;
        }
        long inBucket =
                bucket.entries.stream()
                        .filter(entry -> entry.contact.network().equals(network))
                        .count();
        return inBucket >= limits.perNetworkAndBucket() ? Reason.BUCKET_DIVERSITY : null;
    }

    private void add(Bucket bucket, Contact newcomer, Instant now) {
        Entry entry = new Entry(newcomer, now);
        bucket.entries.add(entry);
        byPeer.put(newcomer.peer(), entry);
        newcomer.network().ifPresent(network -> perNetwork.merge(network, 1, Integer::sum));
    }

    private static Entry oldestOf(Bucket bucket) {
        return bucket.entries.stream()
                .min(Comparator.comparing(entry -> entry.useful))
                .orElseThrow();
    }

    /** The peer has answered. */
    public void answered(PeerId peer, Instant now) {
        @Nullable Entry entry = byPeer.get(peer);
        if (entry != null) {
            entry.useful = now;
            entry.failures = 0;
        }
    }

    /** The peer did not answer; the second time in a row it loses its place. */
    public void failed(PeerId peer) {
        @Nullable Entry entry = byPeer.get(peer);
        if (entry != null && ++entry.failures >= MAX_FAILURES) {
            remove(peer);
        }
    }

    /** Takes the peer's place: it does not serve Kademlia any more, or did not answer a check. */
    public void remove(PeerId peer) {
        @Nullable Entry entry = byPeer.remove(peer);
        if (entry == null) {
            return;
        }
        bucketOf(entry.contact.id()).entries.remove(entry);
        entry.contact
                .network()
                .ifPresent(
                        network ->
                                perNetwork.computeIfPresent(
                                        network, (_, count) -> count == 1 ? null : count - 1));
    }

    private Bucket bucketOf(KadId id) {
        return buckets[Math.min(self.commonPrefix(id), KadId.BITS - 1)];
    }

    /** A search went to this place: its bucket needs no refresh for a while. */
    public void searched(KadId target, Instant now) {
        bucketOf(target).searched = now;
    }

    /**
     * A key for each bucket that has peers, or lies before one that has, and was not searched for
     * this long; looking it up refreshes the bucket.
     */
    public List<RecordKey> toRefresh(Duration interval, Instant now, RandomGenerator random) {
        int deepest = KadId.BITS - 1;
        while (deepest >= 0 && buckets[deepest].entries.isEmpty()) {
            deepest--;
        }
        List<RecordKey> keys = new ArrayList<>();
        for (int i = 0; i <= Math.min(deepest, MAX_REFRESHED_BUCKET); i++) {
            if (!buckets[i].searched.plus(interval).isAfter(now)) {
                keys.add(keyInBucket(i, random));
            }
        }
        return keys;
    }

    /** A key, in the form of a peer's id, whose place is in a bucket. */
    RecordKey keyInBucket(int bucket, RandomGenerator random) {
        byte[] digest = new byte[RANDOM_KEY_BYTES];
        while (true) {
            random.nextBytes(digest);
            RecordKey key = RecordKey.of(new Multihash(Multihash.SHA2_256, digest));
            if (self.commonPrefix(KadId.of(key)) == bucket) {
                return key;
            }
        }
    }
}
