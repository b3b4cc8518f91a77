package org.flowshield.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code flowshield p2p} against itself, and what it says when something is wrong. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class P2pIT {

    private static final String ANY_PORT = "/ip4/127.0.0.1/tcp/0";

    @TempDir Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"tls", "noise"})
    void pings_identifies_and_measures_a_listener(String security) throws Exception {
        try (Listener listener = new Listener("--listen", ANY_PORT)) {
            JsonNode ping =
                    ok(
                            "p2p",
                            "ping",
                            listener.address(),
                            "--security",
                            security,
                            "--count",
                            "3",
                            "--interval",
                            "1",
                            "--json");
            assertThat(ping.get("rtt_ms").values()).hasSize(3).allMatch(rtt -> rtt.asDouble() > 0);

            JsonNode who =
                    ok("p2p", "identify", listener.address(), "--security", security, "--json");
            assertThat(who.get("peerId").asString()).isEqualTo(listener.peerId());
            assertThat(who.get("agentVersion").asString()).startsWith("flowshield/");
            assertThat(who.get("security").asString()).contains(security);
            assertThat(who.get("protocols").valueStream().map(JsonNode::asString))
                    .contains("/ipfs/ping/1.0.0", "/perf/1.0.0", "/ipfs/id/1.0.0");
            assertThat(listener.address()).startsWith(who.get("listenAddrs").get(0).asString());
            assertThat(who.get("signedPeerRecord").get("addresses"))
                    .isEqualTo(who.get("listenAddrs"));

            JsonNode rates =
                    ok(
                            "p2p",
                            "perf",
                            listener.address(),
                            "--security",
                            security,
                            "--bytes",
                            "4M",
                            "--json");
            assertThat(rates.propertyNames()).containsExactly("up_bytes_per_s", "down_bytes_per_s");
            assertThat(rates.values()).allMatch(rate -> rate.asLong() > 0);
        }
    }

    @Test
    void prints_text_for_people() throws Exception {
        try (Listener listener = new Listener("--listen", ANY_PORT)) {
            assertThat(run("p2p", "ping", listener.address(), "--count", "2")).isZero();
            assertThat(run("p2p", "identify", listener.address())).isZero();
            assertThat(run("p2p", "perf", listener.address(), "--bytes", "1000")).isZero();
            assertThat(out.toString())
                    .contains("pinging " + listener.peerId() + " by /tls/1.0.0")
                    .containsPattern("2: \\d+\\.\\d{3} ms")
                    .contains("round trip: least")
                    .contains("agent       flowshield/")
                    .contains("Mbit/s");
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void keeps_its_identity_in_a_key_file() throws Exception {
        String key = folder.resolve("host.key").toString();
        String first;
        try (Listener listener = new Listener("--listen", ANY_PORT, "--key", key)) {
            first = listener.peerId();
        }
        try (Listener listener = new Listener("--listen", ANY_PORT, "--key", key)) {
            assertThat(listener.peerId()).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "/ip4/1.2.3.4/tpc/1, 'tpc' is no protocol",
                "/ip4/1.2.3.256/tcp/1, '1.2.3.256' is no IPv4 address",
                "/ip4/127.0.0.1/tcp/70000, '70000' is no number from 0 to 65535",
                "127.0.0.1:4001, must begin with a slash",
                "/ip4/127.0.0.1/tcp/1/p2p/12D3Koo, no peer id"
            })
    void says_which_part_of_an_address_is_wrong(String address, String words) {
        JsonNode error = failed(2, "p2p", "ping", address, "--json");
        assertThat(error.get("code").asString()).isEqualTo("usage");
        assertThat(error.get("message").asString()).contains(words).contains(address);
        assertThat(
                        failed(2, "p2p", "listen", "--listen", address, "--json")
                                .get("message")
                                .asString())
                .contains(words);
    }

    @Test
    void refuses_a_peer_that_is_not_the_one_dialled() throws Exception {
        try (Listener listener = new Listener("--listen", ANY_PORT)) {
            String other = "12D3KooWQCkBm1BYtkHpocxCwMgR8yjitEeHGx8spzcDLGt2gkBm";
            String address = listener.address().replace(listener.peerId(), other);
            for (String security : List.of("tls", "noise")) {
                JsonNode error =
                        failed(1, "p2p", "ping", address, "--security", security, "--json");
                assertThat(error.get("code").asString()).isEqualTo("wrong_peer");
                assertThat(error.get("message").asString()).contains(other, listener.peerId());
            }
        }
    }

    @Test
    void says_that_the_port_is_in_use() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "/ip4/127.0.0.1/tcp/" + taken.getLocalPort();
            JsonNode error = failed(1, "p2p", "listen", "--listen", address, "--json");
            assertThat(error.get("code").asString()).isEqualTo("port_in_use");
            assertThat(error.get("message").asString()).contains(address);
        }
    }

    @Test
    void says_that_the_key_file_is_corrupt_and_leaves_it() throws Exception {
        Path key = Files.writeString(folder.resolve("host.key"), "not a key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        JsonNode error =
                failed(1, "p2p", "ping", "/ip4/127.0.0.1/tcp/1", "--key", key.toString(), "--json");
        assertThat(error.get("code").asString()).isEqualTo("corrupt_key_file");
        assertThat(error.get("message").asString()).contains(key.toString());
        assertThat(key).hasContent("not a key");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no mode there")
    void does_not_use_a_key_that_others_can_read() throws Exception {
        Path key = Files.writeString(folder.resolve("host.key"), "whatever");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        JsonNode error =
                failed(5, "p2p", "ping", "/ip4/127.0.0.1/tcp/1", "--key", key.toString(), "--json");
        assertThat(error.get("code").asString()).isEqualTo("exposed_key_file");
    }

    @Test
    void says_that_the_folder_of_the_key_file_is_missing() {
        String key = folder.resolve("none/host.key").toString();
        JsonNode error = failed(1, "p2p", "ping", "/ip4/127.0.0.1/tcp/1", "--key", key, "--json");
        assertThat(error.get("code").asString()).isEqualTo("key_file_failed");
        assertThat(error.get("message").asString()).contains("folder");
    }

    @Test
    void says_that_a_peer_does_not_answer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            String address = "/ip4/127.0.0.1/tcp/" + silent.getLocalPort();
            JsonNode error = failed(1, "p2p", "ping", address, "--timeout", "1", "--json");
            assertThat(error.get("code").asString()).isEqualTo("timeout");
            assertThat(error.get("message").asString()).contains(address);
        }
    }

    @Test
    void says_that_nothing_listens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(run("p2p", "ping", "/ip4/127.0.0.1/tcp/" + port)).isEqualTo(1);
        assertThat(err.toString()).contains("refused").contains("  -> ");
    }

    @Test
    void says_that_the_peer_does_not_serve_what_is_asked() throws Exception {
        try (PrivateKey key = PrivateKey.generate(new SecureRandom());
                Host host =
                        new HostBuilder(key)
                                .security(new NoiseTransport(key, new SecureRandom()))
                                .listen(Multiaddr.parse(ANY_PORT))
                                .build()) {
            String address = host.listenAddresses().getFirst().toString();
            for (String verb : List.of("ping", "perf", "identify")) {
                JsonNode error = failed(4, "p2p", verb, address, "--json");
                assertThat(error.get("code").asString()).isEqualTo("not_supported");
            }
        }
    }

    @Test
    void says_that_there_is_no_common_security() throws Exception {
        try (Listener listener = new Listener("--listen", ANY_PORT, "--security", "tls")) {
            JsonNode error =
                    failed(1, "p2p", "ping", listener.address(), "--security", "noise", "--json");
            assertThat(error.get("message").asString()).contains("no common security protocol");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "x", "1T", "99999999999999999999"})
    void refuses_what_is_no_number_of_bytes(String bytes) {
        JsonNode error =
                failed(2, "p2p", "perf", "/ip4/127.0.0.1/tcp/1", "--bytes=" + bytes, "--json");
        assertThat(error.get("message").asString())
                .contains("'" + bytes + "' is no number of bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p2p", "p2p listen", "p2p ping", "p2p identify", "p2p perf"})
    void every_verb_explains_itself_in_eighty_columns(String verb) {
        assertThat(run((verb + " --help").split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: flowshield " + verb);
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_missing_verb_is_a_usage_error() {
        assertThat(run("p2p")).isEqualTo(2);
        assertThat(err.toString()).contains("listen, ping, identify, perf, pubsub or dht");
    }

    private JsonNode ok(String... arguments) {
        assertThat(run(arguments)).as(() -> String.join(" ", arguments) + "\n" + err).isZero();
        return JsonMapper.shared().readTree(takeOut());
    }

    private JsonNode failed(int status, String... arguments) {
        assertThat(run(arguments))
                .as(() -> String.join(" ", arguments) + "\n" + err)
                .isEqualTo(status);
        JsonNode error = JsonMapper.shared().readTree(takeOut()).get("error");
        assertThat(error.propertyNames()).containsExactly("code", "message", "action");
        return error;
    }

    private String takeOut() {
        String text = out.toString();
        out.getBuffer().setLength(0);
        return text;
    }

    private int run(String... arguments) {
        return FlowShield.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    /** {@code flowshield p2p listen} on a thread of its own, stopped by an interrupt. */
    private static final class Listener implements AutoCloseable {

        private final java.io.PipedReader printed = new java.io.PipedReader(1 << 16);
        private final Thread thread;
        private final JsonNode self;
        private final CompletableFuture<Integer> status = new CompletableFuture<>();

        Listener(String... options) throws IOException {
            PrintWriter out = new PrintWriter(new java.io.PipedWriter(printed));
            String[] arguments = new String[3 + options.length];
            arguments[0] = "p2p";
            arguments[1] = "listen";
            arguments[2] = "--json";
            System.arraycopy(options, 0, arguments, 3, options.length);
            PrintWriter complaints = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            thread =
                    Thread.ofPlatform()
                            .start(
                                    () ->
                                            status.complete(
                                                    FlowShield.run(out, complaints, arguments)));
            self = JsonMapper.shared().readTree(new java.io.BufferedReader(printed).readLine());
        }

        String peerId() {
            return self.get("peerId").asString();
        }

        String address() {
            return self.get("multiaddrs").get(0).asString();
        }

        @Override
        public void close() {
            thread.interrupt();
            assertThat(status.join()).isZero();
        }
    }
}
