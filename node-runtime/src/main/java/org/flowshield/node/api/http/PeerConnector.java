package org.flowshield.node.api.http;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/** Tells {@link Connections} of each connection before anything is read from it. */
final class PeerConnector extends UnixDomainServerConnector {

    private final Connections connections;

    PeerConnector(Server server, HttpConnectionFactory http, Connections connections) {
        super(server, 1, 1, http);
        this.connections = connections;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        connections.opened(endPoint);
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        connections.closed(endPoint);
        super.onEndPointClosed(endPoint);
    }
}
