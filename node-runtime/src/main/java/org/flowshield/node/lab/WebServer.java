package org.flowshield.node.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The web server of the lab's internet: {@code /} is a page that tells the address the visitor came
 * from, {@code /address} that address alone, {@code /bytes?n=N} gives N bytes, {@code /sink} takes
 * any number and tells how many they were. One virtual thread per request.
 */
public final class WebServer {

    /** The line that tells that it listens. */
    static final String READY = "listening";

    private static final int BACKLOG = 64;
    private static final int CHUNK = 1 << 16;

    /** Far above what a demo or a test copies; it keeps a typing error from running for hours. */
    private static final long MAX_BYTES = 100_000_000_000L;

    private static final Pattern QUERY = Pattern.compile("n=(\\d{1,12})");

    private WebServer() {}

    /** Argument: the port. Runs until it is killed. */
    public static void main(String[] arguments) throws IOException {
        HttpServer server = start(new InetSocketAddress(Integer.parseInt(arguments[0])));
        System.out.println(READY);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
    }

    static HttpServer start(InetSocketAddress address) throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", WebServer::page);
        server.createContext("/address", exchange -> answer(exchange, 200, visitor(exchange)));
        server.createContext("/bytes", WebServer::source);
        server.createContext("/sink", WebServer::sink);
        server.start();
        return server;
    }

    private static String visitor(HttpExchange exchange) {
        return exchange.getRemoteAddress().getAddress().getHostAddress();
    }

    private static void page(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/")) {
            answer(exchange, 404, "There is no such page.\n");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        answer(
                exchange,
                200,
                """
                <!doctype html>
                <html lang="en"><title>The internet of the lab</title>
                <h1>Hello from the other side</h1>
                <p>You came from <b id="address">%s</b>.</p>
                </html>
                """
                        .formatted(visitor(exchange)));
    }

    private static void source(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        Matcher matcher = QUERY.matcher(query == null ? "" : query);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) > MAX_BYTES) {
            answer(exchange, 400, "Ask for /bytes?n=N with N at most " + MAX_BYTES + ".\n");
            return;
        }
        long left = Long.parseLong(matcher.group(1));
        byte[] chunk = new byte[CHUNK];
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(200, left == 0 ? -1 : left);
        try (OutputStream body = exchange.getResponseBody()) {
            for (; left > 0; left -= chunk.length) {
                body.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        }
    }

    private static void sink(HttpExchange exchange) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long taken = 0;
        try (InputStream body = exchange.getRequestBody()) {
            for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) taken += n;
        }
        answer(exchange, 200, Long.toString(taken));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }
}
