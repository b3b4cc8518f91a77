package org.flowshield.contracts.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An RPC before another one, which passes on, changes, keeps back or refuses. */
public final class FaultyRpc implements AutoCloseable {

    /** What is done with a request. */
    @FunctionalInterface
    public interface Fault {

        /** The answer's text, or a status of HTTP below 1000 as a number. */
        String answer(String method, String request, Upstream upstream) throws IOException;
    }

    /** The true RPC. */
    @FunctionalInterface
    public interface Upstream {
        String ask(String request) throws IOException;
    }

    /** Passes everything on. */
    public static final Fault NONE = (_, request, upstream) -> upstream.ask(request);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI upstream;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Fault fault = NONE;

    public FaultyRpc(URI upstream) throws IOException {
        this.upstream = upstream;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/secret-key");
    }

    public void set(Fault fault) {
        this.fault = fault;
    }

    /** Changes the answers to one method. */
    public void change(String method, UnaryOperator<String> change) {
        set(
                (asked, request, upstream) -> {
                    String answer = upstream.ask(request);
                    return asked.equals(method) ? change.apply(answer) : answer;
                });
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.incrementAndGet();
            String request =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String method = request.replaceFirst("(?s).*\"method\":\"([^\"]*)\".*", "$1");
            String answer = fault.answer(method, request, this::pass);
            int status = 200;
            if (answer.matches("[0-9]{3}")) {
                status = Integer.parseInt(answer);
                answer = "";
            }
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private String pass(String request) throws IOException {
        try {
            return http.send(
                            HttpRequest.newBuilder(upstream)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(request))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
        threads.shutdownNow();
    }
}
