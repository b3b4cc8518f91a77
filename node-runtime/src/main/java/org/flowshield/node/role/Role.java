package org.flowshield.node.role;

import java.util.Optional;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;

/**
 * One thing that a node does, switched on and off at run time. {@link #start} and {@link #stop} are
 * never called at the same time; all else may come from any thread.
 */
public interface Role {

    RoleName name();

    /**
     * Starts; blocks until it runs.
     *
     * @throws RefusedException if it can't; nothing is left behind then
     */
    void start() throws RefusedException, InterruptedException;

    /** Stops and puts back all that it changed in the machine; blocks. Idempotent. */
    void stop();

    /**
     * Why it broke while it was on; empty while it works. A broken role serves nobody, and still is
     * to be stopped.
     */
    default Optional<Problem> problem() {
        return Optional.empty();
    }

    /**
     * Calls the listener soon after anything but a counter has changed, from any thread; it does
     * not wait. To be set before the role starts.
     */
    void onChange(Runnable listener);
}
