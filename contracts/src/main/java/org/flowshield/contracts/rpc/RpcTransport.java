package org.flowshield.contracts.rpc;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Carries requests to RPCs over HTTP. Safe for use by any thread; waits, at most as long as the
 * limits say.
 */
public interface RpcTransport extends AutoCloseable {

    /** What a server answered. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, compared by nobody
    record Answer(int status, byte[] body) {}

    /**
     * Posts a JSON body.
     *
     * @throws java.net.ConnectException if there is no connection
     * @throws java.net.SocketTimeoutException if there is no whole answer in time
     * @throws AnswerTooLargeException if there is more of it than the limits allow
     * @throws IOException if the connection broke; the server may have seen the request
     */
    Answer post(URI rpc, String json, RpcLimits limits) throws IOException, InterruptedException;

    /**
     * What a URL with a name and a password in it has servers told (RFC 7617): one that has a name
     * alone, as keys are given, with a password of nothing.
     */
    static Optional<String> authorization(URI rpc) {
        return Optional.ofNullable(rpc.getUserInfo())
                .filter(told -> !told.isEmpty())
                .map(told -> told.indexOf(':') < 0 ? told + ":" : told)
                .map(
                        told ->
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        told.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Traffic takes another way from now on. What is asked on the way before is asked anew at once,
     * unless it hands in a transaction. Does not wait. Nothing to do for a transport whose way
     * never changes.
     */
    default void wayChanged() {}

    /** Ends the connections; whoever waits for an answer gets an exception. */
    @Override
    void close();

    /** An answer is longer than any to us is. */
    final class AnswerTooLargeException extends IOException {
        public AnswerTooLargeException(String message) {
            super(message);
        }
    }
}
