package org.flowshield.contracts.rpc;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.chain.RpcException.Kind;
import org.flowshield.contracts.rpc.RpcTransport.Answer;

/** One RPC, asked over HTTP within limits. Safe for use by any thread. */
final class Endpoint {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;

    private final URI uri;
    private final RpcTransport transport;
    private final RpcLimits limits;

    Endpoint(URI uri, RpcTransport transport, RpcLimits limits) {
        this.uri = uri;
        this.transport = transport;
        this.limits = limits;
    }

    /** The answer's bytes. All requests of ours may be made twice, so that one is tried again. */
    byte[] post(String payload) throws RpcException {
        Answer response;
        try {
            response = exchange(payload);
        } catch (IOException e) {
            response = again(payload, e);
        }
        if (response.status() == TOO_MANY_REQUESTS) {
            throw new RpcException(
                    Kind.LIMITED, this + " is asked too much of (HTTP 429); it may answer later");
        }
        // Some servers answer with an error of JSON-RPC and of HTTP at once.
        if (response.status() != OK && !looksLikeJson(response.body())) {
            throw new RpcException(
                    Kind.UNREACHABLE, this + " does not serve us (HTTP " + response.status() + ")");
        }
        return response.body();
    }

    /** A connection that lay idle may have been closed by the other side just now. */
    private Answer again(String payload, IOException first) throws RpcException {
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

    private Answer exchange(String payload) throws IOException {
        try {
            return transport.post(uri, payload, limits);
        } catch (SocketTimeoutException e) {
            throw new RpcException(
                    Kind.TIMEOUT,
                    this + " did not answer within " + limits.answer().toMillis() + " ms",
                    e);
        } catch (RpcTransport.AnswerTooLargeException e) {
            throw new RpcException(
                    Kind.MALFORMED,
                    this
                            + " answers with more than "
                            + limits.maxAnswerBytes()
                            + " bytes, which no answer to us has",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(Kind.TIMEOUT, "interrupted while asking " + this, e);
        }
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
