package org.flowshield.node.api.json;

import org.flowshield.contracts.payment.ChannelId;

/** Which channel is to be closed. Immutable. */
public record CloseBody(ChannelId channel) {}
