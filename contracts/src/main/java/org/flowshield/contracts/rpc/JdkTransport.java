package org.flowshield.contracts.rpc;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By the JDK's HTTP client, over whatever way the system has. When that has changed, a connection
 * that was made before leads nowhere, and nobody says so: what is asked on it would wait in vain.
 * Then it is asked anew on a new one, within the same time.
 */
final class JdkTransport implements RpcTransport {

    private static final Logger LOG = LoggerFactory.getLogger(JdkTransport.class);

    /**
     * A transaction is not handed in twice: who hands it in could not tell that it is known already
     * from a refusal. What became of it is asked for later.
     */
    private static final String HANDS_IN = "\"eth_sendRawTransaction\"";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration connect;

    /**
     * Connections of one way.
     *
     * @param asked gives up what waits for an answer, and may be asked again
     */
    private record Way(HttpClient http, Set<Runnable> asked) {}

    /** Changed under this object's lock. */
    private volatile Way way;

    /**
     * @param connect the longest that a connection may take
     */
    JdkTransport(Duration connect) {
        this.connect = connect;
        this.way = open(connect, threads);
    }

    private static Way open(Duration connect, ExecutorService threads) {
        return new Way(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(connect)
                        .executor(threads)
                        .build(),
                ConcurrentHashMap.newKeySet());
    }

    @Override
    public Answer post(URI rpc, String json, RpcLimits limits)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(rpc)
                        .timeout(limits.answer())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
        RpcTransport.authorization(rpc).ifPresent(told -> builder.header("Authorization", told));
        HttpRequest request = builder.build();
        boolean again = !json.contains(HANDS_IN);
        long until = System.nanoTime() + limits.answer().toNanos();
        while (true) {
            Way now = way;
            try {
                return ask(now, request, again, limits, until);
            } catch (CancellationException e) {
                LOG.debug("the way has changed: {} is asked anew", rpc.getHost());
            } catch (IOException e) {
                if (!again || now.equals(way)) {
                    throw e;
                }
            }
        }
    }

    /**
     * @throws CancellationException if the way has changed
     */
    private Answer ask(Way now, HttpRequest request, boolean again, RpcLimits limits, long until)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                now.http()
                        .sendAsync(
                                request,
                                HttpResponse.BodyHandlers.limiting(
                                        HttpResponse.BodyHandlers.ofByteArray(),
                                        limits.maxAnswerBytes()));
        Runnable giveUp = () -> answer.cancel(true);
        try {
            if (again) {
                now.asked().add(giveUp);
                if (!now.equals(way)) {
                    giveUp.run(); // it has changed just now
                }
            }
            // The request's own timeout ends with the head of the answer, this one with its body.
            HttpResponse<byte[]> response =
                    answer.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw timeout(e);
        } catch (ExecutionException e) {
            throw cause(e.getCause());
        } finally {
            now.asked().remove(giveUp);
            giveUp.run();
        }
    }

    /** What hands in a transaction keeps its connection, for as long as it takes. */
    @Override
    public synchronized void wayChanged() {
        Way before = way;
        way = open(connect, threads);
        before.http().shutdown();
        before.asked().forEach(Runnable::run);
    }

    private static IOException cause(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException e -> timeout(e);
            case IOException e
                    when e.getMessage() != null && e.getMessage().contains("capacity") -> {
                AnswerTooLargeException large = new AnswerTooLargeException(e.getMessage());
                large.initCause(e);
                yield large;
            }
            case IOException e -> e;
            case null, default -> new IOException("asking failed", cause);
        };
    }

    private static SocketTimeoutException timeout(Exception e) {
        SocketTimeoutException timeout = new SocketTimeoutException(e.getMessage());
        timeout.initCause(e);
        return timeout;
    }

    @Override
    public void close() {
        way.http().shutdownNow();
        threads.shutdownNow();
    }
}
