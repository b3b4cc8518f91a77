package org.flowshield.node.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.EventStream;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.client.NodeEvent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Connects to a provider and waits until that is done. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends all traffic of this machine through a provider; returns when it does.",
            "Ctrl-C before that gives up. Later: flowshield disconnect."
        })
public final class ConnectCommand extends RemoteVerb {

    /** A shutdown may not hang on a daemon that does; restoring routes is a few commands. */
    private static final Duration GIVE_UP_WITHIN = Duration.ofSeconds(9);

    @Spec private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "MULTIADDR",
            description = "The provider's address; with /p2p/ID only that peer is accepted.")
    private String provider = "";

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "" + ConnectRequest.DEFAULT_LANES,
            description =
                    "Bulk lanes, 1 to 4, each a connection of its own (default: ${DEFAULT-VALUE}).")
    private int lanes;

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        ClientStatus connected = connect(client, request());
        StatusText text = new StatusText(Instant.now(), ZoneId.systemDefault());
        print(text.connected(connected), connected);
    }

    private ClientStatus connect(NodeClient client, ConnectRequest request)
            throws NoDaemonException, RefusedException, InterruptedException {
        EventStream events = client.events();
        Thread progress = Thread.ofVirtual().start(() -> tellProgress(events));
        Thread giveUp = new Thread(() -> giveUp(client), "give-up");
        Runtime.getRuntime().addShutdownHook(giveUp);
        try {
            return client.connect(request);
        } finally {
            forget(giveUp);
            events.close();
            progress.join();
        }
    }

    private ConnectRequest request() {
        try {
            return new ConnectRequest(provider, lanes);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw new IllegalStateException("picocli did not set the command's model", e);
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Tells people what the client does meanwhile: each state once, and what went wrong. */
    private void tellProgress(EventStream events) {
        try {
            String told = "";
            for (Optional<NodeEvent> next = events.next(); next.isPresent(); next = events.next()) {
                if (next.get() instanceof NodeEvent.Client(ClientStatus status)
                        && status != null
                        && isOnItsWay(status)
                        && !StatusText.progress(status).equals(told)) {
                    told = StatusText.progress(status);
                    output().progress(told);
                }
            }
        } catch (NoDaemonException e) {
            output().progress(e.getMessage()); // the request itself fails too, with the exit code
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The end of the attempt is told by its answer. */
    private static boolean isOnItsWay(ClientStatus status) {
        return status.state() != ClientState.CONNECTED
                && status.state() != ClientState.DISCONNECTED;
    }

    private void giveUp(NodeClient client) {
        Thread asking =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        ClientStatus _ = client.disconnect();
                                        output().progress("given up");
                                    } catch (NoDaemonException
                                            | RefusedException
                                            | InterruptedException e) {
                                        output().progress("not given up: " + e.getMessage());
                                    }
                                });
        try {
            boolean _ = asking.join(GIVE_UP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The attempt is over: a later Ctrl-C must not disconnect. */
    private static void forget(Thread hook) {
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // Ctrl-C came first: the hook runs, and this JVM ends after it
        }
    }
}
