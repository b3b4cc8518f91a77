package org.flowshield.node.cli.node;

import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.node.cli.Output;
import org.flowshield.node.tunnel.path.PathCounters;

/** Prints what happens to a node, one line each: text, or an object with the key {@code event}. */
final class Events {

    private final Output output;

    Events(Output output) {
        this.output = output;
    }

    /** Prints an event and its details in their order. */
    void tell(String event, Map<String, ?> details) {
        if (output.json()) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("event", event);
            all.putAll(details);
            output.json(all);
            return;
        }
        StringBuilder line = new StringBuilder(event.replace('_', ' '));
        details.forEach((key, value) -> line.append("  ").append(key).append('=').append(value));
        output.text(line.toString());
    }

    /** What was carried, in the words of the JSON output. */
    static Map<String, Object> counters(PathCounters counters) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("sent_bytes", counters.sentBytes());
        all.put("sent_packets", counters.sentPackets());
        all.put("received_bytes", counters.receivedBytes());
        all.put("received_packets", counters.receivedPackets());
        all.put("dropped", counters.dropped());
        return all;
    }
}
