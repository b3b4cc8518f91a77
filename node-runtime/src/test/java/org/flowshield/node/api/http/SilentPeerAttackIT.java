package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.http.RawHttp.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program stops in the middle of what it does.
 *
 * <ol>
 *   <li>It connects and says nothing: closed when the server's patience ends.
 *   <li>It sends half of a body: told so, closed.
 *   <li>It watches and does not read: cut off.
 *   <li>One that waits for an action to end is none of them, however long that takes.
 * </ol>
 */
@Timeout(60)
final class SilentPeerAttackIT {

    /** Instead of half a minute, so that the test need not wait for that. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    /** Their status is larger than what the kernel buffers for a socket. */
    private static final int SESSIONS = 3_000;

    @TempDir private Path folder;

    private final MemoryNode node = new MemoryNode();
    private ApiServer server;

    @BeforeEach
    void serve() throws IOException {
        server =
                ApiServer.start(
                        node, folder.resolve("api.sock"), new AccessPolicy(folder), PATIENCE);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void a_silent_connection_is_closed() throws Exception {
        outlastThePatience();
    }

    @Test
    void half_a_body_is_told_to_be_too_slow() throws Exception {
        try (RawHttp http = new RawHttp(server.socket())) {
            http.send("POST /v1/connect HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
            Reply reply = http.reply();
            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.code()).isEqualTo("too_slow");
            assertThat(http.isClosed()).isTrue();
        }
    }

    @Test
    void a_watcher_that_does_not_read_is_cut_off() throws Exception {
        ProviderStatus one = MemoryNode.provider();
        node.set(
                node.withProvider(
                        new ProviderStatus(
                                one.multiaddrs(),
                                one.reach(),
                                one.ipv4(),
                                one.ipv6(),
                                one.mtu(),
                                Collections.nCopies(SESSIONS, one.sessions().getFirst()),
                                one.traffic(),
                                one.refused())));
        try (RawHttp watcher = new RawHttp(server.socket())) {
            watcher.send("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(watcher.status()).isEqualTo(200);
            outlastThePatience();
            outlastThePatience();
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    watcher.line();
                                }
                            })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("closed the connection");
        }
    }

    @Test
    void who_waits_for_an_action_is_not_cut_off() throws Exception {
        CompletableFuture<ClientStatus> attempt = node.holdAttempts();
        try (RawHttp http = new RawHttp(server.socket())) {
            String body = "{\"provider\":\"" + MemoryNode.PROVIDER + "\"}";
            http.send(
                    "POST /v1/connect HTTP/1.1\r\nHost: x\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
            node.awaitAttempt();
            outlastThePatience();
            outlastThePatience();
            attempt.complete(
                    MemoryNode.connected(
                            new ConnectRequest(MemoryNode.PROVIDER, ConnectRequest.DEFAULT_LANES)));
            assertThat(http.reply().status()).isEqualTo(200);
        }
    }

    /** Connects, says nothing, and waits until that is no longer suffered. */
    private void outlastThePatience() throws IOException {
        try (RawHttp silent = new RawHttp(server.socket())) {
            assertThat(silent.isClosed()).isTrue();
        }
    }
}
