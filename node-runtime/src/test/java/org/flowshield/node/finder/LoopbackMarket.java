package org.flowshield.node.finder;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.client.ControlPlane;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.directory.DirectoryAnswer;
import org.flowshield.node.directory.TellsAnything;
import org.flowshield.node.finder.backing.Backing;
import org.flowshield.node.finder.backing.ChainBacking;
import org.flowshield.node.identity.CertificateHolder;
import org.flowshield.node.identity.IdentityProtocol;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.identity.Standing;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.listing.ListingProtocol;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.session.Offers;
import org.flowshield.node.swarm.SomeSwarm;
import org.flowshield.node.swarm.Swarm;

/** A market of real nodes on loopback, and what the chain says of it. For one thread. */
final class LoopbackMarket implements AutoCloseable {

    static final MarketNetwork NETWORK = new MarketNetwork(Parties.DOMAIN);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private final Deque<Running> opened = new ArrayDeque<>();
    private final Map<NodeId, Standing> bound = new ConcurrentHashMap<>();
    private final SomeSwarm first = new SomeSwarm();
    private final Swarm.Membership firstMember;
    private final AtomicReference<Duration> skipped = new AtomicReference<>(Duration.ZERO);
    final ControlSockets control = new ControlSockets(0);
    final Registry registry = node -> bound.getOrDefault(node, new Standing.Unbound());

    /** Runs, and is set forward by hand. */
    final Clock clock =
            new Clock() {
                @Override
                public Instant instant() {
                    return Instant.now().plus(skipped.get());
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };

    LoopbackMarket() throws IOException {
        firstMember = first.join();
    }

    void skip(Duration time) {
        skipped.updateAndGet(time::plus);
    }

    /** The node that everybody begins with: a peer of the DHT, and no fullnode. */
    Multiaddr bootstrap() {
        return first.address(firstMember);
    }

    /** A provider's listing, as it tells it from now on. */
    Told told(String price, EvmAddress wallet) {
        return Told.by(wallet)
                .price(price)
                .until(clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(20)));
    }

    /** The wallet has bound the node. */
    void bind(Told told) {
        bound.put(
                new NodeId(told.payee(), told.node()),
                new Standing.Bound(Roles.bits(Roles.PROVIDER), clock.instant()));
    }

    /** A node that runs. */
    final class Running implements AutoCloseable {

        final SomeSwarm swarm;
        final Swarm.Membership member;
        final AtomicReference<Told> told;

        Running(Told told) throws IOException {
            swarm = new SomeSwarm(told.key(), bootstrap());
            member = swarm.join();
            opened.push(this);
            this.told = new AtomicReference<>(told.at(member.addresses().getFirst()));
            SomeSwarm.await("it has peers", () -> !member.dht().neighbours().isEmpty());
        }

        SignedListing listing() {
            return told.get().listing();
        }

        PeerId peer() {
            return swarm.peer();
        }

        Multiaddr address() {
            return swarm.address(member);
        }

        /** Leaves the network; idempotent. */
        @Override
        public void close() {
            member.close();
        }
    }

    /** A provider that does what it says. */
    Running provider(Told told) throws IOException {
        return provider(told, told.payee());
    }

    /**
     * One that shows a certificate of some wallet.
     *
     * @param shown the wallet that it says it is of
     */
    Running provider(Told told, EvmAddress shown) throws IOException {
        bind(told);
        Running running = silent(told);
        running.member.serve(
                new IdentityProtocol(
                        new CertificateHolder(
                                told.key(), shown, Parties.DOMAIN.chain(), random, clock)));
        return running;
    }

    /** One that does not say who it is. */
    Running silent(Told told) throws IOException {
        Running running = new Running(told);
        running.member.serve(new ListingProtocol(() -> Optional.of(running.listing())));
        running.member.serve(new Offers(() -> Optional.of(running.told.get().signedOffer())));
        return running;
    }

    /** Has it say in the DHT that it is a provider. */
    void announce(Running provider) throws IOException {
        Optional<Country> country = Optional.of(new Country(provider.told.get().country()));
        var _ = provider.member.dht().provide(NETWORK.capability(Optional.empty()), LONG);
        var _ = provider.member.dht().provide(NETWORK.capability(country), LONG);
    }

    /** A fullnode, and what it tells. */
    Fullnode fullnode() throws IOException {
        Fullnode fullnode = new Fullnode();
        var _ = fullnode.running.member.dht().provide(NETWORK.fullnodes(), LONG);
        return fullnode;
    }

    /** Tells what a test lets it tell, whatever it is asked. */
    final class Fullnode {

        final List<DirectoryAnswer.Entry> entries = new CopyOnWriteArrayList<>();
        final AtomicInteger asked = new AtomicInteger();
        final Running running;

        Fullnode() throws IOException {
            running = new Running(told("1", Parties.address(99)));
            running.member.serve(new TellsAnything(_ -> answer()));
        }

        void tell(byte[] listing, byte[] heartbeat) {
            entries.add(
                    new DirectoryAnswer.Entry(
                            new DirectoryAnswer.Told(
                                    ByteString.copyFrom(listing), ByteString.copyFrom(heartbeat)),
                            Optional.of(Duration.ZERO),
                            Optional.of(Parties.flow("1000000")),
                            1,
                            List.of("the fullnode says so")));
        }

        void tell(SignedListing listing) {
            tell(listing.encoded(), new byte[0]);
        }

        private DirectoryAnswer answer() {
            asked.incrementAndGet();
            return new DirectoryAnswer.Page(entries, Optional.empty());
        }
    }

    /** A client's finder, to which the chain tells what {@link #bind} says. */
    Finder finder(Multiaddr... bootstrap) {
        return finder(beginning(new Names(control, InetAddress::getAllByName), List.of(bootstrap)));
    }

    /** The same of a client that keeps what it found in a file. */
    Finder finder(Path found, Multiaddr... bootstrap) {
        return finder(
                new Beginning(
                        List.of(bootstrap),
                        new Names(control, InetAddress::getAllByName),
                        FoundNodes.open(found, AddressPolicy.ANY, clock, random)));
    }

    /** Of a client that has found nobody yet. */
    static Beginning beginning(Names names, List<Multiaddr> bootstrap) {
        return new Beginning(
                bootstrap,
                names,
                FoundNodes.inMemory(AddressPolicy.ANY, Clock.systemUTC(), new SecureRandom()));
    }

    private Finder finder(Beginning beginning) {
        Backing backing = new ChainBacking(registry, _ -> Optional.of(Parties.flow("1000")), clock);
        Finder finder =
                Finder.of(
                        new Finder.Settings(NETWORK, true),
                        random,
                        () -> 0,
                        () -> 0,
                        "test/1",
                        beginning,
                        backing,
                        clock);
        finder.vetBy(
                new IdentityVetting(
                        new IdentityVerifier(registry, Parties.DOMAIN.chain(), clock),
                        backing,
                        finder::chosenFor));
        control.goes(ControlPlane.Way.OPEN);
        return finder;
    }

    /** The node that everybody has begun with leaves. */
    void closeFirst() {
        firstMember.close();
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        firstMember.close();
    }
}
