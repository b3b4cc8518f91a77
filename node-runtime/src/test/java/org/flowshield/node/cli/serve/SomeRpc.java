package org.flowshield.node.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A public RPC in front of a chain; it tells of blocks what it likes, and may give no proofs. */
final class SomeRpc implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final URI chain;
    private final boolean proofs;
    private final UnaryOperator<String> blocks;

    private SomeRpc(URI chain, boolean proofs, UnaryOperator<String> blocks) throws IOException {
        this.chain = chain;
        this.proofs = proofs;
        this.blocks = blocks;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** One that gives proofs as well. */
    static SomeRpc honest(URI chain) throws IOException {
        return new SomeRpc(chain, true, answer -> answer);
    }

    /** One that tells the truth about blocks, and no more. */
    static SomeRpc withoutProofs(URI chain) throws IOException {
        return new SomeRpc(chain, false, answer -> answer);
    }

    /** Each block has a hash of its making. */
    static SomeRpc lying(URI chain) throws IOException {
        return new SomeRpc(
                chain,
                true,
                answer -> answer.replaceFirst("\"hash\":\"0x[0-9a-f]{8}", "\"hash\":\"0xdeadbeef"));
    }

    /** Takes questions and never answers. */
    static SomeRpc silent(URI chain) throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        return new SomeRpc(
                chain,
                true,
                answer -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // it is closed
                    }
                    return answer;
                });
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void serve(HttpExchange exchange) throws IOException {
        String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String answer;
        if (asked.contains("eth_getProof") && !proofs) {
            answer =
                    "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":-32601,\"message\":\"no\"}}"
                            .formatted(asked.replaceAll(".*\"id\":(\\d+).*", "$1"));
        } else {
            answer = forward(asked);
            if (asked.contains("eth_getBlockByNumber")) {
                answer = blocks.apply(answer);
            }
        }
        byte[] body = answer.getBytes(UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String forward(String asked) throws IOException {
        try {
            return client.send(
                            HttpRequest.newBuilder(chain)
                                    .header("content-type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(asked))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
