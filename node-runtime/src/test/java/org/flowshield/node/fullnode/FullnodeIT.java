package org.flowshield.node.fullnode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.Validator;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.directory.Directory;
import org.flowshield.node.directory.DirectoryAnswer;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Entry;
import org.flowshield.node.directory.DirectoryAnswer.Item;
import org.flowshield.node.directory.DirectoryAnswer.Told;
import org.flowshield.node.directory.DirectoryClient;
import org.flowshield.node.directory.DirectoryRefusedException;
import org.flowshield.node.directory.DirectoryRequest;
import org.flowshield.node.directory.DirectoryService;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.fullnode.index.Bounds;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.standing.SomeChain;
import org.flowshield.node.market.SomeMarket;
import org.flowshield.node.market.SomeMarket.SomeProvider;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.matching.Market;
import org.flowshield.node.market.matching.Match;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.role.Hosts;
import org.flowshield.node.swarm.SomeSwarm;
import org.flowshield.node.swarm.Swarm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fullnodes with real swarms on loopback; the chain is in memory. */
@Timeout(300)
final class FullnodeIT {

    private static final Instant NOW = SomeMarket.NOW;
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final int MANY = 10_000;

    @TempDir private Path folder;
    private final SecureRandom random = new SecureRandom();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private int files;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    /** A fullnode that is on. */
    private record On(SomeSwarm swarm, FullnodeRole role, SomeChain chain) {

        Multiaddr address() {
            return SomeSwarm.address(role.status().multiaddrs().getFirst());
        }

        int offers() {
            return role.status().offers();
        }
    }

    private Path file() {
        return folder.resolve(files++ + ".db");
    }

    private On fullnode(Path file, Multiaddr... bootstrap) throws Exception {
        SomeSwarm swarm = new SomeSwarm(bootstrap);
        SomeChain chain = new SomeChain();
        FullnodeRole role =
                new FullnodeRole(
                        new FullnodeSettings(
                                List.of(SomeSwarm.loopback()),
                                Optional.empty(),
                                file,
                                Bounds.DEFAULT),
                        new MarketChain.Configured(
                                SomeMarket.NETWORK, chain.standings(CLOCK), chain.watch(3)),
                        swarm.swarm,
                        random,
                        CLOCK);
        role.start();
        opened.add(swarm);
        opened.add(role::stop);
        SomeSwarm.await("it serves", () -> role.status().trouble() == null);
        return new On(swarm, role, chain);
    }

    private DirectoryClient client(Multiaddr fullnode) throws IOException {
        Host host = Hosts.builder(PrivateKey.generate(random), random).build();
        opened.add(host);
        Connection connection = host.connect(fullnode);
        return new DirectoryClient(connection, SomeMarket.NETWORK, CLOCK);
    }

    private static List<SomeProvider> providers(int count) {
        return IntStream.range(0, count).parallel().mapToObj(SomeMarket::provider).toList();
    }

    private Path filled(List<SomeProvider> providers) throws Exception {
        Path file = file();
        try (Index index = Index.open(file, Bounds.DEFAULT, NOW)) {
            for (var listing : providers.parallelStream().map(SomeProvider::listing).toList()) {
                assertThat(index.admit(listing, TokenAmount.ZERO, NOW).isIn()).isTrue();
            }
        }
        return file;
    }

    private Path copy(Path from) throws IOException {
        return Files.copy(from, file());
    }

    /** Says of everybody that there is something newer, and forges it. */
    private static Directory lying(List<SomeProvider> known) {
        byte[] forged = known.getFirst().listing().encoded();
        forged[forged.length - 1] ^= 1;
        Told lie = new Told(ByteString.copyFrom(forged), ByteString.EMPTY);
        return request ->
                switch (request) {
                    case DirectoryRequest.Compare compare ->
                            new DirectoryAnswer.Comparison(
                                    Collections.nCopies(
                                            compare.prefixes().size(),
                                            new Branch.Items(
                                                    known.stream()
                                                            .limit(1000)
                                                            .map(
                                                                    each ->
                                                                            new Item(
                                                                                    each.node(),
                                                                                    9,
                                                                                    9))
                                                            .toList())));
                    case DirectoryRequest.Fetch fetch ->
                            new DirectoryAnswer.Records(
                                    Collections.nCopies(fetch.nodes().size(), lie));
                    case DirectoryRequest.Search _ ->
                            new DirectoryAnswer.Page(
                                    List.of(
                                            new Entry(
                                                    lie,
                                                    Optional.of(Duration.ZERO),
                                                    Optional.of(TokenAmount.MOST),
                                                    1,
                                                    List.of("best of all"))),
                                    Optional.empty());
                    case DirectoryRequest.Get _ -> new DirectoryAnswer.Found(Optional.empty());
                };
    }

