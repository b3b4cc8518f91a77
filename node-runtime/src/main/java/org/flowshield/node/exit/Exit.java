package org.flowshield.node.exit;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A provider's exit while it is open: what comes out of its device goes on to the internet. Safe
 * for use by any thread; calls block.
 */
public interface Exit extends AutoCloseable {

    /**
     * Lets the provider be reached at these TCP ports by the machine's own routes, in place of
     * those named before.
     */
    void listening(Collection<Integer> ports) throws IOException;

    /**
     * Brings the policy up to date with the networks that the provider is in now, and puts the
     * rules back if somebody has removed them. To be called every few seconds.
     *
     * @return true if it had to change something
     * @throws IOException if it can't: then nothing vouches for the policy any more
     */
    boolean keep(List<Cidr> onLink) throws IOException;

    /** Packets that were refused since the exit was opened. */
    Map<Refusal, Long> refused() throws IOException;

    /** Restores the machine as it was, but for what others have changed since. Idempotent. */
    @Override
    void close() throws IOException;
}
