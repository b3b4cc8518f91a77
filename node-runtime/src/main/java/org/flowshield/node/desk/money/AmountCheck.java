package org.flowshield.node.desk.money;

import java.math.BigInteger;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;

/** What can be said of an amount while it is typed. Pure. */
public sealed interface AmountCheck {

    /**
     * So much can be sent, as far as the balance goes; what the gas costs is not looked at.
     *
     * @param units of the coin's smallest parts
     */
    record Good(BigInteger units, Coin coin) implements AmountCheck {}

    /**
     * It can't.
     *
     * @param message in English: what is wrong and what to do
     */
    record Bad(Fault fault, String message) implements AmountCheck {}

    /** What is wrong. */
    enum Fault {
        EMPTY,
        /** Not digits with a point; a comma is no point, for it may separate thousands. */
        NOT_A_NUMBER,
        NEGATIVE,
        ZERO,
        TOO_MANY_DECIMALS,
        /** More than can exist. */
        TOO_LARGE,
        ABOVE_BALANCE
    }

    /**
     * Looks at what was typed; white space around does not count.
     *
     * @param balance in smallest parts; null if it is not known
     * @param symbol what the network calls the chain's coin
     * @param where the balance is, for the message: an account, or its purse
     */
    static AmountCheck of(
            String typed, Coin coin, @Nullable BigInteger balance, String symbol, String where) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return new Bad(Fault.EMPTY, "an amount is missing, like 12.5");
        }
        BigInteger units;
        try {
            units =
                    switch (coin) {
                        case FLOW -> TokenAmount.parse(text).units();
                        case GAS -> Wei.parse(text).units();
                    };
        } catch (MalformedAmountException e) {
            return new Bad(fault(e.reason()), String.valueOf(e.getMessage()));
        }
        if (units.signum() == 0) {
            return new Bad(Fault.ZERO, "the amount is 0: name one that is more");
        }
        if (balance != null && units.compareTo(balance) > 0) {
            return new Bad(
                    Fault.ABOVE_BALANCE,
                    coin.text(units, symbol)
                            + " is more than there is: "
                            + where
                            + " has "
                            + coin.text(balance, symbol));
        }
        return new Good(units, coin);
    }

    /** Of FLOW that an account has. */
    static AmountCheck flow(String typed, TokenAmount balance, EvmAddress account) {
        return of(typed, Coin.FLOW, balance.units(), "", account.toString());
    }

    private static Fault fault(MalformedAmountException.Reason reason) {
        return switch (reason) {
            case NOT_A_NUMBER -> Fault.NOT_A_NUMBER;
            case NEGATIVE -> Fault.NEGATIVE;
            case TOO_MANY_DECIMALS -> Fault.TOO_MANY_DECIMALS;
            case TOO_LARGE -> Fault.TOO_LARGE;
        };
    }
}
