package org.flowshield.node.api.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.json.Section;

/**
 * Writes one stream of server-sent events: the whole status, then each section that changed. Runs
 * on the virtual thread of its request until the watcher or the daemon goes away. A watcher that
 * reads slowly blocks this thread and misses what lies between; one that stops reading is cut off
 * by the idle time-out of its connection.
 */
final class EventWriter {

    /** Shows a watcher that the daemon lives, and the daemon that a watcher went away. */
    static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final String KEEP_ALIVE = ":\n\n";

    private final Response response;

    EventWriter(Response response) {
        this.response = response;
    }

    /** False if there was nothing to tell and nothing was written. */
    boolean run(StatusFeed.Watch watch) throws IOException, InterruptedException {
        StatusFeed.Sample last = watch.next();
        if (last == null) {
            return false;
        }
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        write(event(Section.SNAPSHOT, ApiJson.strict().writeValueAsString(last.status())));
        long written = System.nanoTime();
        for (StatusFeed.Sample next = watch.next(); next != null; next = watch.next()) {
            String changes = changes(last.sections(), next.sections());
            if (changes.isEmpty() && System.nanoTime() - written >= KEEP_ALIVE_NANOS) {
                changes = KEEP_ALIVE;
            }
            if (!changes.isEmpty()) {
                write(changes);
                written = System.nanoTime();
            }
            last = next;
        }
        return true;
    }

    /** An event for each section that reads differently now. */
    static String changes(Map<Section, String> before, Map<Section, String> now) {
        StringBuilder events = new StringBuilder();
        now.forEach(
                (section, data) -> {
                    if (!data.equals(before.get(section))) {
                        events.append(event(section.label(), data));
                    }
                });
        return events.toString();
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private void write(String text) throws IOException {
        Content.Sink.write(response, false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
