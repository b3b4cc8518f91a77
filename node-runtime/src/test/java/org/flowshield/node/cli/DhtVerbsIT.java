package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.kad.Dht;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code flowshield p2p dht} in a network of three nodes, and what it says when it fails. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class DhtVerbsIT {

    private static final List<Node> NODES = new ArrayList<>();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** A node of the network. */
    private record Node(PrivateKey key, Host host, Dht dht) implements AutoCloseable {

        static Node start() throws IOException {
            SecureRandom random = new SecureRandom();
            PrivateKey key = PrivateKey.generate(random);
            Host host =
                    new HostBuilder(key)
                            .security(new NoiseTransport(key, random))
                            .listen(multiaddr("/ip4/127.0.0.1/tcp/0"))
                            .build();
            AdvertisedAddresses advertised = AdvertisedAddresses.ofThisMachine();
            Identify identify =
                    Identify.install(host, key, "test/1", Clock.systemUTC(), advertised);
            DhtOptions options = DhtOptions.DEFAULT.withAddresses(AddressPolicy.ANY);
            return new Node(key, host, Dht.of(host, identify, advertised, options));
        }

        Multiaddr address() {
            return host.listenAddresses().getFirst().withPeer(host.peerId());
        }

        @Override
        public void close() {
            dht.close();
            host.close();
            key.close();
        }
    }

    private static Multiaddr multiaddr(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedMultiaddrException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void start() throws IOException {
        for (int i = 0; i < 3; i++) {
            NODES.add(Node.start());
            if (i > 0) {
                NODES.get(i)
                        .dht()
                        .bootstrap(List.of(NODES.getFirst().address()), Duration.ofSeconds(30));
            }
        }
        while (NODES.getFirst().dht().neighbours().size() < NODES.size() - 1) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    @AfterAll
    static void stop() {
        NODES.forEach(Node::close);
    }

    @Test
    void a_value_that_was_put_is_found() {
        JsonNode put = ok(0, "put", "/v/cli", "hello there");
        assertThat(put.get("key").asString()).isEqualTo("/v/cli");
        assertThat(put.get("kept").asInt()).isEqualTo(3);
        JsonNode got = ok(2, "get", "/v/cli");
        assertThat(got.get("value").asString()).isEqualTo("hello there");
        assertThat(got.get("agreeing").asInt()).isEqualTo(3);
        assertThat(ok(1, "get", "/v/cli", "--quorum", "1").get("value").asString())
                .isEqualTo("hello there");
    }

    @Test
    void who_provides_is_found_although_it_has_left() {
        JsonNode told = ok(0, "provide", "vpn-exit-node", "--listen", "/ip4/127.0.0.1/tcp/0");
        assertThat(told.get("sent").asInt()).isEqualTo(3);
        assertThat(told.get("cid").asString())
                .isEqualTo("bafkreib6ydhzuufhbdnurklubavabhivt4q4pxziv5333r4wxvqevykd4q");
        for (String name : List.of("vpn-exit-node", told.get("cid").asString())) {
            JsonNode found = ok(1, "find-providers", name, "--count", "1");
            assertThat(found.get("peerId")).isEqualTo(told.get("peerId"));
            assertThat(found.get("multiaddrs").get(0).asString()).startsWith("/ip4/127.0.0.1/tcp/");
        }
    }

    @Test
    void where_a_peer_is_is_found_through_another() {
        Node wanted = NODES.get(1);
        JsonNode found = ok(2, "find-peer", wanted.host().peerId().toString());
        assertThat(found.get("multiaddrs").get(0).asString())
                .isEqualTo(wanted.address().withoutPeer().toString());
    }

    @Test
    void prints_text_for_people() {
        assertThat(run(arguments(0, "put", "/v/text", "for people"))).isZero();
        assertThat(run(arguments(1, "get", "/v/text"))).isZero();
        assertThat(out.toString().lines())
                .containsExactly("/v/text: kept by 3 peers", "for people");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void says_what_was_not_found() {
        JsonNode error = failed(1, 0, "get", "/v/nobody-put-this");
        assertThat(error.get("code").asString()).isEqualTo("not_found");
        assertThat(error.get("message").asString()).contains("/v/nobody-put-this");
        assertThat(failed(1, 0, "find-providers", "nobody-has-this").get("code").asString())
                .isEqualTo("not_found");
        String stranger = "12D3KooWQCkBm1BYtkHpocxCwMgR8yjitEeHGx8spzcDLGt2gkBm";
        assertThat(failed(1, 0, "find-peer", stranger).get("message").asString())
                .contains(stranger);
    }

    @Test
    void says_that_a_value_cannot_be_checked() {
        JsonNode error = failed(4, 0, "put", "/offers/1", "x");
        assertThat(error.get("code").asString()).isEqualTo("invalid_value");
        assertThat(error.get("message").asString()).contains("/offers/");
    }

    @Test
    void says_that_the_network_cannot_be_reached() {
        JsonNode error =
                failed(1, 0, "get", "/v/x", "--dht-protocol", "/nobody-speaks-this/kad/1.0.0");
        assertThat(error.get("code").asString()).isEqualTo("dht_unreachable");
        assertThat(error.get("message").asString()).contains("/nobody-speaks-this/kad/1.0.0");
        assertThat(error.get("action").asString()).contains("--bootstrap");
    }

    @Test
    void refuses_what_is_no_key_peer_or_protocol() {
        assertThat(failed(2, 0, "get", "hello").get("message").asString())
                .contains("'hello' is no name of a value");
        assertThat(failed(2, 0, "find-peer", "me").get("message").asString()).contains("'me'");
        assertThat(failed(2, 0, "get", "/v/x", "--dht-protocol", "kad").get("message").asString())
                .contains("'kad' is no protocol");
        assertThat(run("p2p", "dht", "get", "/v/x")).isEqualTo(2);
        assertThat(err.toString()).contains("--bootstrap");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " put", " get", " provide", " find-providers", " find-peer"})
    void every_verb_explains_itself_in_eighty_columns(String verb) {
        assertThat(run(("p2p dht" + verb + " --help").split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: flowshield p2p dht" + verb);
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    private static String[] arguments(int through, String... words) {
        return Stream.concat(
                        Stream.concat(Stream.of("p2p", "dht"), Stream.of(words)),
                        Stream.of("--bootstrap", NODES.get(through).address().toString()))
                .toArray(String[]::new);
    }

    private JsonNode json(int status, int through, String... words) {
        String[] all =
                Stream.concat(Stream.of(arguments(through, words)), Stream.of("--json"))
                        .toArray(String[]::new);
        assertThat(run(all)).as(() -> String.join(" ", all) + "\n" + out + err).isEqualTo(status);
        String text = out.toString();
        out.getBuffer().setLength(0);
        return JsonMapper.shared().readTree(text.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode ok(int through, String... words) {
        return json(0, through, words);
    }

    private JsonNode failed(int status, int through, String... words) {
        return json(status, through, words).get("error");
    }

    private int run(String... arguments) {
        return FlowShield.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
