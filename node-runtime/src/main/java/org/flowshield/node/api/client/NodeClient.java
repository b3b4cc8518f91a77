package org.flowshield.node.api.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.client.NoDaemonException.Reason;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.json.ErrorBody;
import org.flowshield.node.api.json.IdentityBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Steers the daemon behind a socket. Opens its connections when they are needed, so that it may be
 * made before the daemon runs and outlives its restarts. Safe for use by any thread; every method
 * blocks until the daemon has answered.
 */
public final class NodeClient implements AutoCloseable {

    /** Where a daemon serves unless its configuration says otherwise. */
    public static final Path DEFAULT_SOCKET = Path.of("/run/flowshield/api.sock");

    /** Names another one in the environment of who asks. */
    public static final String SOCKET_VARIABLE = "FLOWSHIELD_SOCKET";

    /**
     * What only reads is answered in milliseconds by a daemon that is well; on a machine with forty
     * runnable processes, twelve seconds were seen.
     */
    private static final Duration READ_WITHIN = Duration.ofSeconds(30);

    /** Actions have time limits of their own in the daemon; this only bounds a broken one. */
    private static final Duration ACT_WITHIN = Duration.ofMinutes(5);

    /** A daemon that lives says something in its streams every five seconds. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int MAX_ANSWER = EventStream.MAX_LINE;

    /** One selects, the others do what Jetty has to do beside. */
    private static final int THREADS = 6;

    private static final String SETTINGS = "/v1/client/settings";

    private final Path socket;
    private final HttpClient http;

    public NodeClient(Path socket) {
        this.socket = socket.toAbsolutePath();
        this.http = http();
    }

