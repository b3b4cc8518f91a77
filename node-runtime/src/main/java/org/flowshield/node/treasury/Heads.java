package org.flowshield.node.treasury;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.RpcException;

/**
 * The newest block, unless it is too old for decisions about money: who sees an old chain opens
 * channels that are gone, or misses that one is being closed. Safe for use by any thread.
 */
final class Heads {

    /**
     * Some twenty blocks of the slowest chains that are in use, and what a clock may be wrong by. A
     * client has a day to object to a closing, so minutes do no harm.
     */
    static final Duration STALE_AFTER = Duration.ofMinutes(5);

    /** Asks the chain. */
    @FunctionalInterface
    interface Source {
        Head head() throws RpcException;
    }

    private final Source source;
    private final boolean blocksComeByTime;
    private final InstantSource clock;

    /**
     * @param blocksComeByTime false where they come with transactions alone, and their age says
     *     nothing
     */
    Heads(Source source, boolean blocksComeByTime, InstantSource clock) {
        this.source = source;
        this.blocksComeByTime = blocksComeByTime;
        this.clock = clock;
    }

    /**
     * The newest block.
     *
     * @throws RpcException if there is no answer, or if it is {@link RpcException.Kind#STALE}
     */
    Head fresh() throws RpcException {
        Head head = source.head();
        Instant now = clock.instant();
        if (blocksComeByTime && head.time().plus(STALE_AFTER).isBefore(now)) {
            throw new RpcException(
                    RpcException.Kind.STALE,
                    "its newest block, %d, is of %s, %d minutes ago"
                            .formatted(
                                    head.number(),
                                    head.time(),
                                    Duration.between(head.time(), now).toMinutes()));
        }
        return head;
    }
}
