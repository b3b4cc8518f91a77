package org.flowshield.node.payment.channel;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * How a client pays. Immutable.
 *
 * @param purse the wallet whose purse pays
 * @param deposit what a new channel holds, or what the provider asks for if that is more
 * @param mostDeposit what a channel may hold at the most when a provider asks for more
 * @param refill what is added when a channel runs low; zero: nothing
 */
public record PayerSettings(
        EvmAddress purse, TokenAmount deposit, TokenAmount mostDeposit, TokenAmount refill) {

    public PayerSettings {
        if (purse.isZero()) {
            throw new IllegalArgumentException("nobody has this purse");
        }
        if (deposit.isZero() || deposit.isMoreThan(mostDeposit)) {
            throw new IllegalArgumentException("no deposit: " + deposit);
        }
    }
}
