package org.flowshield.node.payment.session;

import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.contracts.payment.ChannelId;

/**
 * What was served through channels and not paid for, by channel, as long as the process lives.
 * Bounded: the channel that was in arrears the longest ago is forgotten. Guarded by itself.
 */
final class Arrears {

    /** Each has cost its payer the opening of a channel. */
    private static final int MOST = 10_000;

    private final Map<ChannelId, Long> bytes =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<ChannelId, Long> eldest) {
                    return size() > MOST;
                }
            };

    synchronized long of(ChannelId channel) {
        return bytes.getOrDefault(channel, 0L);
    }

    synchronized void add(ChannelId channel, long more) {
        if (more > 0) {
            bytes.merge(channel, more, Long::sum);
        }
    }
}
