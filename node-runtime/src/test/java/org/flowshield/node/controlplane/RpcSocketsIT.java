package org.flowshield.node.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.rpc.RpcTransport;
import org.flowshield.node.client.ControlPlane.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an HTTP server that nobody here wrote. */
@Timeout(60)
final class RpcSocketsIT {

    private static final RpcLimits LIMITS =
            new RpcLimits(Duration.ofSeconds(20), Duration.ofSeconds(20), 1 << 16);

    private final ControlSockets sockets = new ControlSockets(0x4653);
    private final Names names =
            new Names(sockets, name -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    private final RpcSockets rpc = new RpcSockets(sockets, names);
    private final Set<InetSocketAddress> callers = ConcurrentHashMap.newKeySet();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/echo", this::echo);
        server.createContext("/long", exchange -> answer(exchange, 200, new byte[1 << 17]));
        server.createContext("/busy", exchange -> answer(exchange, 429, new byte[0]));
        server.start();
    }

    @AfterEach
    void end() {
        rpc.close();
        server.stop(0);
    }

    private void echo(HttpExchange exchange) throws IOException {
        callers.add(exchange.getRemoteAddress());
        byte[] said = exchange.getRequestBody().readAllBytes();
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        answer(
                exchange,
                200,
                (query + " " + new String(said, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private URI at(String path) {
        return URI.create("http://rpc.example:" + server.getAddress().getPort() + path);
    }

    private String ask(String json) throws Exception {
        return new String(rpc.post(at("/echo?key=1"), json, LIMITS).body(), StandardCharsets.UTF_8);
    }

    @Test
    void one_connection_serves_while_the_way_is_the_same() throws Exception {
        assertThat(ask("{\"a\":1}")).isEqualTo("key=1 {\"a\":1}");
        sockets.goes(Way.MARKED); // the mark is the same
        assertThat(ask("{\"ä\":2}")).isEqualTo("key=1 {\"ä\":2}");
        assertThat(callers).hasSize(1);
        sockets.goes(Way.INSIDE);
        assertThat(ask("{}")).isEqualTo("key=1 {}");
        sockets.goes(Way.MARKED);
        assertThat(ask("{}")).isEqualTo("key=1 {}");
        assertThat(callers).hasSize(3);
    }

    @Test
    void a_name_and_a_password_in_the_url_are_told_as_servers_ask_for_them() throws Exception {
        server.createContext(
                "/who",
                exchange ->
                        answer(
                                exchange,
                                200,
                                String.valueOf(
                                                exchange.getRequestHeaders()
                                                        .getFirst("Authorization"))
                                        .getBytes(StandardCharsets.UTF_8)));
        URI named =
                URI.create("http://me:s%20t@rpc.example:" + server.getAddress().getPort() + "/who");
        assertThat(new String(rpc.post(named, "{}", LIMITS).body(), StandardCharsets.UTF_8))
                .isEqualTo("Basic bWU6cyB0"); // me:s t
        assertThat(new String(rpc.post(at("/who"), "{}", LIMITS).body(), StandardCharsets.UTF_8))
                .isEqualTo("null");
    }

    @Test
    void who_waits_on_the_other_way_is_told_that_it_broke() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        server.createContext(
                "/silent",
                _ -> {
                    asked.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        CompletableFuture<RpcTransport.Answer> answer =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return rpc.post(at("/silent"), "{}", LIMITS);
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        asked.await();
        sockets.goes(Way.INSIDE);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(answer::get)
                .withMessageContaining("the connection was closed");
        never.countDown();
    }

    @Test
    void too_long_an_answer_an_error_and_nobody_there_are_told_apart() throws Exception {
        assertThatExceptionOfType(RpcTransport.AnswerTooLargeException.class)
                .isThrownBy(() -> rpc.post(at("/long"), "{}", LIMITS));
        assertThat(rpc.post(at("/busy"), "{}", LIMITS).status()).isEqualTo(429);
        URI nobody = URI.create("http://127.0.0.1:1/");
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> rpc.post(nobody, "{}", LIMITS));
    }

    @Test
    void silence_ends_in_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            RpcLimits impatient =
                    new RpcLimits(Duration.ofSeconds(20), Duration.ofMillis(50), 1 << 16);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> rpc.post(uri, "{}", impatient));
        }
    }

    @Test
    void a_server_without_a_certificate_for_its_name_is_not_spoken_to() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (Socket socket = plain.accept()) {
                                    socket.getOutputStream()
                                            .write(
                                                    "HTTP/1.1 200 OK\r\n\r\n"
                                                            .getBytes(StandardCharsets.US_ASCII));
                                } catch (IOException e) {
                                    assert e.getMessage() != null : "it went away";
                                }
                            });
            URI uri = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> rpc.post(uri, "{}", LIMITS));
        }
    }

    @Test
    void while_traffic_is_blocked_names_are_not_asked_for() throws Exception {
        Names known =
                new Names(
                        sockets,
                        name -> {
                            assertThat(sockets.way()).isNotEqualTo(Way.MARKED);
                            return new InetAddress[] {InetAddress.ofLiteral("192.0.2.7")};
                        });
        sockets.goes(Way.MARKED);
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> known.find("rpc.example"))
                .withMessageContaining("while traffic is blocked");
        assertThat(known.find("2001:db8::1")).containsExactly(InetAddress.ofLiteral("2001:db8::1"));
        sockets.goes(Way.INSIDE);
        assertThat(known.find("rpc.example")).hasSize(1);
        sockets.goes(Way.MARKED);
        assertThat(known.find("rpc.example")).containsExactly(InetAddress.ofLiteral("192.0.2.7"));
    }
}
