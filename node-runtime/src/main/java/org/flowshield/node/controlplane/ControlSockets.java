package org.flowshield.node.controlplane;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flowshield.node.client.ControlPlane;

/**
 * Which mark the sockets of the control plane carry: the one that keeps them outside of a tunnel,
 * unless the client is connected. Safe for use by any thread.
 */
public final class ControlSockets implements ControlPlane {

    private final int outside;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Way way = Way.OPEN;

    /**
     * @param outside the firewall mark of sockets that stay outside of a tunnel
     */
    public ControlSockets(int outside) {
        this.outside = outside;
    }

    @Override
    public void goes(Way next) {
        boolean changed = way != next;
        way = next;
        if (changed) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Which way they go now. */
    public Way way() {
        return way;
    }

    /** Of a socket that is opened now; 0: none. */
    public int mark() {
        return way == Way.INSIDE ? 0 : outside;
    }

    /** Called after each change of the way; must not wait. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
