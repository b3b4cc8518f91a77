package org.flowshield.libp2p.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class AdmissionTest {

    private static final PeerId ALICE = peer();
    private static final PeerId BOB = peer();
    private static final long SECOND = 1_000_000_000;

    private final List<ConnectionScope> displaced = new ArrayList<>();
    private long now = 42;

    private static PeerId peer() {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom())) {
            return PeerId.of(key.publicKey());
        }
    }

    private Admission admission(Limits limits) {
        return new Admission(limits, () -> now);
    }

    private static Limits limits(Limit limit, long value) {
        return Limits.DEFAULT.with(limit, value);
    }

    // ---- connections ----

    @Test
    void an_address_has_so_many_connections_and_another_address_its_own() {
        Admission admission = admission(limits(Limit.CONNECTIONS_PER_ADDRESS, 3));
        List<ConnectionScope> scopes = accept(admission, "198.51.100.1", 5);

        assertThat(scopes).hasSize(3);
        assertThat(usage(admission, Limit.CONNECTIONS_PER_ADDRESS))
                .isEqualTo(new Usage(Limit.CONNECTIONS_PER_ADDRESS, 3, 3, 2));
        assertThat(accept(admission, "198.51.100.2", 5)).hasSize(3);

        scopes.getFirst().release();
        assertThat(accept(admission, "198.51.100.1", 5)).hasSize(1);
    }

    @Test
    void a_slash_56_counts_as_one() {
        Admission admission = admission(limits(Limit.CONNECTIONS_PER_NETWORK, 2));

        assertThat(accept(admission, "2001:db8:0:1::1", 1)).hasSize(1);
        assertThat(accept(admission, "2001:db8:0:2::1", 1)).hasSize(1);
        assertThat(accept(admission, "2001:db8:0:3::1", 1)).isEmpty();
        assertThat(accept(admission, "2001:db8:0:100::1", 1)).hasSize(1);
        assertThat(usage(admission, Limit.CONNECTIONS_PER_NETWORK).refused()).isEqualTo(1);
    }

    @Test
    void an_address_connects_no_faster_than_the_rate() {
        Admission admission = admission(limits(Limit.HANDSHAKES_PER_ADDRESS, 1000));

        assertThat(accept(admission, "198.51.100.1", 100)).hasSize(40);
        now += SECOND;
        assertThat(accept(admission, "198.51.100.1", 100)).hasSize(8);
        assertThat(usage(admission, Limit.ACCEPTS_PER_SECOND).refused()).isEqualTo(60 + 92);
        assertThat(usage(admission, Limit.ACCEPT_BURST).used()).isEqualTo(40);
    }

    @Test
    void loopback_does_not_count_for_its_address_unless_it_is_told_to() {
        Admission exempt = admission(Limits.DEFAULT);
        Admission counting = admission(Limits.DEFAULT.withLoopbackCounted());

        assertThat(accept(exempt, "127.0.0.1", 400)).hasSize(400);
        assertThat(accept(counting, "127.0.0.1", 400)).hasSize(40);
    }

    @Test
    void handshakes_of_an_address_are_bounded_until_it_is_known_who_it_is() throws Exception {
        Admission admission =
                admission(
                        limits(Limit.HANDSHAKES_PER_ADDRESS, 2)
                                .with(Limit.CONNECTIONS_PER_ADDRESS, 100));
        List<ConnectionScope> scopes = accept(admission, "198.51.100.1", 3);
        assertThat(scopes).hasSize(2);

        scopes.getFirst().authenticated(ALICE);
        assertThat(accept(admission, "198.51.100.1", 3)).hasSize(1);
        assertThat(usage(admission, Limit.HANDSHAKES_PER_ADDRESS).used()).isEqualTo(2);
    }

    @Test
    void the_oldest_handshake_of_the_busiest_network_gives_way() throws Exception {
        Admission admission = admission(limits(Limit.HANDSHAKES, 4));
        ConnectionScope honest = accept(admission, "203.0.113.1", 1).getFirst();
        List<ConnectionScope> flood = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            flood.addAll(accept(admission, "198.51.100." + i, 1));
        }

        assertThat(flood).hasSize(10);
        assertThat(displaced).containsExactlyElementsOf(flood.subList(0, 7));
        assertThat(usage(admission, Limit.HANDSHAKES))
                .isEqualTo(new Usage(Limit.HANDSHAKES, 4, 4, 7));
        honest.authenticated(ALICE);
        assertThat(usage(admission, Limit.CONNECTIONS_INBOUND).used()).isEqualTo(1);
    }

    @Test
    void a_handshake_gives_way_when_sockets_are_short_and_an_authenticated_peer_does_not()
            throws Exception {
        Admission admission = admission(limits(Limit.SOCKETS, 3));
        ConnectionScope open = open(admission, ALICE);
        List<ConnectionScope> two = accept(admission, "203.0.113.1", 2);
        ConnectionScope third = accept(admission, "203.0.113.1", 1).getFirst();
        assertThat(displaced).containsExactly(two.getFirst());
        two.getFirst().release();

        two.getLast().authenticated(BOB);
        third.authenticated(BOB);
        assertThat(accept(admission, "203.0.113.1", 1)).isEmpty();
        assertThatThrownBy(() -> dial(admission)).hasMessageContaining("sockets (3)");
        assertThat(usage(admission, Limit.SOCKETS)).isEqualTo(new Usage(Limit.SOCKETS, 3, 3, 3));
        open.release();
        assertThat(accept(admission, "203.0.113.1", 1)).hasSize(1);
    }

    @Test
    void newcomers_wait_until_those_that_gave_way_are_closed() {
        Admission admission = admission(limits(Limit.HANDSHAKES, 100));
        for (int i = 0; i < 100; i++) {
            accept(admission, "203.0.113." + i, 1);
        }

        assertThat(accept(admission, "198.51.100.1", 20)).hasSize(16);
        displaced.forEach(ConnectionScope::release);
        assertThat(accept(admission, "198.51.100.1", 20)).hasSize(16);
    }

    @Test
    void a_flood_that_closing_lags_behind_does_not_turn_away_other_networks() {
        Admission admission = admission(limits(Limit.HANDSHAKES, 100));
        for (int i = 0; i < 100; i++) {
            accept(admission, "203.0.113." + i, 1);
        }
        assertThat(accept(admission, "203.0.113.200", 20)).hasSize(16);

        assertThat(accept(admission, "198.51.100.1", 1)).hasSize(1);
        assertThat(accept(admission, "203.0.113.201", 1)).isEmpty();
        assertThat(accept(admission, "192.0.2.1", 1)).hasSize(1);
    }

    @Test
    void one_that_gave_way_is_not_let_in_when_its_handshake_ends_nevertheless() {
        Admission admission = admission(limits(Limit.HANDSHAKES, 1));
        ConnectionScope first = accept(admission, "203.0.113.1", 1).getFirst();
        accept(admission, "203.0.113.2", 1);

        assertThatThrownBy(() -> first.authenticated(ALICE))
                .isInstanceOf(LimitReachedException.class)
                .hasMessageContaining("handshakes");
    }

    @Test
    void a_peer_has_so_many_connections_in_both_directions() throws Exception {
        Admission admission = admission(limits(Limit.CONNECTIONS_PER_PEER, 2));
        ConnectionScope inbound = accept(admission, "198.51.100.1", 1).getFirst();
        inbound.authenticated(ALICE);
        dial(admission).authenticated(ALICE);
        ConnectionScope third = accept(admission, "198.51.100.2", 1).getFirst();

        assertThatThrownBy(() -> third.authenticated(ALICE))
                .isInstanceOfSatisfying(
                        LimitReachedException.class,
                        e -> assertThat(e.limit()).isEqualTo(Limit.CONNECTIONS_PER_PEER))
                .hasMessageContaining("connections-per-peer (2)");
        third.release();
        inbound.release();
        dial(admission).authenticated(ALICE);
        dial(admission).authenticated(BOB);
        assertThat(usage(admission, Limit.CONNECTIONS_PER_PEER).refused()).isEqualTo(1);
    }

    @Test
    void no_handshake_begins_when_the_connections_are_used_up() throws Exception {
        Admission admission = admission(limits(Limit.CONNECTIONS_INBOUND, 1));
        List<ConnectionScope> two = accept(admission, "198.51.100.1", 2);
        two.getFirst().authenticated(ALICE);

        assertThatThrownBy(() -> two.getLast().authenticated(BOB))
                .isInstanceOf(LimitReachedException.class);
        assertThat(accept(admission, "198.51.100.3", 1)).isEmpty();
        assertThat(usage(admission, Limit.CONNECTIONS_INBOUND).refused()).isEqualTo(2);
    }

    @Test
    void our_own_connections_have_a_limit_too() throws Exception {
        Admission admission = admission(limits(Limit.CONNECTIONS_OUTBOUND, 1));
        ConnectionScope first = dial(admission);

        assertThatThrownBy(() -> dial(admission))
                .isInstanceOf(LimitReachedException.class)
                .hasMessageContaining("connections-outbound (1)");
        first.release();
        dial(admission);
    }

    @Test
    void what_a_connection_took_is_given_back_exactly_once() throws Exception {
        Admission admission = admission(Limits.DEFAULT);
        ConnectionScope scope = accept(admission, "198.51.100.1", 1).getFirst();
        scope.authenticated(ALICE);
        ConnectionScope other = accept(admission, "198.51.100.1", 1).getFirst();
        other.authenticated(ALICE);
        scope.release();
        scope.release();

        assertThat(usage(admission, Limit.CONNECTIONS_INBOUND).used()).isEqualTo(1);
        assertThat(usage(admission, Limit.CONNECTIONS_PER_ADDRESS).used()).isEqualTo(1);
        assertThat(usage(admission, Limit.CONNECTIONS_PER_PEER).used()).isEqualTo(1);
    }

    // ---- streams ----

    @Test
    void streams_are_bounded_for_connection_peer_and_host() throws Exception {
        Admission admission =
                admission(
                        limits(Limit.STREAMS_PER_CONNECTION, 4)
                                .with(Limit.STREAMS_PER_PEER, 6)
                                .with(Limit.STREAMS_INBOUND, 8));
        ConnectionScope one = open(admission, ALICE);
        ConnectionScope two = open(admission, ALICE);
        ConnectionScope three = open(admission, BOB);

        List<StreamScope> first = streams(one, 10);
        assertThat(first).hasSize(4);
        assertThat(streams(two, 10)).hasSize(2);
        assertThat(streams(three, 10)).hasSize(2);
        assertThat(usage(admission, Limit.STREAMS_PER_CONNECTION).refused()).isEqualTo(6);
        assertThat(usage(admission, Limit.STREAMS_PER_PEER).refused()).isEqualTo(8);
        assertThat(usage(admission, Limit.STREAMS_INBOUND))
                .isEqualTo(new Usage(Limit.STREAMS_INBOUND, 8, 8, 8));

        first.forEach(StreamScope::release);
        assertThat(usage(admission, Limit.STREAMS_INBOUND).used()).isEqualTo(4);
        assertThat(usage(admission, Limit.STREAMS_NEGOTIATING).used()).isEqualTo(4);
    }

    @Test
    void streams_without_a_protocol_are_bounded_on_their_own() throws Exception {
        Admission admission = admission(limits(Limit.STREAMS_NEGOTIATING_PER_CONNECTION, 2));
        ConnectionScope connection = open(admission, ALICE);
        List<StreamScope> streams = streams(connection, 5);
        assertThat(streams).hasSize(2);

        streams.forEach(StreamScope::negotiated);
        streams.forEach(StreamScope::negotiated);
        assertThat(streams(connection, 5)).hasSize(2);
        assertThat(usage(admission, Limit.STREAMS_PER_CONNECTION).used()).isEqualTo(4);
        assertThat(usage(admission, Limit.STREAMS_NEGOTIATING).used()).isEqualTo(2);
    }

    @Test
    void a_stream_that_is_served_keeps_its_place_until_its_server_is_done() throws Exception {
        Admission admission = admission(Limits.DEFAULT);
        StreamScope stream = streams(open(admission, ALICE), 1).getFirst();
        stream.retain();
        stream.release();
        assertThat(usage(admission, Limit.STREAMS_INBOUND).used()).isEqualTo(1);

        stream.release();
        assertThat(usage(admission, Limit.STREAMS_INBOUND).used()).isZero();
        assertThat(usage(admission, Limit.STREAMS_NEGOTIATING).used()).isZero();
    }

    // ---- bytes ----

    @Test
    void windows_grow_within_the_budgets_of_connection_and_host() throws Exception {
        Admission admission =
                admission(
                        limits(Limit.WINDOW_BYTES, 1000)
                                .with(Limit.WINDOW_BYTES_PER_CONNECTION, 700));
        ConnectionScope one = open(admission, ALICE);
        ConnectionScope two = open(admission, BOB);

        assertThat(one.growWindow(600)).isEqualTo(600);
        assertThat(one.growWindow(600)).isEqualTo(100);
        assertThat(two.growWindow(600)).isEqualTo(300);
        assertThat(two.growWindow(600)).isZero();
        one.windowClosed(700);
        assertThat(two.growWindow(400)).isEqualTo(400);
        assertThat(usage(admission, Limit.WINDOW_BYTES))
                .isEqualTo(new Usage(Limit.WINDOW_BYTES, 700, 1000, 2));
    }

    @Test
    void bytes_that_nobody_reads_are_bounded() throws Exception {
        Admission admission =
                admission(
                        limits(Limit.RECEIVED_BYTES, 1 << 20)
                                .with(Limit.RECEIVED_BYTES_PER_CONNECTION, 1 << 19));
        ConnectionScope one = open(admission, ALICE);
        ConnectionScope two = open(admission, BOB);
        one.received(1 << 19);
        assertThat(one.mayReceive(1)).isFalse();
        two.received(1 << 19);

        assertThat(open(admission, BOB).mayReceive(1000)).isTrue();
        assertThat(open(admission, BOB).mayReceive(100_000)).isFalse();
        one.received(-(1 << 19));
        assertThat(open(admission, BOB).mayReceive(100_000)).isTrue();
        assertThat(usage(admission, Limit.RECEIVED_BYTES_PER_CONNECTION).refused()).isEqualTo(1);
        assertThat(usage(admission, Limit.RECEIVED_BYTES).refused()).isEqualTo(1);
    }

    @Test
    void a_stranger_may_send_16_KiB_before_it_is_known() {
        Admission admission = admission(Limits.DEFAULT);
        ConnectionScope scope = accept(admission, "198.51.100.1", 1).getFirst();

        assertThat(scope.acceptUnauthenticated(16 * 1024)).isTrue();
        assertThat(usage(admission, Limit.UNAUTHENTICATED_BYTES).used()).isEqualTo(16 * 1024);
        assertThat(scope.acceptUnauthenticated(1)).isFalse();
        assertThat(usage(admission, Limit.UNAUTHENTICATED_BYTES).refused()).isEqualTo(1);
    }

    // ---- bans ----

    @Test
    void a_banned_address_is_refused_both_ways_until_the_ban_ends() throws Exception {
        Admission admission = admission(Limits.DEFAULT);
        BanTarget target = new BanTarget.Address(InetAddress.getByName("198.51.100.1"));
        List<BanTarget> told = new ArrayList<>();
        admission.onBan(told::add);
        admission.ban(target, Duration.ofSeconds(60));

        assertThat(told).containsExactly(target);
        assertThat(accept(admission, "198.51.100.1", 1)).isEmpty();
        assertThatThrownBy(() -> admission.dial(InetAddress.getByName("198.51.100.1")))
                .hasMessageContaining("address 198.51.100.1 is banned");
        assertThat(accept(admission, "198.51.100.2", 1)).hasSize(1);
        assertThat(usage(admission, Limit.BANS)).isEqualTo(new Usage(Limit.BANS, 1, 4096, 2));

        now += 60 * SECOND;
        assertThat(accept(admission, "198.51.100.1", 1)).hasSize(1);
        assertThat(admission.bans()).isEmpty();
    }

    @Test
    void a_banned_peer_is_refused_wherever_it_comes_from() throws Exception {
        Admission admission = admission(Limits.DEFAULT);
        admission.ban(new BanTarget.Peer(ALICE), Duration.ofSeconds(60));
        ConnectionScope scope = accept(admission, "198.51.100.1", 1).getFirst();

        assertThatThrownBy(() -> scope.authenticated(ALICE)).hasMessageContaining("is banned");
        scope.release();
        assertThat(admission.unban(new BanTarget.Peer(ALICE))).isTrue();
        open(admission, ALICE);
        assertThat(usage(admission, Limit.HANDSHAKES).used()).isZero();
    }

    // ---- all at once ----

    /** Ten threads take and give back what they like; in the end nothing is left. */
    @Test
    @Timeout(60)
    void nothing_is_left_when_everybody_has_gone() throws Exception {
        Limits tight =
                Limits.DEFAULT
                        .withLoopbackCounted()
                        .with(Limit.CONNECTIONS_INBOUND, 20)
                        .with(Limit.HANDSHAKES, 5)
                        .with(Limit.STREAMS_INBOUND, 30)
                        .with(Limit.ACCEPT_BURST, 1_000_000)
                        .with(Limit.WINDOW_BYTES, 100_000);
        Admission admission = new Admission(tight, System::nanoTime);
        // However the threads are scheduled, whoever comes meets a full house.
        List<ConnectionScope> held = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            held.add(Objects.requireNonNull(admission.accept(address("127.0.0.9"), () -> {})));
        }
        try (var threads = Executors.newFixedThreadPool(10)) {
            for (int thread = 0; thread < 10; thread++) {
                PeerId peer = thread % 2 == 0 ? ALICE : BOB;
                threads.submit(() -> comeAndGo(admission, peer));
            }
        }
        held.forEach(ConnectionScope::release);

        assertThat(admission.usage())
                .filteredOn(
                        usage ->
                                usage.limit() != Limit.ACCEPT_BURST
                                        && usage.limit() != Limit.ACCEPTS_PER_SECOND)
                .allSatisfy(usage -> assertThat(usage.used()).isZero());
        assertThat(usage(admission, Limit.HANDSHAKES).refused()).isPositive();
    }

    private static void comeAndGo(Admission admission, PeerId peer) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (int i = 0; i < 2000; i++) {
            InetAddress from = address("127.0.0." + random.nextInt(1, 9));
            ConnectionScope scope = admission.accept(from, () -> {});
            if (scope == null) {
                continue;
            }
            try {
                if (random.nextBoolean()) {
                    scope.authenticated(peer);
                    List<StreamScope> streams = streams(scope, random.nextInt(10));
                    int grown = scope.growWindow(random.nextInt(1, 50_000));
                    scope.received(200_000);
                    assertThat(usage(admission, Limit.STREAMS_INBOUND).used())
                            .isLessThanOrEqualTo(30);
                    scope.received(-200_000);
                    scope.windowClosed(grown);
                    streams.forEach(StreamScope::release);
                }
            } catch (LimitReachedException e) {
                assertThat(e.limit()).isNotNull();
            } finally {
                scope.release();
            }
        }
    }

    // ---- helpers ----

    private List<ConnectionScope> accept(Admission admission, String from, int attempts) {
        List<ConnectionScope> scopes = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            @Nullable ConnectionScope[] holder = new @Nullable ConnectionScope[1];
            holder[0] =
                    admission.accept(
                            address(from), () -> displaced.add(Objects.requireNonNull(holder[0])));
            if (holder[0] != null) {
                scopes.add(holder[0]);
            }
        }
        return scopes;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static ConnectionScope dial(Admission admission) throws LimitReachedException {
        return admission.dial(address("192.0.2.1"));
    }

    private static ConnectionScope open(Admission admission, PeerId peer)
            throws LimitReachedException {
        ConnectionScope scope = dial(admission);
        scope.authenticated(peer);
        return scope;
    }

    private static List<StreamScope> streams(ConnectionScope connection, int attempts) {
        List<StreamScope> streams = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            @Nullable StreamScope stream = connection.acceptStream();
            if (stream != null) {
                streams.add(stream);
            }
        }
        return streams;
    }

    private static Usage usage(Admission admission, Limit limit) {
        return admission.usage().stream()
                .filter(usage -> usage.limit() == limit)
                .findFirst()
                .orElseThrow();
    }
}
