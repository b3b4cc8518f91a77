package org.flowshield.node.treasury;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Side;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ledger's record of the channels that this node pays from as the chain has them, and
 * brings home what is left in those that were closed. Used by one thread.
 */
final class Upkeep {

    /** Longer than an order to open a channel is good for. */
    private static final Duration LOST_AFTER = Duration.ofMinutes(15);

    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final Ledger ledger;
    private final Channels channels;
    private final Clock clock;

    /** When an opening was first seen not to be on the chain. */
    private final Map<ChannelId, Instant> missing = new HashMap<>();

    Upkeep(Ledger ledger, Channels channels, Clock clock) {
        this.ledger = ledger;
        this.channels = channels;
        this.clock = clock;
    }

    void run() throws RpcException, InterruptedException {
        try {
            for (ChannelRecord channel : ledger.channels(Side.PAYER)) {
                look(channel);
            }
        } catch (LedgerException e) {
            LOG.warn("channels are not looked after: {}", e.getMessage());
        }
    }

    private void look(ChannelRecord channel)
            throws RpcException, LedgerException, InterruptedException {
        ChannelRecord now = channels.refreshed(channel);
        switch (now.status()) {
            case OPENING -> opening(now);
            case OPEN, AGREED, CLOSED -> missing.remove(now.id());
            case CLOSING -> closing(now);
        }
    }

    private void opening(ChannelRecord channel) throws LedgerException {
        Instant now = clock.instant();
        Instant since = missing.computeIfAbsent(channel.id(), _ -> now);
        if (Duration.between(since, now).compareTo(LOST_AFTER) > 0) {
            LOG.info("channel {} was never opened; its money is in the purse", channel.id());
            channels.forget(channel);
            missing.remove(channel.id());
        }
    }

    private void closing(ChannelRecord channel)
            throws RpcException, LedgerException, InterruptedException {
        boolean due = channel.closesAt().filter(at -> !at.isAfter(clock.instant())).isPresent();
        if (!due) {
            return;
        }
        try {
            channels.finishClose(channel);
            ChannelRecord closed = channels.refreshed(channel);
            LOG.info("channel {} is closed; the rest of it is back in the purse", closed.id());
        } catch (RefusedException e) {
            // The chain's clock may be behind ours, or gas be missing, which the status tells.
            LOG.debug("channel {} can't be closed yet: {}", channel.id(), e.getMessage());
        }
    }
}
