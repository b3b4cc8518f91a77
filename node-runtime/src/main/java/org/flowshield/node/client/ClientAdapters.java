package org.flowshield.node.client;

import org.flowshield.node.resolver.SystemResolver;
import org.flowshield.node.routing.ClientRoutes;
import org.flowshield.node.routing.Uplinks;

/**
 * What a client needs of the system that it runs on.
 *
 * @param routes block traffic and lead it into the tunnel
 * @param resolver the system's name resolution
 * @param devices make the tunnel's device
 * @param uplinks tell when the network is another
 * @param billing pays for sessions
 * @param control told which way the node's other connections are to go
 * @param mark of sockets that stay outside of the tunnel; 0 where routes don't go by it
 */
public record ClientAdapters(
        ClientRoutes.Opener routes,
        SystemResolver resolver,
        Devices devices,
        Uplinks uplinks,
        Billing billing,
        ControlPlane control,
        int mark) {}
