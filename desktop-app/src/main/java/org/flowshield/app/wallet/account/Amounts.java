package org.flowshield.app.wallet.account;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.flowshield.app.text.Format;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.wallet.history.Coin;

/** Writes amounts of both coins, or dots in their place. Immutable. */
public final class Amounts {

    /** What stands for an amount that is hidden. */
    public static final String DOTS = "••••";

    private static final int WEI_DECIMALS = 18;

    /** More digits of what gas costs are of use to nobody who only looks. */
    private static final int GLANCE = 5;

    private final Format format;
    private final String gasSymbol;

    public Amounts(Format format, String gasSymbol) {
        this.format = format;
        this.gasSymbol = gasSymbol;
    }

    /** What the network calls the chain's coin. */
    public String gasSymbol() {
        return gasSymbol;
    }

    public String glance(TokenAmount amount, boolean hidden) {
        return hidden ? DOTS + " " + Format.FLOW : format.glance(amount);
    }

    public String glance(Wei amount, boolean hidden) {
        return (hidden ? DOTS : format.number(new BigDecimal(amount.decimal()), GLANCE))
                + " "
                + gasSymbol;
    }

    public String exact(BigInteger units, Coin coin) {
        return switch (coin) {
            case FLOW -> format.exact(new TokenAmount(units));
            case GAS -> exact(new Wei(units));
        };
    }

    public String exact(Wei amount) {
        return format.number(new BigDecimal(amount.decimal()), WEI_DECIMALS) + " " + gasSymbol;
    }

    /** Of the one or the other. */
    public String symbol(Coin coin) {
        return switch (coin) {
            case FLOW -> Format.FLOW;
            case GAS -> gasSymbol;
        };
    }
}
