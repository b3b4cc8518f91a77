package org.flowshield.node.fullnode.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A listener that tells apart who connects. */
final class MarketConnector extends ServerConnector {

    /** Whose time is over stays so long at most beyond it. */
    private static final int LOOK_SECONDS = 5;

    private final Visitors<EndPoint> visitors;

    MarketConnector(Server server, HttpConnectionFactory http, Visitors<EndPoint> visitors) {
        super(server, 1, 1, http);
        this.visitors = visitors;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        look();
    }

    private void look() {
        visitors.overdue().forEach(EndPoint::close);
        if (isRunning()) {
            var _ = getScheduler().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        visitors.opened(endPoint, Visitors.place(endPoint.getRemoteSocketAddress()))
                .ifPresent(EndPoint::close);
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        visitors.closed(endPoint);
        super.onEndPointClosed(endPoint);
    }
}
