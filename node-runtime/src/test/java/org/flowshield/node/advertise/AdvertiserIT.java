package org.flowshield.node.advertise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.flowshield.node.swarm.SomeSwarm.await;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolNotSupportedException;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.heartbeat.HeartbeatValidator;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.ListingClient;
import org.flowshield.node.market.listing.ListingValidator;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.Service;
import org.flowshield.node.payment.session.OfferBook;
import org.flowshield.node.payment.session.PayeeSettings;
import org.flowshield.node.swarm.SomeSwarm;
import org.flowshield.node.swarm.Swarm.Following;
import org.flowshield.node.swarm.Swarm.Membership;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Providers make themselves known to others on loopback. */
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class AdvertiserIT {

    private static final MarketNetwork NETWORK = new MarketNetwork(Parties.DOMAIN);
    private static final Country NL = new Country("NL");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Service SERVICE =
            new Service(
                    100_000_000, Optional.of(NL), true, false, List.of("/flowshield/tunnel/1.0.0"));

    private final BlockingQueue<SignedListing> listings = new LinkedBlockingQueue<>();
    private final BlockingQueue<SignedHeartbeat> heartbeats = new LinkedBlockingQueue<>();

    /** A provider: its place in the swarm, and what tells of it. */
    private record Provider(Membership role, OfferBook offers, Advertiser advertiser)
            implements AutoCloseable {

        static Provider start(SomeSwarm node) throws IOException {
            Membership role = node.join();
            OfferBook offers =
                    new OfferBook(
                            PayeeSettings.of(Parties.PAYEE.address(), Parties.PRICE).with(SERVICE),
                            Parties.DOMAIN,
                            node.key,
                            InstantSource.system());
            Goods goods = new Goods(NETWORK, offers, node.key);
            return new Provider(
                    role,
                    offers,
                    Advertiser.start(
                            goods,
                            role,
                            () -> new Load(3, 25_000_000),
                            Clock.systemUTC(),
                            System::nanoTime));
        }

        @Override
        public void close() {
            advertiser.close();
            role.close();
        }
    }

    private Following hearListings(Membership role) {
        return role.follow(
                new Topic(NETWORK.listings()),
                new ListingValidator(
                        NETWORK, InstantSource.system(), System::nanoTime, listings::add),
                _ -> {});
    }

    private Following hearHeartbeats(Membership role) {
        return role.follow(
                new Topic(NETWORK.heartbeats()),
                new HeartbeatValidator(InstantSource.system(), System::nanoTime, heartbeats::add),
                _ -> {});
    }

    @Test
    void a_provider_is_heard_of_and_found_and_asked() throws Exception {
        try (SomeSwarm index = new SomeSwarm();
                Membership hearing = index.join();
                Following _ = hearListings(hearing);
                Following _ = hearHeartbeats(hearing);
                SomeSwarm node = new SomeSwarm(index.address(hearing));
                Provider provider = Provider.start(node)) {
            SignedListing heard = listings.take();
            assertThat(heard.peer()).isEqualTo(node.peer());
            assertThat(heard.offer().service()).isEqualTo(SERVICE);
            assertThat(heard.addresses()).containsExactly(node.address(provider.role()));

            SignedHeartbeat beat = heartbeats.take();
            assertThat(beat.node().peer()).isEqualTo(node.peer());
            assertThat(beat.heartbeat().offerHash()).isEqualTo(heard.signedOffer().hash());
            assertThat(beat.heartbeat().sessions()).isEqualTo(3);
            assertThat(beat.heartbeat().freeBitsPerSecond()).isEqualTo(25_000_000);
            assertThat(heartbeats.take().heartbeat().sequence())
                    .isGreaterThan(beat.heartbeat().sequence());

            for (Optional<Country> country : List.of(Optional.<Country>empty(), Optional.of(NL))) {
                await("it is announced", () -> !found(hearing, country).isEmpty());
                assertThat(found(hearing, country).getFirst().peer()).isEqualTo(node.peer());
            }
            assertThat(found(hearing, Optional.of(new Country("DE")))).isEmpty();

            Connection connection = hearing.host().connect(node.address(provider.role()));
            SignedListing told = ListingClient.ask(connection).orElseThrow();
            assertThat(told.encoded())
                    .isEqualTo(provider.advertiser().listing().orElseThrow().encoded());
        }
    }

    private static List<PeerInfo> found(Membership by, Optional<Country> country) {
        try {
            return by.dht().findProviders(NETWORK.capability(country), 1, LIMIT);
        } catch (IOException e) {
            return List.of(); // nobody could be asked yet
        }
    }

    @Test
    void another_offer_and_another_address_are_told_at_once() throws Exception {
        Multiaddr mapped = SomeSwarm.address("/ip4/203.0.113.8/tcp/5001");
        try (SomeSwarm index = new SomeSwarm();
                Membership hearing = index.join();
                Following _ = hearListings(hearing);
                SomeSwarm node = new SomeSwarm(index.address(hearing));
                Provider provider = Provider.start(node)) {
            SignedListing first = listings.take();
            node.swarm.announce(List.of(mapped));
            SignedListing second = listings.take();
            assertThat(second.addresses()).contains(mapped.withPeer(node.peer()));
            assertThat(second.supersedes(first)).isTrue();

            provider.offers().serves(Service.UNSAID);
            SignedListing third = listings.take();
            assertThat(third.offer().service()).isEqualTo(Service.UNSAID);
            assertThat(third.supersedes(second)).isTrue();
        }
    }

    @Test
    void after_a_restart_a_provider_is_believed_again() throws Exception {
        try (SomeSwarm index = new SomeSwarm();
                Membership hearing = index.join();
                Following _ = hearListings(hearing);
                Following _ = hearHeartbeats(hearing);
                PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            SignedListing before;
            long beat;
            Provider first = Provider.start(new SomeSwarm(key, index.address(hearing)));
            before = listings.take();
            beat = heartbeats.take().heartbeat().sequence();
            first.close();
            try (Provider _ = Provider.start(new SomeSwarm(key, index.address(hearing)))) {
                SignedListing after = listings.take();
                assertThat(after.supersedes(before)).isTrue();
                assertThat(heartbeats.take().heartbeat().sequence()).isGreaterThan(beat);
            }
        }
    }

    @Test
    void a_provider_that_stopped_serves_its_listing_no_more_though_its_node_goes_on()
            throws Exception {
        try (SomeSwarm asking = new SomeSwarm();
                Membership asks = asking.join();
                SomeSwarm node = new SomeSwarm();
                Membership otherRole = node.join()) {
            Provider provider = Provider.start(node);
            Connection connection = asks.host().connect(node.address(otherRole));
            await("it lists itself", () -> provider.advertiser().listing().isPresent());
            assertThat(ListingClient.ask(connection)).isPresent();
            provider.close();
            assertThatThrownBy(() -> ListingClient.ask(connection))
                    .isInstanceOf(ProtocolNotSupportedException.class);
            await(
                    "it passes nothing on",
                    () -> asks.pubsub().peers(new Topic(NETWORK.listings())).isEmpty());
        }
    }

    /** Who signs badly is heard by nobody, through an honest relay or without one. */
    @Test
    void what_is_signed_badly_or_of_another_is_not_passed_on() throws Exception {
        try (SomeSwarm relaying = new SomeSwarm();
                Provider relay = Provider.start(relaying);
                SomeSwarm index = new SomeSwarm(relaying.address(relay.role()));
                Membership hearing = index.join();
                Following _ = hearListings(hearing);
                SomeSwarm hostile = new SomeSwarm(relaying.address(relay.role()));
                Membership attacking = hostile.join()) {
            Topic topic = new Topic(NETWORK.listings());
            byte[] anothers = listings.take().encoded();
            byte[] forged = anothers.clone();
            forged[forged.length - 1] ^= 1;
            Following _ = attacking.follow(topic, Validator.ANY, _ -> {});
            await("it is in", () -> !attacking.pubsub().mesh(topic).isEmpty());

            attacking.pubsub().publish(topic, anothers);
            attacking.pubsub().publish(topic, forged);
            attacking.pubsub().publish(topic, new byte[] {1, 2, 3});
            // An honest one that comes later is heard, and nothing before it.
            relay.offers().serves(Service.UNSAID);
            SignedListing next = listings.take();
            assertThat(next.peer()).isEqualTo(relaying.peer());
            assertThat(next.offer().service()).isEqualTo(Service.UNSAID);
        }
    }
}
