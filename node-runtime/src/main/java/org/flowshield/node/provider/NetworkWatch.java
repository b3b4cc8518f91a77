package org.flowshield.node.provider;

import java.io.IOException;
import java.time.Duration;
import org.flowshield.node.api.Problem;
import org.flowshield.node.exit.Egress;
import org.flowshield.node.exit.Exit;
import org.flowshield.node.exit.ExitMachine;
import org.flowshield.node.tunnel.path.ProviderPath;

/**
 * Keeps the exit's policy up to date with the machine's networks, on a virtual thread of its own.
 * If that fails, nobody can say any more where packets may go: then the path is closed.
 */
final class NetworkWatch implements AutoCloseable {

    /**
     * So long a network that the machine has just joined may be open to sessions. Its own addresses
     * never are: the rules for those ask the kernel.
     */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    /** A command that is killed is given up within that. */
    private static final Duration END_WITHIN = Duration.ofSeconds(5);

    /** What else is to be done. */
    @FunctionalInterface
    interface Also {
        void run() throws IOException;
    }

    private final ExitMachine machine;
    private final Exit exit;
    private final RoleEvents events;
    private final ProviderPath path;
    private final Also also;
    private final Thread thread;

    private volatile Egress egress;

    private NetworkWatch(
            ExitMachine machine,
            Exit exit,
            Egress egress,
            RoleEvents events,
            ProviderPath path,
            Also also) {
        this.machine = machine;
        this.exit = exit;
        this.egress = egress;
        this.events = events;
        this.path = path;
        this.also = also;
        thread = Thread.ofVirtual().name("provider-watch").unstarted(this::run);
    }

    /**
     * Begins to look.
     *
     * @param path closed if the policy can't be kept
     * @param also what else is to be done as often
     */
    static NetworkWatch start(
            ExitMachine machine,
            Exit exit,
            Egress egress,
            RoleEvents events,
            ProviderPath path,
            Also also) {
        NetworkWatch watch = new NetworkWatch(machine, exit, egress, events, path, also);
        watch.thread.start();
        return watch;
    }

    /** As it was when last looked at. */
    Egress egress() {
        return egress;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                path.close();
                events.broken(
                        new Problem(
                                "exit_not_kept",
                                "the exit's rules could not be checked, so it was closed: "
                                        + e.getMessage(),
                                "see the message, then switch the role off and on again"));
            }
        }
    }

    private void look() throws IOException {
        Egress now = machine.egress();
        boolean mended = exit.keep(now.onLink());
        boolean moved = !now.equals(egress);
        egress = now;
        also.run();
        if (mended || moved) {
            events.changed();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            boolean _ = thread.join(END_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
