package org.flowshield.node.finder;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.heartbeat.Pulse;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.SignedListing;

/**
 * What a client knows of the market: of each provider the newest that it has signed, whoever passed
 * it on. All that is found goes through here, so that nothing which is old, over, of another
 * network or nowhere is ever gone to. Bounded; safe for use by any thread; waits for nothing.
 */
public final class Shelf {

    /** Some 8 KiB each at the most; far more than anybody chooses among. */
    static final int MAX_NODES = 2_000;

    /** Providers sign for a day at the most: what holds for longer would never go. */
    static final Duration MOST_VALID = Duration.ofDays(1);

    /** Directories that have told of one provider; more of them make no difference. */
    private static final int MOST_TELLERS = 8;

    /** What becomes of a listing. */
    public enum Outcome {
        /** It is the newest of its node. */
        TAKEN,
        /** The same was known. */
        KNOWN,
        /** The node has said something newer before. */
        OLDER,
        /** Its offer holds no longer. */
        EXPIRED,
        /** Its offer holds for longer than any does. */
        TOO_LONG,
        /** It is paid through another contract, or on another chain. */
        OTHER_NETWORK,
        /** At none of its addresses may a stranger's word lead us. */
        NOWHERE;

        /** Whether its node is known now. */
        boolean isOfUse() {
            return this == TAKEN || this == KNOWN || this == OLDER;
        }
    }

    /**
     * One provider. Immutable.
     *
     * @param addresses those that may be dialled
     * @param heardAt when it gave its last sign of life, by its own word or by ours
     * @param toldAt when it was last spoken of
     * @param tellers the directories that have told of it; none: it did so itself
     */
    public record Item(
            SignedListing listing,
            List<Multiaddr> addresses,
            Optional<SignedHeartbeat> heartbeat,
            Optional<Instant> heardAt,
            ProviderSource source,
            Instant toldAt,
            Set<PeerId> tellers) {

        public Item {
            addresses = List.copyOf(addresses);
            tellers = Set.copyOf(tellers);
        }

        /** Whether it is there; empty: nobody knows. */
        public Optional<Liveness> liveness(Instant now) {
            return heardAt.map(at -> Liveness.of(at, now));
        }

        private Item told(ProviderSource by, Instant at, Optional<PeerId> teller) {
            Set<PeerId> all = new HashSet<>(tellers);
            teller.filter(_ -> all.size() < MOST_TELLERS).ifPresent(all::add);
            return new Item(listing, addresses, heartbeat, heardAt, by, at, all);
        }

        private Item heard(Optional<SignedHeartbeat> beat, Instant at) {
            boolean later = heardAt.isEmpty() || at.isAfter(heardAt.orElseThrow());
            return new Item(
                    listing,
                    addresses,
                    beat,
                    later ? Optional.of(at) : heardAt,
                    source,
                    toldAt,
                    tellers);
        }
    }

    private final ChannelDomain network;
    private final AddressPolicy policy;
    private final int maxNodes;

    /** Those that were not spoken of for longest come first; guarded by this. */
    private final LinkedHashMap<NodeKey, Item> items = new LinkedHashMap<>();

    /**
     * @param network whose offers are taken
     * @param policy where a stranger's word may lead
     */
    public Shelf(ChannelDomain network, AddressPolicy policy) {
        this(network, policy, MAX_NODES);
    }

    Shelf(ChannelDomain network, AddressPolicy policy, int maxNodes) {
        this.network = network;
        this.policy = policy;
        this.maxNodes = maxNodes;
    }

    /** Takes a listing that was verified, if it is worth it. */
    public Outcome put(SignedListing listing, ProviderSource source, Instant now) {
        return put(listing, source, Optional.empty(), now);
    }

