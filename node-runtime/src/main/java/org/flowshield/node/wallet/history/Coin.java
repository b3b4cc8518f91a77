package org.flowshield.node.wallet.history;

import java.math.BigInteger;
import java.util.Locale;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;

/** What money is in. */
public enum Coin {
    /** The token that sessions are paid in. */
    FLOW,
    /** What the chain takes for gas. */
    GAS;

    /** As people name it in options. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** So much of it, with its name. */
    public String text(BigInteger units, String gasSymbol) {
        return switch (this) {
            case FLOW -> new TokenAmount(units).toString();
            case GAS -> new Wei(units).in(gasSymbol);
        };
    }

    /** So much of it, as a number alone. */
    public String decimal(BigInteger units) {
        return switch (this) {
            case FLOW -> new TokenAmount(units).decimal();
            case GAS -> new Wei(units).decimal();
        };
    }
}
