package org.flowshield.node.daemon;

import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.role.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches one role on and off, one switch at a time.
 *
 * <pre>
 *          enable              started
 *   OFF ----------> STARTING ----------> ON
 *    ^                 |                  | disable
 *    |                 | failed           v
 *    +--- disable -- FAILED           STOPPING
 *    +------------------------------------+
 * </pre>
 *
 * <p>Any thread; switching blocks.
 */
final class RoleLife {

    private static final Logger LOG = LoggerFactory.getLogger(RoleLife.class);

    private final Role role;
    private final Runnable onChange;

    /** Held while the role is switched; guards writes of {@link #status}. */
    private final ReentrantLock switching = new ReentrantLock();

    private volatile RoleStatus status;

    RoleLife(Role role, Runnable onChange) {
        this.role = role;
        this.onChange = onChange;
        status = new RoleStatus(role.name(), RoleState.OFF, null);
        role.onChange(onChange);
    }

    /** A role that broke while it was on has failed, until somebody switches it. */
    RoleStatus status() {
        RoleStatus switched = status;
        return switched.state() == RoleState.ON
                ? role.problem()
                        .map(why -> new RoleStatus(role.name(), RoleState.FAILED, why))
                        .orElse(switched)
                : switched;
    }

    boolean isOn() {
        return status().state() == RoleState.ON;
    }

    RoleStatus enable() throws RefusedException, InterruptedException {
        switching.lockInterruptibly();
        try {
            if (isOn()) {
                return status;
            }
            stopBroken();
            become(RoleState.STARTING, null);
            try {
                role.start();
            } catch (RefusedException e) {
                become(RoleState.FAILED, e.problem());
                throw e;
            } catch (InterruptedException | RuntimeException e) {
                become(RoleState.OFF, null);
                throw e;
            }
            become(RoleState.ON, null);
            return status;
        } finally {
            switching.unlock();
        }
    }

    RoleStatus disable() {
        switching.lock();
        try {
            if (status.state() == RoleState.ON) {
                become(RoleState.STOPPING, null);
                role.stop();
            }
            become(RoleState.OFF, null);
            return status;
        } finally {
            switching.unlock();
        }
    }

    /** What it left is put back before it starts anew. */
    private void stopBroken() {
        if (status.state() == RoleState.ON) {
            role.stop();
        }
    }

    private void become(RoleState state, @Nullable Problem problem) {
        if (status.state() == state && problem == null) {
            return;
        }
        status = new RoleStatus(role.name(), state, problem);
        if (problem == null) {
            LOG.info("role {} is {}", role.name().label(), word(state));
        } else {
            LOG.warn("role {} is {}: {}", role.name().label(), word(state), problem.message());
        }
        onChange.run();
    }

    private static String word(RoleState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
