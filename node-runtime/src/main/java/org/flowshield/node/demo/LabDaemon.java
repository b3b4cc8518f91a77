package org.flowshield.node.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;
import org.flowshield.node.lab.Namespace;

/**
 * A daemon in one of the lab's namespaces, steered through its socket as any program would. One
 * thread.
 */
public final class LabDaemon implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofMinutes(3);

    /** It says goodbye and puts routes and rules back. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final Lab lab;
    private final LabProcess process;
    private final Path socket;
    private final NodeClient api;

    private LabDaemon(Lab lab, LabProcess process, Path socket) {
        this.lab = lab;
        this.process = process;
        this.socket = socket;
        api = new NodeClient(socket);
    }

    /**
     * Starts a daemon; it can be asked when this returns, and has switched on its roles.
     *
     * @param main the main class that knows {@code daemon}
     * @param options of the daemon, beside its data directory
     */
    public static LabDaemon start(Lab lab, Namespace namespace, Class<?> main, String... options)
            throws LabException, InterruptedException {
        LabDaemon daemon = launch(lab, namespace, lab.data(namespace), main, options);
        daemon.awaitSettled();
        return daemon;
    }

    /**
     * Starts a daemon and does not wait for it: {@link #awaitSettled} does.
     *
     * @param data its data directory; each daemon of a namespace has its own
     */
    public static LabDaemon launch(
            Lab lab, Namespace namespace, Path data, Class<?> main, String... options)
            throws LabException {
        return launch(lab, namespace, data, Lab.javaCommand(main), options);
    }

    /**
     * The same with a program that is installed.
     *
     * @param program the command that knows {@code daemon}
     */
    public static LabDaemon launch(
            Lab lab, Namespace namespace, Path data, List<String> program, String... options)
            throws LabException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("daemon", "--data", data.toString(), "--json"));
        command.addAll(List.of(options));
        LabProcess process = lab.start(namespace, command.toArray(String[]::new));
        return new LabDaemon(lab, process, data.resolve("api.sock"));
    }

    /** Waits until it can be asked and has switched on its roles. */
    public void awaitSettled() throws LabException, InterruptedException {
        String _ =
                process.awaitLine(
                        "settled", line -> line.startsWith("{\"event\":\"settled\""), START_WITHIN);
    }

    /** Its local API. */
    public NodeClient api() {
        return api;
    }

    /** Where other programs of the machine steer it. */
    public Path socket() {
        return socket;
    }

    /** Where clients reach it. */
    public String multiaddr()
            throws LabException, NoDaemonException, RefusedException, InterruptedException {
        ProviderStatus provider = api.status().provider();
        if (provider == null) {
            throw new LabException("its provider role does not run: " + problem());
        }
        return provider.multiaddrs().getFirst();
    }

    private String problem() throws NoDaemonException, RefusedException, InterruptedException {
        RoleStatus role = api.status().role(RoleName.PROVIDER);
        return role.problem() == null ? role.state().name() : role.problem().message();
    }

    /** Sends its process a signal, for instance {@code STOP}. */
    public void signal(String signal) throws LabException, InterruptedException {
        lab.run(Namespace.ROUTER, "kill", "-" + signal, Long.toString(process.pid()));
    }

    /** What it has logged so far. */
    public String log() {
        return process.errors();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until its process is gone. */
    public void awaitEnd(Duration atMost) throws LabException, InterruptedException {
        process.await(atMost);
    }

    /** Ends it in order. */
    public void end() throws LabException, InterruptedException {
        process.terminate();
        process.await(STOP_WITHIN);
    }

    /** Lets go of its API; the process ends with the lab at the latest. */
    @Override
    public void close() {
        api.close();
    }
}
