package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.http.RawHttp.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class ApiServerIT {

    @TempDir private Path folder;

    private ServedNode served;
    private Path socket;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedNode(folder);
        socket = served.socket();
    }

    @AfterEach
    void stop() throws IOException {
        served.close();
    }

    @Test
    void tells_the_status_in_snake_case_with_what_is_absent_as_null() throws Exception {
        Reply reply = RawHttp.get(socket, "/v1/status");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        assertThat(reply.json().propertyNames())
                .containsExactlyInAnyOrder(
                        "version",
                        "peer_id",
                        "started_at",
                        "roles",
                        "client",
                        "provider",
                        "fullnode",
                        "payment",
                        "limits");
        assertThat(reply.json().get("client").isNull()).isTrue();
        assertThat(reply.json().get("started_at").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(reply.json().at("/roles/0/name").asString()).isEqualTo("client");
    }

    @Test
    void connects_disconnects_and_switches_roles() throws Exception {
        Reply connected =
                RawHttp.post(
                        socket,
                        "/v1/connect",
                        "{\"provider\":\"" + MemoryNode.PROVIDER + "\",\"lanes\":2}");
        assertThat(connected.status()).isEqualTo(200);
        assertThat(connected.json().get("state").asString()).isEqualTo("connected");
        assertThat(connected.json().at("/tunnel/lanes").asInt()).isEqualTo(2);
        assertThat(RawHttp.get(socket, "/v1/client").json()).isEqualTo(connected.json());

        assertThat(RawHttp.post(socket, "/v1/disconnect", "").json().get("state").asString())
                .isEqualTo("disconnected");
        assertThat(RawHttp.post(socket, "/v1/roles/provider/enable", "{}").json().toString())
                .isEqualTo(
                        "{\"name\":\"provider\",\"state\":\"on\",\"problem\":null,\"until\":null}");
        assertThat(RawHttp.get(socket, "/v1/provider").json().at("/refused/special_purpose"))
                .hasToString("7");
        assertThat(RawHttp.post(socket, "/v1/roles/provider/disable", "").status()).isEqualTo(200);
        assertThat(RawHttp.get(socket, "/v1/provider").code()).isEqualTo("role_off");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                | not a JSON object
                    {                                 | not JSON
                    {"provider":"/a"} {}              | not JSON
                    []                                | not a JSON object
                    null                              | not a JSON object
                    {}                                | "provider" is missing
                    {"provider":7}                    | wrong type: "provider"
                    {"provider":["/a"]}               | wrong type: "provider"
                    {"provider":" "}                  | provider is a multiaddr
                    {"provider":"/a","lanes":"2"}     | wrong type: "lanes"
                    {"provider":"/a","lanes":1.5}     | wrong type: "lanes"
                    {"provider":"/a","lanes":99999999999}| wrong type: "lanes"
                    {"provider":"/a","lanes":5}       | lanes is 1 to 4
                    {"provider":"/a","lane":1}        | no field "lane"; known: [provider, lanes, max_price, others, country]
                    """)
    void a_wrong_body_is_refused_and_the_message_says_what_is_wrong(String body, String message)
            throws Exception {
        Reply reply = RawHttp.post(socket, "/v1/connect", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("bad_request");
        assertThat(reply.json().at("/error/message").asString()).contains(message);
        assertThat(served.node().status().client()).isNull();
    }

    @Test
    void what_takes_no_fields_says_so() throws Exception {
        Reply reply = RawHttp.post(socket, "/v1/disconnect", "{\"now\":true}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/message").asString())
                .isEqualTo("there is no field \"now\"; this request takes none");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404, not_found",
        "GET, /v1, 404, not_found",
        "GET, /v2/status, 404, not_found",
        "GET, /v1/status/, 404, not_found",
        "POST, /v1/roles/verifier/enable, 404, not_found",
        "GET, /v1/../etc/passwd, 404, not_found",
        "GET, /v1/connect, 405, method_not_allowed",
        "DELETE, /v1/status, 405, method_not_allowed",
        "POST, /v1/events, 405, method_not_allowed",
        "GET, /v1/%2e%2e/status, 400, malformed",
    })
    void other_paths_and_methods_are_clear_errors(
            String method, String path, int status, String code) throws Exception {
        Reply reply = RawHttp.ask(socket, method, path, "");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().at("/error/action").asString()).isNotBlank();
    }

    @Test
    void a_wrong_method_names_the_right_one() throws Exception {
        assertThat(RawHttp.get(socket, "/v1/connect").headers()).containsEntry("allow", "POST");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_refusal_of_the_node_becomes_a_status_and_keeps_its_words(Kind kind) throws Exception {
        served.node()
                .refuseWith(
                        new RefusedException(kind, new Problem("no_way", "It can't.", "Wait.")));
        Reply reply = RawHttp.post(socket, "/v1/disconnect", "");
        assertThat(reply.status())
                .isEqualTo(
                        switch (kind) {
                            case INVALID -> 400;
                            case PERMISSION -> 403;
                            case REFUSED -> 409;
                            case FAILED -> 502;
                        });
        assertThat(reply.body())
                .isEqualTo(
                        "{\"error\":{\"code\":\"no_way\",\"message\":\"It can't.\",\"action\":\"Wait.\"}}\n");
    }

    @Test
    void a_bug_in_the_node_is_told_and_does_not_end_the_server() throws Exception {
        served.node().failWith(new IllegalStateException("a bug made by a test"));
        Reply reply = RawHttp.get(socket, "/v1/status");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("internal");
        served.node().failWith(null);
        assertThat(RawHttp.get(socket, "/v1/status").status()).isEqualTo(200);
    }

    @Test
    void connect_waits_and_disconnect_gives_it_up() throws Exception {
        served.node().holdAttempts();
        CompletableFuture<Reply> connect = connectInBackground();
        served.node().awaitAttempt();
        assertThat(RawHttp.get(socket, "/v1/client").json().get("state").asString())
                .isEqualTo("connecting");
        assertThat(RawHttp.post(socket, "/v1/disconnect", "").status()).isEqualTo(200);
        assertThat(connect.join().status()).isEqualTo(502);
        assertThat(connect.join().code()).isEqualTo("given_up");
    }

    @Test
    void what_waits_when_the_server_stops_is_told_so() throws Exception {
        served.node().holdAttempts();
        CompletableFuture<Reply> connect = connectInBackground();
        served.node().awaitAttempt();
        served.close();
        assertThat(connect.join().status()).isEqualTo(503);
        assertThat(connect.join().code()).isEqualTo("stopping");
        assertThat(served.node().listeners()).isZero();
    }

    private CompletableFuture<Reply> connectInBackground() {
        String body = "{\"provider\":\"" + MemoryNode.PROVIDER + "\"}";
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                reply.complete(RawHttp.post(socket, "/v1/connect", body));
                            } catch (IOException e) {
                                reply.completeExceptionally(e);
                            }
                        });
        return reply;
    }

    @Test
    void answers_many_requests_on_one_connection() throws Exception {
        try (RawHttp http = new RawHttp(socket)) {
            for (int i = 0; i < 100; i++) {
                http.send("GET /v1/identity HTTP/1.1\r\nHost: x\r\n\r\n");
                assertThat(http.reply().json().get("peer_id").asString())
                        .isEqualTo(MemoryNode.PEER_ID);
            }
        }
    }

    // ------------------------------------------------------------ the socket's place

    @Test
    void everybody_may_connect_to_the_socket_and_it_is_gone_afterwards() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-rw-rw-");
        served.close();
        assertThat(socket).doesNotExist();
    }

    @Test
    void a_second_server_is_refused_and_the_first_goes_on() throws Exception {
        assertThatThrownBy(() -> ApiServer.start(served.node(), socket, new AccessPolicy(folder)))
                .isInstanceOf(SocketInUseException.class)
                .hasMessage("another daemon serves " + socket);
        assertThat(RawHttp.get(socket, "/v1/status").status()).isEqualTo(200);
    }

    @Test
    void the_socket_of_a_dead_daemon_is_replaced() throws Exception {
        Path stale = folder.resolve("stale.sock");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(stale));
        }
        assertThat(stale).exists();
        try (ApiServer again = ApiServer.start(served.node(), stale, new AccessPolicy(folder))) {
            assertThat(RawHttp.get(again.socket(), "/v1/status").status()).isEqualTo(200);
        }
    }

    @Test
    void the_socket_of_a_stranger_that_lives_is_left_alone() throws Exception {
        Path other = folder.resolve("other.sock");
        try (ServerSocketChannel alive = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            alive.bind(UnixDomainSocketAddress.of(other));
            assertThatThrownBy(
                            () -> ApiServer.start(served.node(), other, new AccessPolicy(folder)))
                    .isInstanceOf(SocketInUseException.class);
            assertThat(other).exists();
        }
    }

    @Test
    void a_file_that_is_no_socket_is_left_alone() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "precious");
        assertThatThrownBy(() -> ApiServer.start(served.node(), file, new AccessPolicy(folder)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("something else than a socket");
        assertThat(file).hasContent("precious");
    }

    @Test
    void a_path_too_long_for_a_socket_is_said() {
        Path longPath = folder.resolve("x".repeat(120));
        assertThatThrownBy(() -> ApiServer.start(served.node(), longPath, new AccessPolicy(folder)))
                .hasMessageContaining("at most 107 bytes");
    }

    @Test
    void the_folder_of_the_socket_is_made_if_need_be() throws Exception {
        Path deep = folder.resolve("run/flowshield/api.sock");
        try (ApiServer api = ApiServer.start(served.node(), deep, new AccessPolicy(folder))) {
            assertThat(RawHttp.get(api.socket(), "/v1/client").code()).isEqualTo("role_off");
        }
    }
}
