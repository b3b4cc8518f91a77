package org.flowshield.node.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code flowshield p2p pubsub} against itself, and what it says when something is wrong. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class PubSubVerbsIT {

    private static final String ANY_PORT = "/ip4/127.0.0.1/tcp/0";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return FlowShield.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private JsonNode failed(int status, String... arguments) {
        assertThat(run(arguments)).as(() -> out + "\n" + err).isEqualTo(status);
        return JsonMapper.shared().readTree(out.toString()).get("error");
    }

    @Test
    void what_one_publishes_others_print_even_those_it_is_not_connected_to() throws Exception {
        try (Subscriber first = new Subscriber("--listen", ANY_PORT, "--count", "1");
                Subscriber second =
                        new Subscriber("--listen", ANY_PORT, "--bootstrap", first.address())) {
            FutureTask<JsonNode> far = new FutureTask<>(first::next);
            Thread _ = Thread.ofVirtual().start(far);
            Set<JsonNode> published = new HashSet<>();
            // What comes before the two have found each other does not go on from one to the other.
            while (!far.isDone()) {
                JsonNode sent = published(second.address());
                published.add(sent.get("messageId"));
                assertThat(sent.get("peers").asInt()).isEqualTo(1);
                JsonNode near = second.next();
                assertThat(near.get("messageId")).isEqualTo(sent.get("messageId"));
                assertThat(near.get("from")).isEqualTo(sent.get("from"));
                assertTold(near);
            }
            assertTold(far.get());
            assertThat(published).contains(far.get().get("messageId"));
            assertThat(first.status.get(1, TimeUnit.MINUTES)).isZero();
        }
    }

    private JsonNode published(String bootstrap) {
        out.getBuffer().setLength(0);
        assertThat(
                        run(
                                "p2p",
                                "pubsub",
                                "publish",
                                "news",
                                "hällo",
                                "--bootstrap",
                                bootstrap,
                                "--json"))
                .as(err::toString)
                .isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    private static void assertTold(JsonNode message) {
        assertThat(message.get("topic").asString()).isEqualTo("news");
        assertThat(message.get("text").asString()).isEqualTo("hällo");
        assertThat(Base64.getDecoder().decode(message.get("data").asString()))
                .isEqualTo("hällo".getBytes(UTF_8));
    }

    @Test
    void says_that_nobody_subscribes() throws Exception {
        try (Subscriber other = new Subscriber("--listen", ANY_PORT)) {
            JsonNode error =
                    failed(
                            1,
                            "p2p",
                            "pubsub",
                            "publish",
                            "weather",
                            "rain",
                            "--bootstrap",
                            other.address(),
                            "--timeout",
                            "1",
                            "--json");
            assertThat(error.get("code").asString()).isEqualTo("no_subscribers");
            assertThat(error.get("message").asString()).contains("weather");
        }
    }

    @Test
    void says_that_a_subscriber_has_nobody_to_hear_from() {
        assertThat(run("p2p", "pubsub", "subscribe", "news")).isEqualTo(2);
        assertThat(err.toString()).contains("--bootstrap or --listen");
        assertThat(run("p2p", "pubsub")).isEqualTo(2);
        assertThat(err.toString()).contains("publish or subscribe");
    }

    @Test
    void says_that_a_bootstrap_peer_is_not_there_or_a_message_too_long() {
        JsonNode error =
                failed(
                        1,
                        "p2p",
                        "pubsub",
                        "subscribe",
                        "news",
                        "--bootstrap",
                        "/ip4/127.0.0.1/tcp/1",
                        "--json");
        assertThat(error.get("message").asString()).contains("refused");
        out.getBuffer().setLength(0);
        error =
                failed(
                        2,
                        "p2p",
                        "pubsub",
                        "publish",
                        "news",
                        "x".repeat(100_000),
                        "--bootstrap",
                        "/ip4/127.0.0.1/tcp/1",
                        "--json");
        assertThat(error.get("code").asString()).isEqualTo("too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p2p pubsub", "p2p pubsub publish", "p2p pubsub subscribe"})
    void every_verb_explains_itself_in_eighty_columns(String verb) {
        assertThat(run((verb + " --help").split(" "))).isZero();
        assertThat(out.toString()).startsWith("Usage: flowshield " + verb);
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(err.toString()).isEmpty();
    }

    /** {@code flowshield p2p pubsub subscribe news} on a thread of its own. */
    private static final class Subscriber implements AutoCloseable {

        private final BufferedReader printed;
        private final Thread thread;
        private final JsonNode self;
        private final CompletableFuture<Integer> status = new CompletableFuture<>();

        Subscriber(String... options) throws IOException {
            PipedReader lines = new PipedReader(1 << 16);
            PrintWriter out = new PrintWriter(new PipedWriter(lines));
            printed = new BufferedReader(lines);
            List<String> arguments =
                    new ArrayList<>(List.of("p2p", "pubsub", "subscribe", "news", "--json"));
            arguments.addAll(List.of(options));
            PrintWriter complaints = new PrintWriter(System.err, true, UTF_8);
            thread =
                    Thread.ofPlatform()
                            .start(
                                    () ->
                                            status.complete(
                                                    FlowShield.run(
                                                            out,
                                                            complaints,
                                                            arguments.toArray(String[]::new))));
            self = next();
        }

        JsonNode next() throws IOException {
            return JsonMapper.shared().readTree(printed.readLine());
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
