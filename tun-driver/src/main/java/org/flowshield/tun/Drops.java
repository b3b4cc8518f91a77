package org.flowshield.tun;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many packets a device dropped, by reason. Any thread. */
public final class Drops {

    /** Why a packet was dropped. */
    public enum Reason {
        /** Neither IPv4 nor IPv6. */
        NOT_IP,
        /** A header that is cut off or too short, or lengths that disagree. */
        BAD_LENGTH,
        /** A plain packet longer than the MTU. */
        LONGER_THAN_MTU,
        /** A frame kind that nobody defined. */
        UNKNOWN_KIND,
        /** Frame flags that nobody defined, or that don't go with the kind. */
        BAD_FLAGS,
        /** A kind or flag that this device does not take. */
        NOT_OFFERED,
        /** A segment size of zero, above the MTU, or so small that there are too many segments. */
        BAD_SEGMENT_SIZE,
        /** A fragment whose checksum or segments were left to others. */
        FRAGMENT,
        /** No TCP or UDP where the kind or an incomplete checksum needs one. */
        NO_TRANSPORT,
        /** A super-packet that opens, or a chain of extension headers longer than any real one. */
        IMPLAUSIBLE,
        /** The system refused it. */
        REFUSED_BY_SYSTEM,
        /** The device is down or its queue is full. */
        NO_ROOM
    }

    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    public Drops() {
        for (Reason reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    /** Counts one. */
    public void add(Reason reason) {
        adder(reason).increment();
    }

    /** How many for this reason. */
    public long count(Reason reason) {
        return adder(reason).sum();
    }

    /** How many together. */
    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Drops[");
        counts.forEach(
                (reason, adder) -> {
                    if (adder.sum() != 0) {
                        text.append(text.length() > 6 ? ", " : "")
                                .append(reason)
                                .append('=')
                                .append(adder.sum());
                    }
                });
        return text.append(']').toString();
    }

    private LongAdder adder(Reason reason) {
        LongAdder adder = counts.get(reason);
        if (adder == null) {
            throw new IllegalStateException("the constructor makes a counter for each reason");
        }
        return adder;
    }
}
