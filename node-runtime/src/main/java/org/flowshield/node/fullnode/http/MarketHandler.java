package org.flowshield.node.fullnode.http;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.json.ErrorBody;
import org.flowshield.node.directory.TokenBuckets;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.fullnode.index.Listed;
import org.flowshield.node.fullnode.index.MalformedCursorException;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.listing.MalformedListingException;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.market.matching.Query;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests about the market. Each runs on a virtual thread of its own and may block. */
final class MarketHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(MarketHandler.class);

    private static final String PROVIDERS = "/v1/providers";
    private static final String NETWORK = "/v1/network";
    private static final String HEALTH = "/health";
    private static final String JSON = "application/json";

    /** The page asks twice each ten seconds; a person clicks. A household shares an address. */
    static final double REQUESTS = 10;

    static final double REQUESTS_AT_ONCE = 60;

    private static final int MOST_ADDRESSES = 10_000;

    private static final int AT_A_TIME = 2 * Runtime.getRuntime().availableProcessors();
    private static final Duration TURN_WITHIN = Duration.ofSeconds(2);

    /** Listings that were read before: reading one checks two signatures. */
    private static final int MOST_READ = 4_096;

    /** Nothing of another origin is loaded, run, shown or framed. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    /** Something is wrong with a request. */
    private static final class WrongException extends Exception {
        private final int status;
        private final Problem problem;

        WrongException(int status, String code, String message, String action) {
            super(message);
            this.status = status;
            this.problem = new Problem(code, message, action);
        }
    }

    /** Some providers. */
    record ProvidersBody(List<ProviderBody> providers, @Nullable String next) {}

    /** Whether the market is told. */
    record HealthBody(String status, @Nullable String trouble) {}

    private final Index index;
    private final Supplier<Optional<String>> trouble;
    private final InstantSource time;
    private final TokenBuckets<ByteString> rates;
    private final Visitors<EndPoint> visitors;
    private final Semaphore turns = new Semaphore(AT_A_TIME, true);
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** By their bytes. */
    private final Map<ByteString, SignedListing> read =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<ByteString, SignedListing> eldest) {
                            return size() > MOST_READ;
                        }
                    });

    MarketHandler(
            Index index,
            Supplier<Optional<String>> trouble,
            InstantSource time,
            LongSupplier nanoTime,
            Visitors<EndPoint> visitors) {
        this.index = index;
        this.visitors = visitors;
        this.trouble = trouble;
        this.time = time;
        this.rates = new TokenBuckets<>(REQUESTS_AT_ONCE, REQUESTS, MOST_ADDRESSES, nanoTime);
    }

    long answered() {
        return answered.get();
    }

    long refused() {
        return refused.get();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        boolean head = request.getMethod().equals("HEAD");
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        visitors.busy(endPoint);
        try {
            try {
                serve(request, response, head);
                answered.incrementAndGet();
            } catch (WrongException e) {
                refused.incrementAndGet();
                if (e.status == HttpStatus.TOO_MANY_REQUESTS_429) {
                    response.getHeaders().put(HttpHeader.RETRY_AFTER, "5");
                }
                json(response, e.status, new ErrorBody(e.problem), head);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the listener closes
                json(
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE_503,
                        new ErrorBody(
                                new Problem(
                                        "stopping", "this fullnode is stopping", "ask another")),
                        head);
            } catch (RuntimeException e) {
                LOG.error("a request failed for a reason that nobody expected", e);
                json(
                        response,
                        HttpStatus.INTERNAL_SERVER_ERROR_500,
                        new ErrorBody(
                                new Problem(
                                        "internal",
                                        "this fullnode failed unexpectedly",
                                        "its log says where")),
                        head);
            }
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e); // the peer went away: nobody is left to be told
        } finally {
            visitors.waiting(endPoint);
        }
        return true;
    }

    private void serve(Request request, Response response, boolean head)
            throws IOException, WrongException, InterruptedException {
        if (!rates.take(Visitors.place(request.getConnectionMetaData().getRemoteSocketAddress()))) {
            throw new WrongException(
                    HttpStatus.TOO_MANY_REQUESTS_429,
                    "too_many_requests",
                    "too many requests from this address",
                    "try again in a few seconds");
        }
        if (!head && !request.getMethod().equals("GET")) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            throw new WrongException(
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    "method_not_allowed",
                    "the market is only read here",
                    "use GET");
        }
        String path = String.valueOf(request.getHttpURI().getCanonicalPath());
        Page page = Page.at(path);
        if (page != null) {
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
            write(response, HttpStatus.OK_200, page.type(), page.bytes(), head);
        } else if (path.equals(HEALTH)) {
            Optional<String> why = trouble.get();
            json(
                    response,
                    why.isEmpty() ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503,
                    new HealthBody(why.isEmpty() ? "ok" : "unavailable", why.orElse(null)),
                    head);
        } else if (path.equals(NETWORK)) {
            requireServing();
            json(response, HttpStatus.OK_200, NetworkBody.of(index.summary()), head);
        } else if (path.equals(PROVIDERS)) {
            requireServing();
            String query = request.getHttpURI().getQuery();
            json(response, HttpStatus.OK_200, providers(query == null ? "" : query), head);
        } else if (path.startsWith(PROVIDERS + "/")) {
            requireServing();
            json(
                    response,
                    HttpStatus.OK_200,
                    provider(path.substring(PROVIDERS.length() + 1)),
                    head);
        } else {
            throw new WrongException(
                    HttpStatus.NOT_FOUND_404,
                    "not_found",
                    "there is nothing at this path",
                    "see /openapi.yaml for what there is");
        }
    }

    private void requireServing() throws WrongException {
        Optional<String> why = trouble.get();
        if (why.isPresent()) {
            throw new WrongException(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "unavailable",
                    "this fullnode serves nothing now: " + why.orElseThrow(),
                    "ask another");
        }
    }

    private ProvidersBody providers(String raw)
            throws WrongException, IOException, InterruptedException {
        Query query;
        try {
            query = Parameters.query(raw);
        } catch (Parameters.WrongException e) {
            throw wrong(e);
        }
        Instant now = time.instant();
        begin();
        try {
            Index.Found found = index.search(query, now);
            List<ProviderBody> providers = new ArrayList<>();
            for (Listed listed : found.listed()) {
                providers.add(ProviderBody.of(read(listed), listed, now));
            }
            return new ProvidersBody(providers, found.next().orElse(null));
        } catch (MalformedCursorException e) {
            throw wrong(e);
        } finally {
            turns.release();
        }
    }

    private ProviderBody provider(String name)
            throws WrongException, IOException, InterruptedException {
        NodeKey node;
        try {
            node =
                    NodeKey.of(PeerId.parse(name))
                            .orElseThrow(() -> unknown("no provider has a key of this kind"));
        } catch (MalformedPeerIdException e) {
            throw wrong(e);
        }
        Instant now = time.instant();
        begin();
        try {
            Listed listed =
                    index.get(node, now).orElseThrow(() -> unknown("it is not listed here"));
            return ProviderBody.of(read(listed), listed, now);
        } finally {
            turns.release();
        }
    }

    private void begin() throws WrongException, InterruptedException {
        if (!turns.tryAcquire(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new WrongException(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "busy",
                    "too many ask at a time",
                    "try again in a moment");
        }
    }

    private static WrongException wrong(Exception cause) {
        return new WrongException(
                HttpStatus.BAD_REQUEST_400,
                "malformed",
                String.valueOf(cause.getMessage()),
                "see /openapi.yaml for what is taken");
    }

    private static WrongException unknown(String message) {
        return new WrongException(
                HttpStatus.NOT_FOUND_404,
                "unknown_provider",
                message,
                "see /v1/providers for those that are");
    }

    private SignedListing read(Listed listed) throws IOException {
        SignedListing known = read.get(listed.listing());
        if (known == null) {
            try {
                known = SignedListing.open(listed.listing().toByteArray());
            } catch (MalformedListingException e) {
                throw new IOException("the index is damaged: " + e.getMessage(), e);
            }
            read.put(listed.listing(), known);
        }
        return known;
    }

    /** An address of IPv4, or what everybody has at least of IPv6. */
    private static void json(Response response, int status, Object body, boolean head)
            throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ApiJson.strict().writeValue(json, body);
        json.write('\n');
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        write(response, status, JSON, json.toByteArray(), head);
    }

    private static void write(Response response, int status, String type, byte[] body, boolean head)
            throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.getHeaders().put("Content-Security-Policy", POLICY);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
        response.getHeaders().put("Cross-Origin-Opener-Policy", "same-origin");
        Content.Sink.write(response, true, ByteBuffer.wrap(head ? new byte[0] : body));
    }

    /** What Jetty refused, in our words. */
    static boolean malformed(Request request, Response response, Callback callback) {
        try {
            json(
                    response,
                    response.getStatus(),
                    new ErrorBody(
                            new Problem(
                                    "malformed",
                                    "this is no request that HTTP allows here",
                                    "see /openapi.yaml for what is taken")),
                    false);
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
        return true;
    }
}