    @Test
    void one_that_joins_three_and_a_liar_becomes_complete_and_equal() throws Exception {
        List<SomeProvider> all = providers(MANY);
        Path file = filled(all);
        On first = fullnode(file);
        On second = fullnode(copy(file), first.address());
        On third = fullnode(copy(file), first.address());
        SomeSwarm liar = new SomeSwarm(first.address());
        opened.add(liar);
        Swarm.Membership lies =
                liar.swarm.join(
                        List.of(SomeSwarm.loopback()),
                        List.of(new DirectoryService(lying(all), System::nanoTime)));
        opened.add(lies);
        SomeSwarm.await("the liar is among them", () -> isAnnounced(lies));
        SomeSwarm.await("the second knows others", () -> second.role().status().fullnodes() > 0);

        long start = System.nanoTime();
        On fresh = fullnode(file(), third.address());
        SomeSwarm.await("it is complete", () -> fresh.offers() == MANY);
        System.out.printf("complete after %.1f s%n", (System.nanoTime() - start) / 1e9);

        DirectoryClient asksFirst = client(first.address());
        DirectoryClient asksFresh = client(fresh.address());
        assertThat(asksFresh.compare(List.of(Prefix.ALL)))
                .isEqualTo(asksFirst.compare(List.of(Prefix.ALL)));
        for (On each : List.of(first, second, third, fresh)) {
            assertThat(each.offers()).isEqualTo(MANY);
        }
        assertThat(client(lies.addresses().getFirst().withPeer(liar.peer())).find(Query.ANY))
                .isEqualTo(new Market.Page(List.of(), Optional.empty()));
    }

    private static boolean isAnnounced(Swarm.Membership membership) {
        try {
            var _ = membership.dht().provide(SomeMarket.NETWORK.fullnodes(), Duration.ofSeconds(5));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void what_a_provider_publishes_is_found_by_a_client_until_it_is_revoked() throws Exception {
        On fullnode = fullnode(file());
        On other = fullnode(file(), fullnode.address());
        SomeProvider provider = SomeMarket.provider(1);
        SomeSwarm swarm = new SomeSwarm(provider.key(), fullnode.address());
        opened.add(swarm);
        Swarm.Membership membership = swarm.join();
        opened.add(membership);
        Topic listings = new Topic(SomeMarket.NETWORK.listings());
        Topic heartbeats = new Topic(SomeMarket.NETWORK.heartbeats());
        membership.follow(listings, Validator.ANY, _ -> {});
        membership.follow(heartbeats, Validator.ANY, _ -> {});
        SomeSwarm.await("somebody listens", () -> !membership.pubsub().peers(listings).isEmpty());
        membership.pubsub().publish(listings, provider.listing().encoded());
        SomeSwarm.await("both list it", () -> fullnode.offers() + other.offers() == 2);
        membership.pubsub().publish(heartbeats, provider.beat(NOW, 1).encoded());

        DirectoryClient client = client(other.address());
        SomeSwarm.await("it is heard of", () -> isOnline(client, provider));
        Match match = client.find(Query.ANY).matches().getFirst();
        assertThat(match.listing().offer()).isEqualTo(provider.listing().offer());
        assertThat(match.stake()).contains(SomeMarket.milli(5_000_000));
        assertThat(match.score()).isGreaterThan(0.5);
        assertThat(match.reasons()).contains("online (+35)");

        for (On each : List.of(fullnode, other)) {
            synchronized (each.chain()) {
                each.chain().head++;
            }
            each.chain().revoke(provider.wallet(), provider.node());
        }
        SomeSwarm.await("nobody lists it", () -> fullnode.offers() + other.offers() == 0);
        assertThat(client.find(Query.ANY).matches()).isEmpty();
        assertThat(client.get(provider.node())).isEmpty();
    }

    private static boolean isOnline(DirectoryClient client, SomeProvider provider) {
        try {
            return client.get(provider.node()).flatMap(Match::liveness).orElse(null)
                    instanceof Liveness.Online;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void who_asks_too_often_is_told_to_wait() throws Exception {
        DirectoryClient client = client(fullnode(file()).address());
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 1000; i++) {
                                client.find(Query.ANY);
                            }
                        })
                .isInstanceOf(DirectoryRefusedException.class)
                .hasMessageContaining("BUSY");
    }

    @Test
    void without_a_chain_it_does_not_start_and_says_why() {
        Problem why = new Problem("no_chain", "no chain is configured", "configure one");
        try (SomeSwarm swarm = new SomeSwarm()) {
            FullnodeRole role =
                    new FullnodeRole(
                            new FullnodeSettings(
                                    List.of(SomeSwarm.loopback()),
                                    Optional.empty(),
                                    file(),
                                    Bounds.DEFAULT),
                            new MarketChain.Missing(why),
                            swarm.swarm,
                            random,
                            CLOCK);
            assertThatThrownBy(role::start)
                    .isInstanceOf(RefusedException.class)
                    .hasMessage("no chain is configured");
        }
    }
}
