package org.flowshield.contracts.channels;

/** Where a channel stands. An id goes through these once, in this order. */
public enum ChannelStatus {
    NONE,
    OPEN,
    /** The payer asked for the rest; vouchers still count. */
    CLOSING,
    CLOSED
}
