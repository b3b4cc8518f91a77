package org.flowshield.node.cli.remote;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.EventStream;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.client.NodeEvent;
import org.flowshield.node.api.json.ApiJson;
import org.flowshield.node.api.json.Section;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the daemon does, once or as it happens. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Shows what the daemon does: connection, traffic, sessions, roles, limits.",
        footer = {
            "",
            "--watch --json prints one object a line: {\"event\":NAME,\"data\":...}, first the",
            "snapshot, then roles, client, provider, fullnode, payment and limits as they change."
        })
public final class StatusCommand extends RemoteVerb {

    @Option(
            names = "--watch",
            description = "Goes on with a line for each change, until stopped (Ctrl-C).")
    private boolean watch;

    @Override
    void run(NodeClient client)
            throws NoDaemonException,
                    RefusedException,
                    CommandFailedException,
                    InterruptedException {
        if (watch) {
            watch(client);
            return;
        }
        NodeStatus status = client.status();
        printLines(text().table(status), status);
    }

    private void watch(NodeClient client)
            throws NoDaemonException,
                    RefusedException,
                    CommandFailedException,
                    InterruptedException {
        try (EventStream events = client.events()) {
            NodeStatus status = null;
            for (Optional<NodeEvent> next = events.next(); next.isPresent(); next = events.next()) {
                status = tell(next.get(), status);
            }
        }
        throw new CommandFailedException(
                ExitStatus.NO_DAEMON,
                "daemon_stopped",
                "the daemon has stopped",
                "start it again: sudo flowshield daemon");
    }

    /** Prints one event and returns the status after it. */
    private NodeStatus tell(NodeEvent event, @Nullable NodeStatus before) {
        if (output().json()) {
            output().json(json(event));
        }
        if (event instanceof NodeEvent.Snapshot(NodeStatus status)) {
            text().table(status).forEach(output()::text);
            return status;
        }
        if (before == null) {
            throw new IllegalStateException("a stream that does not begin with a snapshot");
        }
        NodeStatus status = event.applyTo(before);
        output().text(text().line(status));
        return status;
    }

    private static Map<String, Object> json(NodeEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        switch (event) {
            case NodeEvent.Snapshot(var status) -> put(line, Section.SNAPSHOT, status);
            case NodeEvent.Roles(var roles) -> put(line, Section.ROLES.label(), roles);
            case NodeEvent.Client(var client) -> put(line, Section.CLIENT.label(), client);
            case NodeEvent.Provider(var provider) -> put(line, Section.PROVIDER.label(), provider);
            case NodeEvent.Fullnode(var fullnode) -> put(line, Section.FULLNODE.label(), fullnode);
            case NodeEvent.Payment(var payment) -> put(line, Section.PAYMENT.label(), payment);
            case NodeEvent.Limits(var limits) -> put(line, Section.LIMITS.label(), limits);
        }
        return line;
    }

    private static void put(Map<String, Object> line, String event, @Nullable Object data) {
        line.put("event", event);
        line.put("data", ApiJson.strict().valueToTree(data));
    }

    private static StatusText text() {
        return new StatusText(Instant.now(), ZoneId.systemDefault());
    }
}
