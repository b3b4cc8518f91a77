package org.flowshield.node.controlplane;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flowshield.node.client.ControlPlane;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which mark the sockets of the control plane carry: the one that keeps them outside of a tunnel,
 * unless the client is connected and its tunnel carries them. Safe for use by any thread.
 */
public final class ControlSockets implements ControlPlane {

    private static final Logger LOG = LoggerFactory.getLogger(ControlSockets.class);

    private final int outside;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Way way = Way.OPEN;
    private volatile boolean besideTunnel;

    /**
     * @param outside the firewall mark of sockets that stay outside of a tunnel
     */
    public ControlSockets(int outside) {
        this.outside = outside;
    }

    @Override
    public void goes(Way next) {
        synchronized (this) {
            if (way == next) {
                return;
            }
            way = next;
            besideTunnel = false;
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * Nobody answers through the tunnel: a provider could keep from the node what is said of it. So
     * the node's own sockets go beside it until the client connects anew. Where they don't go
     * through it this does nothing.
     */
    public void leaveTunnel() {
        synchronized (this) {
            if (way != Way.INSIDE || besideTunnel) {
                return;
            }
            besideTunnel = true;
        }
        LOG.warn(
                "nothing of the chain gets through the tunnel: what this node itself asks goes"
                        + " beside it until the client connects anew; nothing else does");
        listeners.forEach(Runnable::run);
    }

    /** Which way they go now. */
    public Way way() {
        return way == Way.INSIDE && besideTunnel ? Way.MARKED : way;
    }

    /** Of a socket that is opened now; 0: none. */
    public int mark() {
        return way() == Way.INSIDE ? 0 : outside;
    }

    /** Called after each change of the way; must not wait. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
