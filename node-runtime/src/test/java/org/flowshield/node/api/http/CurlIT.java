package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.json.ApiJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The API by curl, as people script it. */
@Timeout(60)
final class CurlIT {

    @TempDir private Path folder;

    private ServedNode served;

    @BeforeEach
    void serve() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs curl");
        served = new ServedNode(folder);
    }

    @AfterEach
    void stop() throws IOException {
        if (served != null) {
            served.close();
        }
    }

    @Test
    void status_connect_and_disconnect() throws Exception {
        assertThat(curl("/v1/status").get("peer_id").asString()).isEqualTo(MemoryNode.PEER_ID);
        String body = "{\"provider\":\"" + MemoryNode.PROVIDER + "\"}";
        assertThat(curl("/v1/connect", "--data", body).get("state").asString())
                .isEqualTo("connected");
        assertThat(curl("/v1/client").get("state").asString()).isEqualTo("connected");
        assertThat(curl("/v1/disconnect", "--request", "POST").get("state").asString())
                .isEqualTo("disconnected");
        assertThat(curl("/v1/disconnect").at("/error/code").asString())
                .isEqualTo("method_not_allowed");
    }

    @Test
    void money_is_asked_for_and_capped() throws Exception {
        assertThat(curl("/v1/channels").at("/error/code").asString())
                .isEqualTo("payment_not_configured");
        served.node().configurePayment();
        assertThat(curl("/v1/payment").get("purse").asString()).isEqualTo("4");
        assertThat(curl("/v1/channels").at("/channels/0/deposit").asString()).isEqualTo("1");
        assertThat(curl("/v1/earnings?days=1").at("/days/0/earned").asString()).isEqualTo("1");
        assertThat(curl("/v1/spending", "--data", "{\"per_day\":\"2\"}").at("/caps/per_day"))
                .hasToString("\"2\"");
        assertThat(curl("/v1/spending").at("/caps/per_month").asString()).isEqualTo("50");
        assertThat(curl("/v1/spending", "--request", "PUT").at("/error/message").asString())
                .contains("GET, POST");
        assertThat(curl("/v1/settle", "--request", "POST").at("/settlements/0/state"))
                .hasToString("\"settled\"");
    }

    @Test
    void events_come_as_they_happen() throws Exception {
        Process curl = start("/v1/events", "--no-buffer");
        try (BufferedReader lines = curl.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("event: snapshot");
            assertThat(lines.readLine()).startsWith("data: {\"version\":\"1.2.3\",");
            assertThat(lines.readLine()).isEmpty();
            served.node().set(served.node().withClient(MemoryNode.reconnecting()));
            assertThat(lines.readLine()).isEqualTo("event: client");
            assertThat(lines.readLine()).startsWith("data: {\"state\":\"reconnecting\",");
        } finally {
            curl.destroyForcibly().waitFor();
        }
    }

    private JsonNode curl(String path, String... options) throws Exception {
        Process curl = start(path, options);
        String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor()).isZero();
        return ApiJson.strict().readTree(answer);
    }

    private Process start(String path, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("curl", "--silent", "--max-time", "30"));
        command.addAll(List.of("--unix-socket", served.socket().toString()));
        command.addAll(List.of(options));
        command.add("http://localhost" + path);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
