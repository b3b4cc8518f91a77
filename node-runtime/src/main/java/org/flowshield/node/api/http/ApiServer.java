package org.flowshield.node.api.http;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.flowshield.node.api.Node;

/**
 * Serves the local API of a node on a Unix domain socket, from {@link #start} to {@link #close}.
 * One platform thread accepts, one selects, requests run on virtual threads. Safe for use by any
 * thread.
 */
public final class ApiServer implements AutoCloseable {

    /** A connection that says nothing for so long is closed, also in the middle of a request. */
    static final Duration IDLE = Duration.ofSeconds(30);

    /** A request line and a handful of headers. */
    static final int MAX_HEADERS = 8 * 1024;

    /** What one burst of connections may queue in the kernel. */
    private static final int BACKLOG = 128;

    /** Acceptor, selector, and room for what Jetty does beside them. */
    private static final int MAX_THREADS = 8;

    /** Requests that were interrupted have so long to say so. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final SocketFile socket;
    private final StatusFeed feed;
    private final ApiHandler handler;
    private final Server server;

    private ApiServer(Node node, SocketFile socket, AccessPolicy access, Duration idle) {
        this.socket = socket;
        this.feed = new StatusFeed(node);
        Connections connections = new Connections(access, System::nanoTime);
        this.handler = new ApiHandler(new Operations(node), feed, connections, access);
        this.server = server(connections, idle);
    }

    /**
     * Starts to serve; the socket of a daemon that died is replaced.
     *
     * @throws SocketInUseException if a daemon that lives serves it
     * @throws IOException if the socket can't be made there
     */
    public static ApiServer start(Node node, Path socket, AccessPolicy access) throws IOException {
        return start(node, socket, access, IDLE);
    }

    /** The same with another patience. */
    static ApiServer start(Node node, Path socket, AccessPolicy access, Duration idle)
            throws IOException {
        SocketFile place = SocketFile.claim(socket);
        ApiServer api = new ApiServer(node, place, access, idle);
        try {
            api.server.start();
            place.open();
            return api;
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e;
        } catch (Exception e) {
            api.close();
            throw new IOException("the API could not be started on " + place.path(), e);
        }
    }

    /** Where it is served. */
    public Path socket() {
        return socket.path();
    }

    /** Interrupts what is under way, ends all streams and removes the socket. Idempotent. */
    @Override
    public void close() throws IOException {
        feed.close();
        handler.interruptAll();
        awaitIdle();
        try (socket) {
            server.stop();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the API could not be stopped cleanly", e);
        }
    }

    private void awaitIdle() {
        long until = System.nanoTime() + GRACE.toNanos();
        try {
            while (!handler.isIdle() && System.nanoTime() - until < 0) {
                Thread.sleep(Duration.ofMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Server server(Connections connections, Duration idle) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("api");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(VirtualThreads.getNamedVirtualThreadsExecutor("api-"));
        Server jetty = new Server(threads);
        PeerConnector connector =
                new PeerConnector(jetty, new HttpConnectionFactory(http()), connections);
        connector.setUnixDomainPath(socket.path());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(idle.toMillis());
        connector.setShutdownIdleTimeout(GRACE.toMillis());
        jetty.addConnector(connector);
        jetty.setHandler(handler);
        jetty.setErrorHandler(ApiHandler::malformed);
        jetty.setStopTimeout(0);
        return jetty;
    }

    private static HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(MAX_HEADERS);
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        http.setHttpCompliance(HttpCompliance.RFC9110);
        return http;
    }
}
