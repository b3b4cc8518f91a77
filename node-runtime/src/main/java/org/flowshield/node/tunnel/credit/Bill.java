package org.flowshield.node.tunnel.credit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a session is charged by, from its grant to its end. Any thread may call the methods; all but
 * {@link #settle} return at once.
 */
public interface Bill extends AutoCloseable {

    /** What the session may carry; shut until it is agreed how it is paid. */
    CreditGate credit();

    /** Completes when it is agreed how the session is paid; not at all if that fails. */
    default CompletionStage<@Nullable Void> ready() {
        return CompletableFuture.completedStage(null);
    }

    /** Ends the charging in order, while the peer can still be reached; waits a moment for it. */
    void settle();

    /** The session is over. Idempotent. */
    @Override
    void close();
}
