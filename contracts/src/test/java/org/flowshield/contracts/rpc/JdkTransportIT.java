package org.flowshield.contracts.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.contracts.rpc.RpcTransport.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that takes questions and lets them wait, as one behind a way that is gone. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class JdkTransportIT {

    private static final String READS = "{\"method\":\"eth_blockNumber\"}";
    private static final String HANDS_IN = "{\"method\":\"eth_sendRawTransaction\"}";

    /** Without an answer a question ends after that, which fails a test. */
    private static final RpcLimits PATIENT = RpcLimits.DEFAULT.withAnswer(Duration.ofSeconds(60));

    /** Questions that are there, each with the port that it came from; in their order. */
    private final BlockingQueue<Integer> asked = new LinkedBlockingQueue<>();

    private final CountDownLatch letGo = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final JdkTransport transport = new JdkTransport(PATIENT.connect());
    private volatile boolean hangs = true;
    private volatile String authorization = "";
    private HttpServer server;
    private URI uri;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        letGo.countDown();
        transport.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_name_and_a_password_in_the_url_are_told_as_servers_ask_for_them() throws Exception {
        hangs = false;
        URI named = URI.create("http://me:s%20t@127.0.0.1:" + server.getAddress().getPort() + "/");
        Answer _ = transport.post(named, READS, PATIENT);
        assertThat(authorization).isEqualTo("Basic bWU6cyB0"); // me:s t
        Answer _ = transport.post(uri, READS, PATIENT);
        assertThat(authorization).isEqualTo("none");
    }

    private void serve(HttpExchange exchange) throws IOException {
        boolean waits = hangs;
        String told = exchange.getRequestHeaders().getFirst("Authorization");
        authorization = told == null ? "none" : told;
        byte[] _ = exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRemoteAddress().getPort());
        if (waits) {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void what_waits_on_the_way_before_is_asked_anew_at_once() throws Exception {
        CompletableFuture<Answer> answer = ask(READS, PATIENT);
        int before = asked.take();
        hangs = false;
        transport.wayChanged();
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(asked.take()).isNotEqualTo(before);
        assertThat(asked).isEmpty();
    }

    @Test
    void a_way_that_changes_twice_is_followed_twice() throws Exception {
        CompletableFuture<Answer> answer = ask(READS, PATIENT);
        asked.take();
        transport.wayChanged();
        asked.take();
        hangs = false;
        transport.wayChanged();
        assertThat(answer.get().status()).isEqualTo(200);
    }

    @Test
    void a_connection_that_rests_is_not_used_on_another_way() throws Exception {
        hangs = false;
        assertThat(ask(READS, PATIENT).get().status()).isEqualTo(200);
        int first = asked.take();
        assertThat(ask(READS, PATIENT).get().status()).isEqualTo(200);
        assertThat(asked.take()).isEqualTo(first);
        transport.wayChanged();
        assertThat(ask(READS, PATIENT).get().status()).isEqualTo(200);
        assertThat(asked.take()).isNotEqualTo(first);
    }

    @Test
    void a_transaction_is_handed_in_once_whatever_the_way() throws Exception {
        CompletableFuture<Answer> answer = ask(HANDS_IN, PATIENT);
        asked.take();
        hangs = false;
        transport.wayChanged();
        assertThat(ask(READS, PATIENT).get().status()).isEqualTo(200);
        asked.take();
        assertThat(answer).isNotDone();
        letGo.countDown(); // the connection was left alone
        assertThat(answer.get().status()).isEqualTo(200);
        assertThat(asked).isEmpty();
    }

    @Test
    void asking_anew_takes_no_more_time_than_asking() throws Exception {
        RpcLimits limits = RpcLimits.DEFAULT.withAnswer(Duration.ofSeconds(1));
        CompletableFuture<Answer> answer = ask(READS, limits);
        asked.take();
        while (!answer.isDone()) {
            transport.wayChanged();
            Integer _ = asked.poll(20, TimeUnit.MILLISECONDS);
        }
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(answer::get)
                .withCauseInstanceOf(SocketTimeoutException.class);
    }

    private CompletableFuture<Answer> ask(String json, RpcLimits limits) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        threads.execute(
                () -> {
                    try {
                        answer.complete(transport.post(uri, json, limits));
                    } catch (IOException | InterruptedException | RuntimeException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }
}
