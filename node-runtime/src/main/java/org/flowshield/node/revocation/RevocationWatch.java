package org.flowshield.node.revocation;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.registry.BindingEvent;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for revocations all the time, on a virtual thread of its own. */
public final class RevocationWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);

    /** A minute is promised; blocks come each few seconds, and a look costs two questions. */
    private static final Duration PAUSE = Duration.ofSeconds(4);

    private final Thread thread;

    private RevocationWatch(Thread thread) {
        this.thread = thread;
    }

    /**
     * Begins to look.
     *
     * @param needed whether this node deals with others now; else the chain is left alone
     * @param unreached told of each look in vain but the first of a row: there may be another way
     */
    public static RevocationWatch start(
            Revocations revocations, BooleanSupplier needed, Runnable unreached) {
        return new RevocationWatch(
                Thread.ofVirtual()
                        .name("revocations")
                        .start(() -> run(revocations, needed, unreached)));
    }

    /** The events of a registry. */
    public static Revocations.Events events(Chain chain, IdentityRegistry registry) {
        return new Revocations.Events() {
            @Override
            public long head() throws RpcException {
                return chain.head().number();
            }

            @Override
            public List<BindingEvent> between(long from, long to) throws RpcException {
                return registry.events(from, to);
            }
        };
    }

    private static void run(Revocations revocations, BooleanSupplier needed, Runnable unreached) {
        boolean reached = true;
        try {
            while (true) {
                try {
                    if (needed.getAsBoolean()) {
                        revocations.look();
                        reached = true;
                    }
                } catch (RpcException e) {
                    if (reached) {
                        LOG.warn(
                                "the chain does not say whether nodes were revoked: {}. What is"
                                        + " remembered of them is forgotten after 30 s, and who"
                                        + " can't be checked is refused",
                                e.getMessage());
                    } else {
                        unreached.run();
                    }
                    reached = false;
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is closed
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
