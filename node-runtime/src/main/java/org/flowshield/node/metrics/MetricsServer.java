package org.flowshield.node.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.swarm.SwarmCounts;

/**
 * Answers {@code GET /metrics} with a node's counters, and {@code GET /health} with whether its
 * roles do what they were switched on for. It listens only where the operator said so, changes
 * nothing, and tells of no client. Threads: virtual ones of its own.
 */
public final class MetricsServer implements AutoCloseable {

    /** Prometheus asks with one connection; a few people look. */
    private static final int BACKLOG = 16;

    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to listen.
     *
     * @param swarm what the node has done among its peers; empty while no role is among them
     * @throws IOException if it can't; the message says where and why
     */
    public static MetricsServer open(
            InetSocketAddress address,
            Supplier<NodeStatus> status,
            Supplier<Optional<SwarmCounts>> swarm)
            throws IOException {
        HttpServer server;
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (BindException e) {
            throw new IOException(
                    "metrics can't be offered at "
                            + address.getAddress().getHostAddress()
                            + ":"
                            + address.getPort()
                            + ": "
                            + e.getMessage(),
                    e);
        }
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, status, swarm));
        server.start();
        return new MetricsServer(server, threads);
    }

    private static void answer(
            HttpExchange exchange,
            Supplier<NodeStatus> status,
            Supplier<Optional<SwarmCounts>> swarm)
            throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!path.equals("/metrics") && !path.equals("/health")) {
                send(exchange, 404, "metrics are at /metrics, health is at /health\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "only GET is answered\n");
            } else if (path.equals("/metrics")) {
                send(exchange, 200, Exposition.of(status.get(), swarm.get()));
            } else {
                Health health = Health.of(status.get());
                send(exchange, health.isWell() ? 200 : 503, health.text());
            }
        }
    }

    private static void send(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TYPE);
        exchange.sendResponseHeaders(code, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
