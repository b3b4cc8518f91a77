package org.flowshield.contracts.rpc;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.chain.RpcException.Kind;
import org.jspecify.annotations.Nullable;

/** One RPC, asked over HTTP within limits. Safe for use by any thread. */
final class Endpoint {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI uri;
    private final HttpClient http;
    private final RpcLimits limits;

    Endpoint(URI uri, HttpClient http, RpcLimits limits) {
        this.uri = uri;
        this.http = http;
        this.limits = limits;
    }

    /** The answer's bytes. All requests of ours may be made twice, so that one is tried again. */
    byte[] post(String payload) throws RpcException {
        HttpResponse<byte[]> response;
        try {
            response = exchange(payload);
        } catch (IOException e) {
            response = again(payload, e);
        }
        if (response.statusCode() == TOO_MANY_REQUESTS) {
            throw new RpcException(
                    Kind.LIMITED, this + " is asked too much of (HTTP 429); it may answer later");
        }
        // Some servers answer with an error of JSON-RPC and of HTTP at once.
        if (response.statusCode() != OK && !looksLikeJson(response.body())) {
            throw new RpcException(
                    Kind.UNREACHABLE,
                    this + " does not serve us (HTTP " + response.statusCode() + ")");
        }
        return response.body();
    }

    /** A connection that lay idle may have been closed by the other side just now. */
    private HttpResponse<byte[]> again(String payload, IOException first) throws RpcException {
        if (first instanceof RpcException e) {
            throw e;
        }
        if (first instanceof ConnectException) {
            throw unreachable(first);
        }
        try {
            return exchange(payload);
        } catch (RpcException e) {
            throw e;
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private HttpResponse<byte[]> exchange(String payload) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(limits.answer())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(payload, StandardCharsets.UTF_8))
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request,
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofByteArray(), limits.maxAnswerBytes()));
        try {
            // The request's own timeout ends with the head of the answer, this one with its body.
            return answer.get(limits.answer().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw timeout(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(Kind.TIMEOUT, "interrupted while asking " + this, e);
        } catch (ExecutionException e) {
            throw cause(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private IOException cause(@Nullable Throwable cause) throws RpcException {
        return switch (cause) {
            case HttpTimeoutException e -> throw timeout(e);
            case IOException e when e.getMessage() != null && e.getMessage().contains("capacity") ->
                    throw new RpcException(
                            Kind.MALFORMED,
                            this
                                    + " answers with more than "
                                    + limits.maxAnswerBytes()
                                    + " bytes, which no answer to us has",
                            e);
            case IOException e -> e;
            case null, default -> new IOException("asking " + this + " failed", cause);
        };
    }

    private RpcException timeout(Exception e) {
        return new RpcException(
                Kind.TIMEOUT,
                this + " did not answer within " + limits.answer().toMillis() + " ms",
                e);
    }

    private RpcException unreachable(IOException e) {
        String why = e.getMessage() == null ? "" : ": " + e.getMessage();
        return new RpcException(Kind.UNREACHABLE, this + " can't be reached" + why, e);
    }

    private static boolean looksLikeJson(byte[] body) {
        return body.length > 0 && body[0] == '{';
    }

    /** Without path and query, which may hold a key that is paid for. */
    @Override
    public String toString() {
        int port = uri.getPort();
        return "the RPC " + uri.getScheme() + "://" + uri.getHost() + (port < 0 ? "" : ":" + port);
    }
}