    /**
     * Where this machine's daemon is asked unless somebody says otherwise.
     *
     * @param environment of this process
     */
    public static Path usualSocket(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(SOCKET_VARIABLE))
                .filter(chosen -> !chosen.isEmpty())
                .map(Path::of)
                .orElse(DEFAULT_SOCKET);
    }

    public NodeStatus status() throws NoDaemonException, RefusedException, InterruptedException {
        return get("/v1/status", NodeStatus.class);
    }

    /** The peer id of the node's key. */
    public String peerId() throws NoDaemonException, RefusedException, InterruptedException {
        return get("/v1/identity", IdentityBody.class).peerId();
    }

    /** See {@link org.flowshield.node.api.Node#connect}. */
    public ClientStatus connect(ConnectRequest request)
            throws NoDaemonException, RefusedException, InterruptedException {
        return post("/v1/connect", request, ClientStatus.class);
    }

    /** See {@link org.flowshield.node.api.Node#disconnect}. */
    public ClientStatus disconnect()
            throws NoDaemonException, RefusedException, InterruptedException {
        return post("/v1/disconnect", null, ClientStatus.class);
    }

    /** See {@link org.flowshield.node.api.Node#enable}. */
    public RoleStatus enable(RoleName role)
            throws NoDaemonException, RefusedException, InterruptedException {
        return post("/v1/roles/" + role.label() + "/enable", null, RoleStatus.class);
    }

    /** See {@link org.flowshield.node.api.Node#disable}. */
    public RoleStatus disable(RoleName role)
            throws NoDaemonException, RefusedException, InterruptedException {
        return post("/v1/roles/" + role.label() + "/disable", null, RoleStatus.class);
    }

    /** See {@link org.flowshield.node.api.Node#clientSettings}. */
    public ClientSettings clientSettings()
            throws NoDaemonException, RefusedException, InterruptedException {
        return get(SETTINGS, ClientSettings.class);
    }

    /** See {@link org.flowshield.node.api.Node#change}. */
    public ClientSettings change(ClientSettingsChange change)
            throws NoDaemonException, RefusedException, InterruptedException {
        return put(SETTINGS, change, ClientSettings.class);
    }

    /** What it does with money. */
    public NodePayments payments() {
        return new NodePayments(this);
    }

    /** Where it finds providers. */
    public NodeMarket market() {
        return new NodeMarket(this);
    }

    /** Who it is. */
    public NodeIdentities identity() {
        return new NodeIdentities(this);
    }

    /** What it sells for. */
    public NodeSelling selling() {
        return new NodeSelling(this);
    }

    /** By which ways it gets to its chain and to its peers. */
    public NodeNetwork network() {
        return new NodeNetwork(this);
    }

    /** In which hours it sells. */
    public NodeSchedule schedule() {
        return new NodeSchedule(this);
    }

    /** What it has written to its log. */
    public NodeLogs logs() {
        return new NodeLogs(this);
    }

    /** Begins to watch; close the stream to end that. */
    public EventStream events() throws NoDaemonException, RefusedException, InterruptedException {
        InputStreamResponseListener listener = new InputStreamResponseListener();
        Request request =
                request(HttpMethod.GET, "/v1/events")
                        .idleTimeout(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
        request.send(listener);
        try {
            Response response = listener.get(READ_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (response.getStatus() == HttpStatus.OK_200) {
                return new EventStream(
                        socket,
                        listener.getInputStream(),
                        () -> request.abort(new IOException("no longer watched")));
            }
            throw refused(response.getStatus(), listener.getInputStream().readNBytes(MAX_ANSWER));
        } catch (TimeoutException | IOException e) {
            request.abort(e);
            throw new NoDaemonException(socket, Reason.SILENT, e);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        }
    }

    @Override
    public void close() {
        try {
            http.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the connections to the daemon could not be closed", e);
        }
    }

    <T> T get(String path, Class<T> type)
            throws NoDaemonException, RefusedException, InterruptedException {
        return exchange(request(HttpMethod.GET, path), READ_WITHIN, type);
    }

    <T> T post(String path, @Nullable Object body, Class<T> type)
            throws NoDaemonException, RefusedException, InterruptedException {
        return act(HttpMethod.POST, path, body, type);
    }

    <T> T put(String path, Object body, Class<T> type)
            throws NoDaemonException, RefusedException, InterruptedException {
        return act(HttpMethod.PUT, path, body, type);
    }

    private <T> T act(HttpMethod method, String path, @Nullable Object body, Class<T> type)
            throws NoDaemonException, RefusedException, InterruptedException {
        Request request = request(method, path);
        if (body != null) {
            request.body(
                    new BytesRequestContent(
                            "application/json", ApiJson.strict().writeValueAsBytes(body)));
        }
        return exchange(request, ACT_WITHIN, type);
    }

    private Request request(HttpMethod method, String path) {
        return http.newRequest("http://localhost" + path)
                .method(method)
                .transport(new Transport.TCPUnix(socket));
    }

    private <T> T exchange(Request request, Duration within, Class<T> type)
            throws NoDaemonException, RefusedException, InterruptedException {
        try {
            ContentResponse answer =
                    new CompletableResponseListener(
                                    request.timeout(within.toMillis(), TimeUnit.MILLISECONDS)
                                            .idleTimeout(within.toMillis(), TimeUnit.MILLISECONDS),
                                    MAX_ANSWER)
                            .send()
                            .get();
            if (answer.getStatus() != HttpStatus.OK_200) {
                throw refused(answer.getStatus(), answer.getContent());
            }
            return ApiJson.lenient().readValue(answer.getContent(), type);
        } catch (ExecutionException e) {
            throw unreachable(e.getCause() == null ? e : e.getCause());
        } catch (JacksonException e) {
            throw unknownAnswer("an answer that this program can't read", e);
        }
    }

    private static RefusedException refused(int status, byte[] body) {
        Kind kind =
                switch (status) {
                    case HttpStatus.FORBIDDEN_403 -> Kind.PERMISSION;
                    case HttpStatus.CONFLICT_409, HttpStatus.SERVICE_UNAVAILABLE_503 ->
                            Kind.REFUSED;
                    default -> HttpStatus.isClientError(status) ? Kind.INVALID : Kind.FAILED;
                };
        try {
            return new RefusedException(
                    kind, ApiJson.lenient().readValue(body, ErrorBody.class).error());
        } catch (JacksonException | NullPointerException e) {
            return unknownAnswer("HTTP status " + status + " and no reason", e);
        }
    }

    private static RefusedException unknownAnswer(String answer, Throwable cause) {
        return new RefusedException(
                Kind.FAILED,
                new Problem(
                        "unknown_answer",
                        "the daemon gave " + answer + ": it is another program, or another version",
                        "use the flowshield that the daemon was started with"),
                cause);
    }

    /** Looks at the socket to tell why: messages of the system may be in any language. */
    private NoDaemonException unreachable(Throwable cause) throws RefusedException {
        if (cause instanceof TimeoutException) {
            return new NoDaemonException(socket, Reason.SILENT, cause);
        }
        try {
            BasicFileAttributes _ =
                    Files.readAttributes(
                            socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return new NoDaemonException(socket, Reason.MISSING, cause);
        } catch (AccessDeniedException e) {
            throw noRight(cause);
        } catch (IOException e) {
            return new NoDaemonException(socket, Reason.SILENT, cause);
        }
        if (!Files.isWritable(socket)) {
            throw noRight(cause);
        }
        return new NoDaemonException(
                socket,
                cause instanceof java.net.ConnectException ? Reason.DEAD : Reason.SILENT,
                cause);
    }

    private RefusedException noRight(Throwable cause) {
        return new RefusedException(
                Kind.PERMISSION,
                new Problem(
                        "not_allowed",
                        "this user may not reach the socket " + socket,
                        "run it with sudo, or as the owner of the daemon's data directory"),
                cause);
    }

    private static HttpClient http() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("api-client");
        threads.setDaemon(true);
        ClientConnector connector = new UnencryptedConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        HttpClient http = new HttpClient(new HttpClientTransportOverHTTP(connector));
        http.setExecutor(threads);
        http.setFollowRedirects(false);
        http.setUserAgentField(null);
        try {
            http.start();
        } catch (Exception e) {
            throw new IllegalStateException("the connections to the daemon can't be opened", e);
        }
        return http;
    }

    /**
     * Prepares no TLS, which nobody speaks over a socket of this machine: Java would look through
     * all security providers for it, which takes half a second.
     */
    private static final class UnencryptedConnector extends ClientConnector {
        @Override
        protected SslContextFactory.Client newSslContextFactory() {
            return new SslContextFactory.Client() {
                @Override
                protected void doStart() {
                    // never used
                }
            };
        }
    }
}
