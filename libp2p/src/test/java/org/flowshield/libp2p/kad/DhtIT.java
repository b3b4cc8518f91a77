package org.flowshield.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.exchange.Client;
import org.flowshield.libp2p.kad.records.InvalidValueException;
import org.flowshield.libp2p.kad.records.RecordTimes;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes of a DHT over real connections on loopback. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class DhtIT {

    private static final DhtOptions LOOPBACK = DhtOptions.DEFAULT.withAddresses(AddressPolicy.ANY);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final RecordKey KEY = RecordKey.ofName("/v/hello");
    private static final Multihash CONTENT =
            Multihash.sha256("content".getBytes(StandardCharsets.UTF_8));

    private final List<DhtPeer> peers = new ArrayList<>();

    @AfterEach
    void close() {
        peers.reversed().forEach(DhtPeer::close);
    }

    private DhtPeer start(DhtOptions options) throws IOException {
        peers.add(new DhtPeer(options));
        return peers.getLast();
    }

    /** Servers that joined one after the other through the first. */
    private List<DhtPeer> network(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            DhtPeer peer = start(LOOPBACK);
            if (i > 0) {
                peer.dht.bootstrap(List.of(peers.getFirst().address()), LIMIT);
            }
        }
        until(() -> peers.getFirst().dht.neighbours().size() == count - 1);
        return List.copyOf(peers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Waits until something holds; the test's own time limit bounds it. */
    private static void until(BooleanSupplier holds) {
        while (!holds.getAsBoolean()) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static final int CLOSED_CONNECTIONS = 20;

    @Test
    void a_value_that_one_puts_is_found_by_every_other() throws Exception {
        List<DhtPeer> all = network(6);
        Stored stored = all.get(1).dht.put(KEY, bytes("world"), LIMIT);
        assertThat(stored.kept()).isEqualTo(5);
        for (DhtPeer peer : all) {
            FoundValue found = peer.dht.get(KEY, 0, LIMIT).orElseThrow();
            assertThat(found.value()).isEqualTo(bytes("world"));
        }
        DhtCounts before = all.get(2).dht.counts();
        assertThat(all.get(2).dht.get(RecordKey.ofName("/v/nothing"), 0, LIMIT)).isEmpty();
        DhtCounts after = all.get(2).dht.counts();
        assertThat(after.peers()).isPositive();
        assertThat(after.searches()).isGreaterThan(before.searches());
        assertThat(after.answered()).isGreaterThan(before.answered());
        assertThat(after.failed()).isEqualTo(before.failed());
    }

    @Test
    void a_search_that_nobody_answers_is_counted_as_failed() throws Exception {
        DhtPeer alone = start(LOOPBACK);
        assertThatThrownBy(() -> alone.dht.get(KEY, 0, LIMIT))
                .isInstanceOf(DhtUnreachableException.class);
        assertThat(alone.dht.counts()).isEqualTo(new DhtCounts(0, 1, 1, 0, 0));
    }

    @Test
    void a_client_uses_the_network_and_gets_no_place_in_it() throws Exception {
        List<DhtPeer> all = network(4);
        all.get(0).dht.put(KEY, bytes("world"), LIMIT);
        DhtPeer client = start(LOOPBACK.asClient());
        client.dht.bootstrap(List.of(all.get(3).address()), LIMIT);
        assertThat(client.dht.get(KEY, 1, LIMIT).orElseThrow().value()).isEqualTo(bytes("world"));
        for (DhtPeer server : all) {
            assertThat(server.dht.neighbours())
                    .extracting(PeerInfo::peer)
                    .doesNotContain(client.peer());
        }
        assertThat(client.host.protocols()).doesNotContain(DhtOptions.FLOWSHIELD);
    }

    @Test
    void providers_are_found_one_after_the_other() throws Exception {
        List<DhtPeer> all = network(5);
        all.get(1).dht.provide(CONTENT, LIMIT);
        all.get(3).dht.provide(CONTENT, LIMIT);
        until(
                () ->
                        found(all.get(4)).stream()
                                .map(PeerInfo::peer)
                                .toList()
                                .containsAll(List.of(all.get(1).peer(), all.get(3).peer())));
        assertThat(found(all.get(4)))
                .containsExactlyInAnyOrder(all.get(1).info(), all.get(3).info());
        assertThat(all.get(4).dht.findProviders(CONTENT, 1, LIMIT)).hasSize(1);
        Multihash other = Multihash.sha256(bytes("other"));
        assertThat(all.get(4).dht.findProviders(other, 9, LIMIT)).isEmpty();
    }

    private static List<PeerInfo> found(DhtPeer peer) {
        try {
            return peer.dht.findProviders(CONTENT, 10, LIMIT);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_peer_is_found_by_one_that_never_met_it() throws Exception {
        List<DhtPeer> all = network(5);
        DhtPeer client = start(LOOPBACK.asClient());
        client.dht.bootstrap(List.of(all.get(4).address()), LIMIT);
        for (DhtPeer peer : all) {
            assertThat(client.dht.findPeer(peer.peer(), LIMIT)).contains(peer.info());
        }
        assertThat(client.dht.findPeer(SomePeers.id(new Random(1)), LIMIT)).isEmpty();
    }

    @Test
    void a_worse_value_that_is_found_is_corrected() throws Exception {
        List<DhtPeer> all = network(4);
        all.get(0).dht.put(KEY, bytes("new"), LIMIT);
        DhtPeer stale = start(LOOPBACK);
        try (Connection connection = all.get(1).host.connect(stale.address())) {
            Request put = new Request.PutValue(new ValueRecord(KEY, bytes("a")));
            new Client(all.get(1).host, DhtOptions.FLOWSHIELD, AddressPolicy.ANY, LIMIT)
                    .askOn(connection, put);
        }
        stale.dht.bootstrap(List.of(all.get(0).address()), LIMIT);
        DhtPeer client = start(LOOPBACK.asClient());
        client.dht.bootstrap(List.of(stale.address()), LIMIT);
        assertThat(client.dht.get(KEY, 0, LIMIT).orElseThrow().value()).isEqualTo(bytes("new"));
        until(() -> valueOn(client, stale).equals("new"));
    }

    /** What one node has itself. */
    private static String valueOn(DhtPeer asker, DhtPeer node) {
        Client direct = new Client(asker.host, DhtOptions.FLOWSHIELD, AddressPolicy.ANY, LIMIT);
        try {
            return direct.ask(node.info(), new Request.GetValue(KEY))
                    .response()
                    .record()
                    .map(kept -> new String(kept.value(), StandardCharsets.UTF_8))
                    .orElse("");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void records_expire_and_their_owner_tells_them_again() throws Exception {
        Duration life = Duration.ofMillis(600);
        RecordTimes shortly = new RecordTimes(life, life, Duration.ofMillis(100));
        DhtPeer keeper = start(LOOPBACK.withTimes(shortly));
        DhtPeer owner = start(LOOPBACK.withTimes(shortly));
        owner.dht.bootstrap(List.of(keeper.address()), LIMIT);
        owner.dht.put(KEY, bytes("world"), LIMIT);
        DhtPeer asker = start(LOOPBACK.asClient());
        long end = System.nanoTime() + 2 * life.toNanos();
        until(() -> System.nanoTime() > end);
        until(() -> valueOn(asker, keeper).equals("world"));
        owner.close();
        until(() -> valueOn(asker, keeper).isEmpty());
    }

    @Test
    void refuses_values_that_nobody_can_check() throws Exception {
        List<DhtPeer> all = network(2);
        RecordKey unknown = RecordKey.ofName("/nobody/x");
        assertThatThrownBy(() -> all.get(1).dht.put(unknown, bytes("x"), LIMIT))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.get(1).dht.get(unknown, 0, LIMIT))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void says_so_when_nobody_can_be_asked() throws Exception {
        DhtPeer alone = start(LOOPBACK);
        assertThatThrownBy(() -> alone.dht.get(KEY, 0, LIMIT))
                .isInstanceOf(DhtUnreachableException.class)
                .hasMessageContaining("no peer");
        Multiaddr nobody = Multiaddr.parse("/ip4/127.0.0.1/tcp/1");
        assertThatThrownBy(() -> alone.dht.bootstrap(List.of(nobody), LIMIT))
                .isInstanceOf(DhtUnreachableException.class);
        DhtPeer other = start(LOOPBACK.withProtocol(new ProtocolId("/other/kad/1.0.0")));
        assertThatThrownBy(() -> alone.dht.bootstrap(List.of(other.address()), LIMIT))
                .isInstanceOf(DhtUnreachableException.class)
                .hasMessageContaining(DhtOptions.FLOWSHIELD.value());
    }

    @Test
    void peers_that_are_gone_lose_their_places_and_searches_go_on() throws Exception {
        List<DhtPeer> all = network(5);
        all.get(1).dht.put(KEY, bytes("world"), LIMIT);
        all.get(2).close();
        all.get(3).close();
        DhtPeer asker = all.get(4);
        assertThat(asker.dht.get(KEY, 0, LIMIT).orElseThrow().value()).isEqualTo(bytes("world"));
        asker.dht.get(KEY, 0, LIMIT);
        assertThat(asker.dht.neighbours())
                .extracting(PeerInfo::peer)
                .doesNotContain(all.get(2).peer(), all.get(3).peer());
    }

    @Test
    void inner_addresses_are_of_no_use_to_a_node_of_the_internet() throws Exception {
        DhtPeer inner = start(LOOPBACK);
        DhtPeer outer = start(DhtOptions.DEFAULT);
        inner.dht.bootstrap(List.of(outer.address()), LIMIT);
        inner.dht.closest(KEY, LIMIT);
        assertThat(outer.dht.neighbours()).isEmpty();
    }

    @Test
    void junk_ends_the_stream_and_nothing_else() throws Exception {
        List<DhtPeer> all = network(2);
        try (Connection connection = all.get(1).host.connect(all.get(0).address())) {
            for (byte[] junk :
                    List.of(
                            new byte[] {0},
                            new byte[] {2, 8, 17},
                            new byte[] {3, 1, 2, 3},
                            new byte[] {-1, -1, -1, 127})) {
                try (Stream stream = connection.newStream(List.of(DhtOptions.FLOWSHIELD))) {
                    stream.output().write(junk);
                    assertThatThrownBy(() -> stream.input().read()).isInstanceOf(IOException.class);
                }
            }
        }
        all.get(1).dht.put(KEY, bytes("world"), LIMIT);
        assertThat(valueOn(all.get(1), all.get(0))).isEqualTo("world");
    }

    @Test
    void a_connection_that_is_about_to_close_hinders_no_question() throws Exception {
        List<DhtPeer> all = network(2);
        for (int i = 0; i < CLOSED_CONNECTIONS; i++) {
            for (Connection open : all.get(1).host.connections()) {
                open.close();
            }
            assertThat(all.get(1).dht.put(KEY, bytes("again"), LIMIT).kept()).isEqualTo(1);
        }
    }
}
