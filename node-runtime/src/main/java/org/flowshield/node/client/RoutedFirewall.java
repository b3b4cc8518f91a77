package org.flowshield.node.client;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.flowshield.node.resolver.SystemResolver;
import org.flowshield.node.routing.ClientRoutes;
import org.flowshield.node.routing.LeftBlocked;
import org.flowshield.node.routing.RoutePlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Policies by routes: what does not go into the tunnel is unreachable. One thread at a time. */
final class RoutedFirewall implements Firewall {

    private static final Logger LOG = LoggerFactory.getLogger(RoutedFirewall.class);

    private final ClientRoutes.Opener opener;
    private final SystemResolver resolver;
    private @Nullable ClientRoutes routes;

    /** Holds traffic until the first policy is in force. */
    private @Nullable LeftBlocked left;

    /** Whether these were to go, and may have gone in part: nobody is blocked by them any more. */
    private boolean leaving;

    /**
     * @param left what holds traffic so far; null if nothing does
     */
    RoutedFirewall(
            ClientRoutes.Opener opener, SystemResolver resolver, @Nullable LeftBlocked left) {
        this.opener = opener;
        this.resolver = resolver;
        this.left = left;
    }

    @Override
    public void apply(FirewallPolicy policy) throws IOException {
        put(policy);
        if (left != null) {
            left.close();
            left = null;
        }
    }

    private void put(FirewallPolicy policy) throws IOException {
        switch (policy) {
            case FirewallPolicy.Open() -> open();
            case FirewallPolicy.Blocked(boolean lan) ->
                    // A device that is gone has taken its route with it: what is left blocks.
                    blocking().reachLan(lan);
            case FirewallPolicy.Tunnel(RoutePlan plan, List<InetAddress> dns, boolean lan) -> {
                ClientRoutes blocking = blocking();
                blocking.reachLan(lan);
                // Before the way is open, on which questions to anybody else would go out.
                askAt(dns);
                blocking.leadInto(plan);
            }
        }
    }

    private ClientRoutes blocking() throws IOException {
        if (leaving) {
            leave();
        }
        if (routes == null) {
            routes = opener.block();
        }
        return routes;
    }

    /**
     * Names are asked through the tunnel in any case: without this, of servers that may not answer
     * there.
     */
    private void askAt(List<InetAddress> dns) {
        try {
            if (dns.isEmpty()) {
                resolver.restore();
            } else {
                resolver.pointAt(dns);
            }
        } catch (IOException e) {
            LOG.warn(
                    "The system's DNS settings stay as they are, so that names may not resolve"
                            + " while connected: {}",
                    e.getMessage());
        }
    }

    private void open() throws IOException {
        try {
            resolver.restore();
        } finally {
            leave();
        }
    }

    private void leave() throws IOException {
        if (routes != null) {
            leaving = true;
            routes.close();
            routes = null;
            leaving = false;
        }
    }
}
