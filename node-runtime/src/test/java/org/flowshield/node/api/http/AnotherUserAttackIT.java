package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.http.AnotherUser.Result;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.cli.FlowShield;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Another user of the machine, without rights, tries to steer the daemon or to keep others from it.
 *
 * <ol>
 *   <li>They send each request, by curl and by the command line: refused, with who may and what to
 *       do, exit status 5; the node was never asked.
 *   <li>They open many connections and say nothing: whom it concerns is served all the same.
 *   <li>They are let in once they own the data directory: it was the user that was looked at.
 * </ol>
 */
@Timeout(120)
final class AnotherUserAttackIT {

    @TempDir private Path folder;

    private ServedNode served;

    @BeforeEach
    void serve() throws IOException {
        AnotherUser.assumePossible();
        served = new ServedNode(folder);
    }

    @AfterEach
    void stop() throws IOException {
        if (served != null) {
            served.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/status",
        "GET, /v1/events",
        "GET, /v1/openapi.json",
        "GET, /v1/nothing",
        "POST, /v1/connect",
        "POST, /v1/disconnect",
        "POST, /v1/roles/provider/enable",
    })
    void every_request_is_refused_with_a_reason(String method, String path) throws Exception {
        Result result = AnotherUser.run(curl(method, path));
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out()).endsWith("\n403");
        JsonNode error =
                ApiJson.strict()
                        .readTree(result.out().substring(0, result.out().length() - 3))
                        .get("error");
        assertThat(error.get("code").asString()).isEqualTo("not_allowed");
        assertThat(error.get("message").asString())
                .isEqualTo(
                        "this user may not steer the daemon; only root, the owner of "
                                + folder
                                + " and members of the group flowshield may");
        assertThat(error.get("action").asString()).contains("usermod -aG flowshield");
        assertThat(served.node().timesAsked()).as("the node was not asked").isZero();
    }

    @Test
    void root_is_let_in_by_the_same_request() throws Exception {
        Result result = AnotherUser.runAsRoot(curl("GET", "/v1/status"));
        assertThat(result.out()).contains(MemoryNode.PEER_ID).endsWith("\n200");
    }

    @Test
    void the_owner_of_the_data_directory_is_let_in() throws Exception {
        Files.setOwner(
                folder,
                folder.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName("nobody"));
        assertThat(AnotherUser.run(curl("GET", "/v1/status")).out()).endsWith("\n200");
    }

    @Test
    void the_command_line_says_why_and_ends_with_five() throws Exception {
        Result result =
                AnotherUser.java(
                        FlowShield.class.getName(),
                        "status",
                        "--socket",
                        served.socket().toString());
        assertThat(result.exit()).as(result.err()).isEqualTo(5);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("flowshield: this user may not steer the daemon; only root, ")
                .contains("\n  -> run it with sudo, or: sudo usermod -aG flowshield $USER");
    }

    @Test
    void a_socket_out_of_reach_is_a_refusal_too() throws Exception {
        Files.setPosixFilePermissions(
                served.socket(), PosixFilePermissions.fromString("rw-------"));
        Result result =
                AnotherUser.java(
                        FlowShield.class.getName(), "id", "--socket", served.socket().toString());
        assertThat(result.exit()).as(result.err()).isEqualTo(5);
        assertThat(result.err()).contains("may not reach the socket " + served.socket());
    }

    @Test
    void many_silent_connections_keep_nobody_out() throws Exception {
        Process hoarder =
                AnotherUser.startJava(Hoarder.class.getName(), served.socket().toString());
        try {
            assertThat(hoarder.inputReader().readLine()).isEqualTo("held");
            assertThat(RawHttp.get(served.socket(), "/v1/status").status()).isEqualTo(200);
            assertThat(hoarder.isAlive()).isTrue();
        } finally {
            hoarder.destroyForcibly().waitFor();
        }
    }

    /** Opens connections, sees all but the strangers' share closed, and holds those. */
    static final class Hoarder {

        private static final int MANY = 400;

        private Hoarder() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            CountDownLatch closed = new CountDownLatch(MANY - Connections.MAX_STRANGERS);
            for (int i = 0; i < MANY; i++) {
                RawHttp http = new RawHttp(Path.of(arguments[0]));
                Thread _ =
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            if (http.isClosed()) {
                                                closed.countDown();
                                            }
                                        });
            }
            closed.await();
            System.out.println("held");
            Thread.currentThread().join(); // until it is killed
        }
    }

    private String[] curl(String method, String path) {
        return new String[] {
            "curl",
            "--silent",
            "--show-error",
            "--max-time",
            "30",
            "--unix-socket",
            served.socket().toString(),
            "--request",
            method,
            "--write-out",
            "%{http_code}",
            "http://localhost" + path
        };
    }
}
