package org.flowshield.libp2p.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.kad.DhtPeer;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Multibase;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.peer.PeerId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** One DHT of five nodes of ours and five of js-libp2p, all of them servers. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class DhtWithJsIT {

    private static final int EACH = 5;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final DhtOptions LOOPBACK = DhtOptions.DEFAULT.withAddresses(AddressPolicy.ANY);

    private static final List<DhtPeer> OURS = new ArrayList<>();
    private static final List<Multiaddr> THEIRS = new ArrayList<>();
    private static JsPeer js;

    @BeforeAll
    static void connect_everybody_to_everybody() throws IOException {
        assumeTrue(JsPeer.missing().isEmpty(), JsPeer.missing());
        js = JsPeer.dht(EACH, DhtOptions.FLOWSHIELD.value());
        for (JsonNode node : js.await("ready").path("nodes").values()) {
            THEIRS.add(OurHost.multiaddr(node.path("multiaddr").asString()));
        }
        for (int i = 0; i < EACH; i++) {
            OURS.add(new DhtPeer(LOOPBACK));
        }
        List<Multiaddr> all = new ArrayList<>(THEIRS);
        OURS.forEach(ours -> all.add(ours.address()));
        for (DhtPeer ours : OURS) {
            ours.dht.bootstrap(
                    all.stream().filter(other -> !other.equals(ours.address())).toList(), LIMIT);
        }
        for (int i = 0; i < EACH; i++) {
            for (Multiaddr other : THEIRS) {
                if (!other.equals(THEIRS.get(i))) {
                    js.probe("connect node=" + i + " address=" + other);
                }
            }
        }
        for (int i = 0; i < EACH; i++) {
            awaitEverybody(i);
        }
    }

    private static void awaitEverybody(int i) throws IOException {
        long end = System.nanoTime() + LIMIT.toNanos();
        int known = 0;
        int theirs = 0;
        do {
            assertThat(System.nanoTime())
                    .as("of js node %s: %s, of ours: %s", i, theirs, known)
                    .isLessThan(end);
            LockSupport.parkNanos(50_000_000);
            theirs = js.probe("table node=" + i).path("size").asInt();
            known = OURS.get(i).dht.neighbours().size();
        } while (theirs < 2 * EACH - 1 || known < 2 * EACH - 1);
    }

    @AfterAll
    static void close() {
        OURS.forEach(DhtPeer::close);
        if (js != null) {
            js.close();
        }
    }

    private static String cid(Multihash content) {
        byte[] hash = content.encode();
        byte[] cid = new byte[2 + hash.length];
        cid[0] = 1;
        cid[1] = 0x55;
        System.arraycopy(hash, 0, cid, 2, hash.length);
        return Multibase.BASE32.encode(cid);
    }

    private static Multihash content(String text) {
        return Multihash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void js_finds_what_we_put() throws Exception {
        byte[] value = "by-us".getBytes(StandardCharsets.UTF_8);
        OURS.get(0).dht.put(RecordKey.ofName("/v/ours"), value, LIMIT);
        for (int i = 0; i < EACH; i++) {
            assertThat(js.probe("get node=" + i + " key=/v/ours").path("value").asString())
                    .isEqualTo("by-us");
        }
    }

    @Test
    void we_find_what_js_puts() throws Exception {
        js.probe("put node=1 key=/v/theirs value=by-js");
        for (DhtPeer ours : OURS) {
            assertThat(ours.dht.get(RecordKey.ofName("/v/theirs"), 0, LIMIT).orElseThrow().value())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("by-js");
        }
    }

    @Test
    void of_two_values_both_find_the_greatest() throws Exception {
        RecordKey key = RecordKey.ofName("/v/both");
        js.probe("put node=2 key=/v/both value=a");
        OURS.get(2).dht.put(key, "b".getBytes(StandardCharsets.UTF_8), LIMIT);
        assertThat(js.probe("get node=3 key=/v/both").path("value").asString()).isEqualTo("b");
        assertThat(OURS.get(3).dht.get(key, 0, LIMIT).orElseThrow().value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("b");
    }

    @Test
    void js_finds_us_as_providers() throws Exception {
        Multihash content = content("what we have");
        OURS.get(1).dht.provide(content, LIMIT);
        for (int i = 0; i < EACH; i++) {
            JsonNode found = js.probe("find-providers node=" + i + " cid=" + cid(content));
            assertThat(found.path("providers").valueStream().map(JsonNode::asString))
                    .contains(OURS.get(1).peer().toString());
        }
    }

    @Test
    void we_find_js_as_providers() throws Exception {
        Multihash content = content("what js has");
        js.probe("provide node=4 cid=" + cid(content));
        for (DhtPeer ours : OURS) {
            List<PeerInfo> found = ours.dht.findProviders(content, 1, LIMIT);
            assertThat(found)
                    .extracting(PeerInfo::peer)
                    .containsExactly(THEIRS.get(4).peerId().orElseThrow());
            assertThat(found.getFirst().addresses()).contains(THEIRS.get(4).withoutPeer());
        }
    }

    @Test
    void each_finds_where_the_others_peers_are() throws Exception {
        for (int i = 0; i < EACH; i++) {
            DhtPeer ours = OURS.get(i);
            JsonNode found = js.probe("find-peer node=" + i + " peer=" + ours.peer());
            String listening = ours.host.listenAddresses().getFirst().toString();
            assertThat(found.path("multiaddrs").valueStream().map(JsonNode::asString))
                    .anyMatch(at -> at.startsWith(listening));
        }
        for (Multiaddr theirs : THEIRS) {
            PeerId peer = theirs.peerId().orElseThrow();
            assertThat(OURS.get(0).dht.findPeer(peer, LIMIT).orElseThrow().addresses())
                    .contains(theirs.withoutPeer());
        }
    }

    /** It knows one node of js alone and has to find all else by asking. */
    @Test
    void a_client_of_ours_uses_the_network_through_one_node_of_js() throws IOException {
        try (DhtPeer client = new DhtPeer(LOOPBACK.asClient())) {
            client.dht.bootstrap(List.of(THEIRS.get(0)), LIMIT);
            for (DhtPeer ours : OURS) {
                assertThat(client.dht.findPeer(ours.peer(), LIMIT).orElseThrow().addresses())
                        .isEqualTo(ours.host.listenAddresses());
            }
            assertThat(client.dht.closest(RecordKey.ofName("/v/x"), LIMIT)).hasSize(2 * EACH);
        }
    }
}