    /**
     * The same.
     *
     * @param teller the directory that has told it
     */
    synchronized Outcome put(
            SignedListing listing, ProviderSource source, Optional<PeerId> teller, Instant now) {
        if (!listing.offer().channels().equals(network)) {
            return Outcome.OTHER_NETWORK;
        }
        if (!listing.offer().isValidAt(now)) {
            return Outcome.EXPIRED;
        }
        if (listing.offer().validUntil().isAfter(now.plus(MOST_VALID).plus(Pulse.DRIFT))) {
            return Outcome.TOO_LONG;
        }
        List<Multiaddr> usable = usable(listing.addresses());
        if (usable.isEmpty()) {
            return Outcome.NOWHERE;
        }
        Item before = items.get(listing.node());
        if (before == null) {
            makeRoom();
            items.putLast(
                    listing.node(),
                    new Item(
                            listing,
                            usable,
                            Optional.empty(),
                            Optional.empty(),
                            source,
                            now,
                            teller.map(Set::of).orElse(Set.of())));
            return Outcome.TAKEN;
        }
        if (listing.supersedes(before.listing())) {
            items.putLast(
                    listing.node(),
                    new Item(
                            listing,
                            usable,
                            before.heartbeat(),
                            before.heardAt(),
                            source,
                            now,
                            teller.map(Set::of).orElse(Set.of())));
            return Outcome.TAKEN;
        }
        if (before.listing().supersedes(listing)) {
            return Outcome.OLDER;
        }
        items.putLast(listing.node(), before.told(source, now, teller));
        return Outcome.KNOWN;
    }

    /** Names are not taken from strangers: they lead wherever their owner wants, later. */
    private List<Multiaddr> usable(List<Multiaddr> addresses) {
        return policy.of(addresses).stream()
                .filter(at -> at.isTcp() && at.ip().isPresent() && !at.isRelayed())
                .toList();
    }

    private void makeRoom() {
        if (items.size() >= maxNodes) {
            items.pollFirstEntry();
        }
    }

    /**
     * Takes a sign of life that was verified.
     *
     * @param heardAt when whoever passed it on has heard it; not believed beyond what clocks and
     *     ways may differ from what the provider has signed
     * @return whether it is of use: of a provider that is known, and not older than what was heard
     */
    public synchronized boolean hear(SignedHeartbeat beat, Instant heardAt, Instant now) {
        Item known = items.get(beat.node());
        Instant sent = beat.heartbeat().sentAt();
        if (known == null || sent.isAfter(now.plus(Pulse.DRIFT))) {
            return false;
        }
        long before = known.heartbeat().map(b -> b.heartbeat().sequence()).orElse(-1L);
        if (beat.heartbeat().sequence() < before) {
            return false;
        }
        Instant earliest = sent.minus(Pulse.DRIFT);
        Instant latest = earlier(sent.plus(Pulse.DRIFT), now);
        Instant at = heardAt.isBefore(earliest) ? earlier(earliest, now) : earlier(heardAt, latest);
        items.put(beat.node(), known.heard(Optional.of(beat), at));
        return true;
    }

    /** It answered ourselves. */
    public synchronized void answered(NodeKey node, Instant now) {
        Item known = items.get(node);
        if (known != null) {
            items.put(node, known.heard(known.heartbeat(), now));
        }
    }

    /** Nobody vouches for it: it does not stand in the way of others. */
    synchronized void takeOff(Item item) {
        NodeKey node = item.listing().node();
        Item known = items.get(node);
        if (known != null && known.listing().equals(item.listing())) {
            items.remove(node);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** All whose offer holds. */
    public synchronized List<Item> items(Instant now) {
        items.values().removeIf(item -> !item.listing().offer().isValidAt(now));
        return new ArrayList<>(items.values());
    }

    /** One of them. */
    public synchronized Optional<Item> of(PeerId peer, Instant now) {
        return NodeKey.of(peer)
                .map(items::get)
                .filter(item -> item.listing().offer().isValidAt(now));
    }

    public synchronized int size() {
        return items.size();
    }
}
