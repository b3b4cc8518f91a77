package org.flowshield.node.treasury;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.treasury.Offers.Answer;
import org.jspecify.annotations.Nullable;

/** Providers' answers in the words of the API. Pure. */
final class Quotes {

    private Quotes() {}

    /** Of a node that can't pay. */
    static Quote withoutMoney(String provider, Answer answer) {
        return of(provider, answer, TokenAmount.ZERO, false, null);
    }

    /**
     * Of one that can.
     *
     * @param deposit that connecting would lock
     */
    static Quote of(
            String provider,
            Answer answer,
            TokenAmount deposit,
            boolean withinMaxPrice,
            @Nullable ChannelStatus channel) {
        String peerId = answer.provider().toString();
        return answer.offer()
                .map(SignedOffer::offer)
                .map(
                        offer ->
                                new Quote(
                                        provider,
                                        peerId,
                                        false,
                                        offer.price().perGiB(),
                                        offer.payee(),
                                        offer.minDeposit(),
                                        deposit,
                                        withinMaxPrice,
                                        offer.validUntil(),
                                        channel,
                                        answer.warning().orElse(null)))
                .orElseGet(
                        () ->
                                new Quote(
                                        provider,
                                        peerId,
                                        true,
                                        null,
                                        null,
                                        null,
                                        TokenAmount.ZERO,
                                        true,
                                        null,
                                        null,
                                        null));
    }
}
