package org.flowshield.node.payment;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;

/**
 * What a client has settled on before it begins to pay. Immutable.
 *
 * @param offer that it agreed to
 * @param channel that it pays through
 * @param refill what to add to the channel at a time when it runs low; zero: nothing
 */
public record PayerTerms(Offer offer, ChannelKey channel, TokenAmount refill) {

    public PayerTerms {
        if (!channel.payee().equals(offer.payee())) {
            throw new IllegalArgumentException("a channel to somebody else than the offer's payee");
        }
    }

    public ChannelId channelId() {
        return channel.id(offer.channels());
    }
}
