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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** By the JDK's HTTP client, over whatever way the system has. */
final class JdkTransport implements RpcTransport {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    /**
     * @param connect the longest that a connection may take
     */
    JdkTransport(Duration connect) {
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(connect)
                        .executor(threads)
                        .build();
    }

    @Override
    public Answer post(URI rpc, String json, RpcLimits limits)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(rpc)
                        .timeout(limits.answer())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8))
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), limits.maxAnswerBytes()));
        try {
            // The request's own timeout ends with the head of the answer, this one with its body.
            HttpResponse<byte[]> response =
                    answer.get(limits.answer().toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw timeout(e);
        } catch (ExecutionException e) {
            throw cause(e.getCause());
        } finally {
            answer.cancel(true);
        }
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
        http.shutdownNow();
        threads.shutdownNow();
    }
}
