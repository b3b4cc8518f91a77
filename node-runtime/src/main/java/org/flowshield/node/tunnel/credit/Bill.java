package org.flowshield.node.tunnel.credit;

/**
 * What a session is charged by, from its grant to its end. Any thread may call the methods; all but
 * {@link #settle} return at once.
 */
public interface Bill extends AutoCloseable {

    /** What the session may carry; shut until it is agreed how it is paid. */
    CreditGate credit();

    /** Ends the charging in order, while the peer can still be reached; waits a moment for it. */
    void settle();

    /** The session is over. Idempotent. */
    @Override
    void close();
}
