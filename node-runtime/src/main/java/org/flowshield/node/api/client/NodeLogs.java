package org.flowshield.node.api.client;

import java.util.Locale;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogQuery;

/**
 * What the daemon behind a socket has written to its log; see {@link
 * org.flowshield.node.api.logs.Logs}. Safe for use by any thread.
 */
public final class NodeLogs {

    private final NodeClient client;

    NodeLogs(NodeClient client) {
        this.client = client;
    }

    public LogExcerpt read(LogQuery query)
            throws NoDaemonException, RefusedException, InterruptedException {
        return client.get(
                "/v1/logs?lines=%d&level=%s&after=%d"
                        .formatted(
                                query.lines(),
                                query.level().name().toLowerCase(Locale.ROOT),
                                query.after()),
                LogExcerpt.class);
    }
}
