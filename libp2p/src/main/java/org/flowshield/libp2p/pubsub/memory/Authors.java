package org.flowshield.libp2p.pubsub.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.libp2p.peer.PeerId;

/** How much each author has said of late. For one thread. */
public final class Authors {

    /** Authors that are remembered; the one unheard of for longest gives way. */
    public static final int MAX = 8_192;

    private final PeerRates rates;
    private final Map<PeerId, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    public Authors(PeerRates rates) {
        this.rates = rates;
    }

    /** True if the author may say one more thing now. */
    public boolean maySpeak(PeerId author, long now) {
        TokenBucket bucket =
                buckets.computeIfAbsent(
                        author,
                        unheard ->
                                new TokenBucket(
                                        rates.authoredPerSecond(), rates.authoredBurst(), now));
        if (buckets.size() > MAX) {
            Iterator<PeerId> oldest = buckets.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return bucket.take(1, now);
    }
}
