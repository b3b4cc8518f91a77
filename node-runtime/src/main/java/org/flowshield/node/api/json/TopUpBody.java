package org.flowshield.node.api.json;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;

/** How much more goes into which channel. Immutable. */
public record TopUpBody(ChannelId channel, TokenAmount amount) {}
