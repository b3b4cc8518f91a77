package org.flowshield.node.api.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections and who is at their other ends. Those who may steer the node and strangers
 * have a limit each, so that strangers take no place from the others. At the limit, the connection
 * that has been waiting the longest for a whole request makes room; if all are being answered, the
 * new one is closed. Safe for use by any thread.
 */
final class Connections {

    /** An app has two, a script one at a time; each costs some KiB. */
    static final int MAX_ALLOWED = 256;

    /** Strangers get one answer, a refusal. */
    static final int MAX_STRANGERS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final AccessPolicy access;
    private final LongSupplier nanoClock;

    /** Guarded by itself. */
    private final Map<EndPoint, Visitor> open = new HashMap<>();

    Connections(AccessPolicy access, LongSupplier nanoClock) {
        this.access = access;
        this.nanoClock = nanoClock;
    }

    /** Somebody connected; closes a connection if there are too many. */
    void opened(EndPoint endPoint) {
        opened(endPoint, isAllowedPeer(endPoint));
    }

    void opened(EndPoint endPoint, boolean allowed) {
        EndPoint closed = null;
        synchronized (open) {
            if (count(allowed) >= (allowed ? MAX_ALLOWED : MAX_STRANGERS)) {
                closed = longestWaiting(allowed);
                if (closed == null) {
                    closed = endPoint;
                }
            }
            open.put(endPoint, new Visitor(allowed, nanoClock.getAsLong()));
            if (closed != null) {
                open.remove(closed);
            }
        }
        if (closed != null) {
            closed.close();
        }
    }

    void closed(EndPoint endPoint) {
        synchronized (open) {
            open.remove(endPoint);
        }
    }

    /** Whether that peer may steer the node; nobody may on a connection that made room. */
    boolean isAllowed(EndPoint endPoint) {
        synchronized (open) {
            Visitor visitor = open.get(endPoint);
            return visitor != null && visitor.allowed;
        }
    }

    /** A whole request has come, and it is being answered. */
    void busy(EndPoint endPoint) {
        synchronized (open) {
            Visitor visitor = open.get(endPoint);
            if (visitor != null) {
                visitor.busy = true;
            }
        }
    }

    /** It was answered. */
    void waiting(EndPoint endPoint) {
        synchronized (open) {
            Visitor visitor = open.get(endPoint);
            if (visitor != null) {
                visitor.busy = false;
                visitor.waitingSince = nanoClock.getAsLong();
            }
        }
    }

    private boolean isAllowedPeer(EndPoint endPoint) {
        try {
            UnixDomainPrincipal peer =
                    ((SocketChannel) endPoint.getTransport())
                            .getOption(ExtendedSocketOptions.SO_PEERCRED);
            return access.allows(peer);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("who connected to the API can't be found out, so it is refused: {}", e + "");
            return false;
        }
    }

    private long count(boolean allowed) {
        return open.values().stream().filter(visitor -> visitor.allowed == allowed).count();
    }

    private @Nullable EndPoint longestWaiting(boolean allowed) {
        EndPoint found = null;
        long longest = -1;
        long now = nanoClock.getAsLong();
        for (Map.Entry<EndPoint, Visitor> entry : open.entrySet()) {
            Visitor visitor = entry.getValue();
            long waited = now - visitor.waitingSince;
            if (visitor.allowed == allowed && !visitor.busy && waited > longest) {
                longest = waited;
                found = entry.getKey();
            }
        }
        return found;
    }

    private static final class Visitor {
        final boolean allowed;
        long waitingSince;
        boolean busy;

        Visitor(boolean allowed, long now) {
            this.allowed = allowed;
            this.waitingSince = now;
        }
    }
}
