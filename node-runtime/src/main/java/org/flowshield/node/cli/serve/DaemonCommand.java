package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Lifetime;
import org.flowshield.node.cli.Output;
import org.flowshield.node.config.Config;
import org.flowshield.node.logging.LatestLines;
import org.flowshield.node.logging.StandardError;
import org.flowshield.node.role.NodeFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a node in the background of a machine, steered through its socket, until it is stopped. */
@Command(
        name = "daemon",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs a node until it is stopped.",
            "Other verbs and the desktop app steer it through its socket. The log goes to standard"
                    + " error; a line on standard output says that it runs."
        },
        footer = {
            "",
            "--json: that line is {\"event\":\"ready\",\"socket\",\"peer_id\"}; a second one,",
            "{\"event\":\"settled\"}, follows when the configured roles are on or have failed.",
            "Roles that are switched by other verbs are as configured again after a restart."
        })
public final class DaemonCommand implements Callable<Integer> {

    @Mixin private final Output output = new Output();
    @Mixin private final ConfigSource source = new ConfigSource();

    @Option(
            names = "--socket",
            paramLabel = "FILE",
            description =
                    "Where to be steered (default: api.sock in the directory of --data, or"
                            + " /run/flowshield/api.sock).")
    private @Nullable Path socket;

    @Option(
            names = "--free",
            description = "Serves clients for nothing: short for --set provider.free=true.")
    private boolean free;

    @Override
    public Integer call() throws CommandFailedException, InterruptedException {
        Config config = source.read(free ? List.of("provider.free=true") : List.of());
        LatestLines log = new LatestLines(Instant.now());
        StandardError.use(config.logFormat(), config.logLevel(), log);
        try (Lifetime lifetime = Lifetime.begin();
                RunningDaemon daemon =
                        RunningDaemon.start(config, source.directory(), place(), log)) {
            ready(daemon);
            daemon.settle(config);
            if (output.json()) {
                output.json(Map.of("event", "settled"));
            }
            String _ = lifetime.stop().join();
            return ExitStatus.OK.code();
        } catch (RefusedException e) {
            throw CommandFailedException.of(e);
        } catch (IOException e) {
            throw CommandFailedException.of(NodeFailure.of(e));
        }
    }

    private Path place() {
        if (socket != null) {
            return socket;
        }
        return source.isSystem()
                ? NodeClient.DEFAULT_SOCKET
                : source.directory().resolve(NodeClient.DEFAULT_SOCKET.getFileName());
    }

    private void ready(RunningDaemon daemon) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "ready");
        event.put("socket", daemon.socket().toString());
        event.put("peer_id", daemon.peerId().toString());
        output.print(
                "ready: peer %s, socket %s".formatted(daemon.peerId(), daemon.socket()), event);
    }
}
