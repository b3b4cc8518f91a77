package org.flowshield.node.cli.remote;

import java.nio.file.Path;
import java.util.Map;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which daemon a verb speaks to. A mixin of each such verb. */
public final class DaemonOptions {

    private static final String SOCKET = "api.sock";

    @ArgGroup(exclusive = true)
    private @Nullable Place place;

    /** Either says where the socket is. */
    private static final class Place {
        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Data directory of the daemon; its socket is DIR/api.sock.")
        private @Nullable Path data;

        @Option(
                names = "--socket",
                paramLabel = "FILE",
                description =
                        "Socket of the daemon (default: $$FLOWSHIELD_SOCKET, else"
                                + " /run/flowshield/api.sock).")
        private @Nullable Path socket;
    }

    /** A daemon that is not there, in the words of the command line. */
    public static CommandFailedException failed(NoDaemonException missing) {
        return new CommandFailedException(
                ExitStatus.NO_DAEMON,
                "no_daemon",
                missing.getMessage(),
                switch (missing.reason()) {
                    case MISSING, DEAD ->
                            "start it: sudo flowshield daemon; if it runs elsewhere, say --data or"
                                    + " --socket";
                    case SILENT -> "look at its log; if it hangs, restart it";
                },
                missing);
    }

    public Path socket() {
        return socket(System.getenv());
    }

    /** What an option says, else the environment, else where daemons usually are. */
    Path socket(Map<String, String> environment) {
        if (place != null && place.socket != null) {
            return place.socket;
        }
        if (place != null && place.data != null) {
            return place.data.resolve(SOCKET);
        }
        return NodeClient.usualSocket(environment);
    }
}
