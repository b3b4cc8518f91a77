package org.flowshield.libp2p.pubsub;

/** What gives way when nobody takes messages from a subscription. */
public enum Overflow {
    /** The message that has waited for longest: for what is soon out of date. */
    DROP_OLDEST,
    /** The message that comes. */
    DROP_NEWEST
}
