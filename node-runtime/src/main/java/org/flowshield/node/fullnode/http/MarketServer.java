package org.flowshield.node.fullnode.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.flowshield.node.fullnode.index.Index;

/**
 * Tells the market by HTTP, from {@link #open} to {@link #close}. Read-only, without cookies or
 * accounts. One platform thread accepts, one selects, requests run on virtual threads. Safe for use
 * by any thread.
 */
public final class MarketServer implements AutoCloseable {

    /** A browser keeps its connections for the next click. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** A request line with a cursor, and what browsers say of themselves. */
    private static final int MAX_HEADERS = 8 * 1024;

    /** Of all; {@link Visitors} says how many one may have. */
    private static final int MOST_CONNECTIONS = 512;

    /** Acceptor, selector, and room for what Jetty does beside them. */
    private static final int MAX_THREADS = 8;

    private final Server server;
    private final ServerConnector connector;
    private final MarketHandler handler;

    private MarketServer(Server server, ServerConnector connector, MarketHandler handler) {
        this.server = server;
        this.connector = connector;
        this.handler = handler;
    }

    /**
     * Starts to listen.
     *
     * @param trouble why the market is not told now; empty: it is
     * @throws IOException if it can't; the message says where and why
     */
    public static MarketServer open(
            InetSocketAddress address,
            Index index,
            Supplier<Optional<String>> trouble,
            InstantSource time)
            throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("market");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("market-"));
        Server jetty = new Server(threads);
        Visitors<EndPoint> visitors = new Visitors<>(System::nanoTime);
        ServerConnector connector =
                new MarketConnector(jetty, new HttpConnectionFactory(http()), visitors);
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(IDLE.toMillis());
        jetty.addConnector(connector);
        connector.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        MarketHandler handler = new MarketHandler(index, trouble, time, System::nanoTime, visitors);
        jetty.setHandler(handler);
        jetty.setErrorHandler(MarketHandler::malformed);
        jetty.setStopTimeout(0);
        MarketServer server = new MarketServer(jetty, connector, handler);
        try {
            jetty.start();
            return server;
        } catch (Exception e) {
            server.close();
            throw new IOException(
                    "the market can't be told at %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEADERS);
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setHttpCompliance(HttpCompliance.RFC9110);
        return http;
    }

    /** Where it listens, with the real port. */
    public InetSocketAddress address() {
        return new InetSocketAddress(connector.getHost(), connector.getLocalPort());
    }

    /** The same for a browser. */
    public String url() {
        String host = connector.getHost();
        return "http://"
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + connector.getLocalPort()
                + "/";
    }

    /** How many requests were answered, without those that were refused. */
    public long answered() {
        return handler.answered();
    }

    public long refused() {
        return handler.refused();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the market's listener could not be stopped", e);
        }
    }
}
