package org.flowshield.node.finder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.listing.ListingClient;
import org.flowshield.node.market.listing.MalformedListingException;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.market.matching.Market;
import org.flowshield.node.market.matching.Match;
import org.flowshield.node.market.matching.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The market without any fullnode: the DHT knows who announces itself as a provider, and each is
 * asked for its own listing, as are the nodes that the search began with. There is one page of it.
 * Safe for use by any thread; waits for the peers that it asks.
 */
final class DhtMarket implements Market {

    private static final Logger LOG = LoggerFactory.getLogger(DhtMarket.class);

    /** Enough to choose among; the rest of a large market is for directories. */
    static final int MOST_ASKED = 64;

    /** Handshakes are the dear part, for both sides. */
    private static final int AT_A_TIME = 16;

    /** A search of some steps in the table, of which some end in nothing. */
    private static final Duration SEARCH = Duration.ofSeconds(3);

    /** For all of them: who is slower would be slow as a provider. */
    private static final Duration ASKING = Duration.ofSeconds(3);

    private final Search search;
    private final MarketNetwork network;
    private final AddressPolicy policy;
    private final InstantSource time;

    /**
     * @param search that has joined the DHT
     * @param policy where a stranger's word may lead
     */
    DhtMarket(Search search, MarketNetwork network, AddressPolicy policy, InstantSource time) {
        this.search = search;
        this.network = network;
        this.policy = policy;
        this.time = time;
    }

    @Override
    public Page find(Query query) throws IOException, InterruptedException {
        Multihash key = network.capability(query.country());
        List<PeerInfo> announced =
                new ArrayList<>(search.dht().findProviders(key, MOST_ASKED, SEARCH));
        // With few nodes left nobody may be there to have kept what these announced.
        Set<PeerId> known = announced.stream().map(PeerInfo::peer).collect(Collectors.toSet());
        search.begun().stream().filter(one -> !known.contains(one.peer())).forEach(announced::add);
        Collections.shuffle(announced); // who is asked last may not be asked at all
        List<Match> matches =
                Fanout.ask(announced, AT_A_TIME, ASKING, this::ask, _ -> Optional.empty());
        return new Page(
                matches.stream().filter(match -> query.fits(match.listing().offer())).toList(),
                Optional.empty());
    }

    /** One provider, wherever the DHT knows it to be. */
    Optional<Match> find(PeerId peer) throws IOException, InterruptedException {
        Optional<PeerInfo> known = search.dht().findPeer(peer, SEARCH);
        return known.isEmpty() ? Optional.empty() : ask(known.orElseThrow());
    }

    private Optional<Match> ask(PeerInfo announced) {
        List<Multiaddr> addresses =
                policy.of(announced.addresses()).stream()
                        .filter(Multiaddr::isTcp)
                        .map(at -> at.withPeer(announced.peer()))
                        .toList();
        try {
            Connection connection = search.connect(addresses);
            return ListingClient.ask(connection).map(this::match);
        } catch (IOException | MalformedListingException e) {
            LOG.debug("{} announces itself and shows nothing: {}", announced, e.getMessage());
            return Optional.empty();
        }
    }

    private Match match(SignedListing listing) {
        Instant now = time.instant();
        return new Match(
                listing,
                Optional.empty(),
                Optional.of(Liveness.of(now, now)),
                Optional.empty(),
                0,
                List.of());
    }
}
