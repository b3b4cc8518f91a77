package org.flowshield.node.desk.money;

import java.math.BigInteger;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.wallet.history.Coin;

/**
 * Money that is to be sent. Immutable.
 *
 * @param units of the coin's smallest parts; more than 0
 */
public record Payment(EvmAddress from, EvmAddress to, Coin coin, BigInteger units) {

    /**
     * @throws IllegalArgumentException if it is nothing, or more than can exist
     */
    public Payment {
        if (units.signum() <= 0) {
            throw new IllegalArgumentException("a payment is of more than 0");
        }
        switch (coin) {
            case FLOW -> {
                var _ = new TokenAmount(units);
            }
            case GAS -> {
                var _ = new Wei(units);
            }
        }
    }
}
