package org.flowshield.node.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.http.Operations.Input;
import org.flowshield.node.api.http.Operations.Route;
import org.flowshield.node.api.json.ApiJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests: who asks, what for, with which body, in that order. Each request runs on a
 * virtual thread of its own and may block.
 */
final class ApiHandler extends Handler.Abstract {

    /** Ten times the longest request that makes sense. */
    static final int MAX_BODY = 16 * 1024;

    /** Actions wait for each other in the node; more than these are a runaway script. */
    static final int MAX_ACTIONS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

    private final Operations operations;
    private final StatusFeed feed;
    private final Connections connections;
    private final AccessPolicy access;
    private final Semaphore actions = new Semaphore(MAX_ACTIONS);
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    ApiHandler(
            Operations operations, StatusFeed feed, Connections connections, AccessPolicy access) {
        this.operations = operations;
        this.feed = feed;
        this.connections = connections;
        this.access = access;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        Thread self = Thread.currentThread();
        running.add(self);
        try {
            if (closing) {
                write(response, Answer.stopping());
            } else if (!connections.isAllowed(endPoint)) {
                write(response, Answer.notAllowed(access));
            } else {
                serve(request, response, endPoint);
            }
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e); // the peer went away: nobody is left to be told
        } finally {
            running.remove(self);
            connections.waiting(endPoint);
        }
        return true;
    }

    /** Begins no further request, and interrupts those that wait. */
    void interruptAll() {
        closing = true;
        running.forEach(Thread::interrupt);
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    private void serve(Request request, Response response, EndPoint endPoint) throws IOException {
        String path = String.valueOf(request.getHttpURI().getCanonicalPath());
        String method = request.getMethod();
        boolean events = path.equals(Operations.EVENTS);
        Set<String> allowed = events ? Set.of(Operations.GET) : operations.methods(path);
        if (allowed.isEmpty()) {
            write(response, Answer.notFound(path));
            return;
        }
        if (!allowed.contains(method)) {
            write(response, Answer.wrongMethod(path, String.join(", ", allowed)));
            return;
        }
        Route route = operations.route(path, method);
        byte[] body;
        try {
            if (request.getLength() > MAX_BODY) {
                write(response, Answer.tooLarge(MAX_BODY));
                return;
            }
            body = Content.Source.asInputStream(request).readNBytes(MAX_BODY + 1);
        } catch (IOException e) {
            write(
                    response,
                    e.getCause() instanceof TimeoutException
                            ? Answer.tooSlow()
                            : Answer.malformed(HttpStatus.BAD_REQUEST_400));
            return;
        }
        if (body.length > MAX_BODY) {
            write(response, Answer.tooLarge(MAX_BODY));
            return;
        }
        connections.busy(endPoint);
        request.addIdleTimeoutListener(_ -> false); // an action may take longer than a pause may
        if (route == null) {
            stream(response);
        } else {
            String query = request.getHttpURI().getQuery();
            write(response, answer(route, new Input(body, query == null ? "" : query)));
        }
    }

    private Answer answer(Route route, Input input) {
        if (!route.isAction()) {
            return apply(route, input);
        }
        if (!actions.tryAcquire()) {
            return Answer.busy(MAX_ACTIONS + " actions are under way, which is the limit");
        }
        try {
            return apply(route, input);
        } finally {
            actions.release();
        }
    }

    private static Answer apply(Route route, Input input) {
        try {
            return Answer.ok(route.operation().apply(input));
        } catch (RefusedException e) {
            return Answer.refused(e);
        } catch (InterruptedException e) {
            return Answer.stopping();
        } catch (RuntimeException e) {
            LOG.error("a request failed for a reason that nobody expected", e);
            return Answer.internal();
        }
    }

    private void stream(Response response) throws IOException {
        StatusFeed.Watch watch = feed.open();
        if (watch == null) {
            write(
                    response,
                    Answer.busy(StatusFeed.MAX_WATCHERS + " watch already, which is the limit"));
            return;
        }
        try (watch) {
            if (!new EventWriter(response).run(watch)) {
                write(response, closing ? Answer.stopping() : Answer.internal());
            }
        } catch (InterruptedException e) {
            LOG.debug("a watcher is cut off: the daemon stops");
        }
    }

    static void write(Response response, Answer answer) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ApiJson.strict().writeValue(json, answer.body());
        json.write('\n');
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, json.size());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        answer.headers().forEach(response.getHeaders()::put);
        Content.Sink.write(response, true, ByteBuffer.wrap(json.toByteArray()));
    }

    /** What Jetty refused, in our words. */
    static boolean malformed(Request request, Response response, Callback callback) {
        try {
            write(response, Answer.malformed(response.getStatus()));
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        }
        return true;
    }
}
