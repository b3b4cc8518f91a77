package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.jspecify.annotations.Nullable;

/** Addresses and amounts that people type, and what is wrong with them. */
final class Arguments {

    private Arguments() {}

    static EvmAddress address(String text) throws CommandFailedException {
        try {
            return EvmAddress.parse(text.strip());
        } catch (MalformedAddressException e) {
            throw bad("bad_address", e.getMessage(), e);
        }
    }

    /** The address that money goes to: what has no checksum is taken, and pointed out. */
    static EvmAddress receiver(String text, Output output) throws CommandFailedException {
        EvmAddress address = address(text);
        if (!address.toString().equals(text.strip())) {
            output.progress(
                    "note: the address is written without capitals, so a wrong digit would not be"
                            + " noticed; compare it: "
                            + address);
        }
        return address;
    }

    static TokenAmount flow(String text) throws CommandFailedException {
        try {
            TokenAmount amount = TokenAmount.parse(text.strip());
            requirePositive(amount.isZero());
            return amount;
        } catch (MalformedAmountException e) {
            throw bad("bad_amount", e.getMessage(), e);
        }
    }

    static void requirePositive(boolean isZero) throws CommandFailedException {
        if (isZero) {
            throw bad("bad_amount", "the amount is 0: name one that is more", null);
        }
    }

    static void requireCovered(TokenAmount amount, TokenAmount balance, String where)
            throws CommandFailedException {
        if (amount.isMoreThan(balance)) {
            throw aboveBalance(amount.toString(), balance.toString(), where);
        }
    }

    static CommandFailedException aboveBalance(String amount, String balance, String where) {
        return new CommandFailedException(
                ExitStatus.REFUSED,
                "above_balance",
                amount + " is more than there is: " + where + " has " + balance,
                "nothing was sent; send less, or get some more first");
    }

    static CommandFailedException bad(
            String code, @Nullable String message, @Nullable Throwable cause) {
        CommandFailedException failed =
                new CommandFailedException(
                        ExitStatus.USAGE, code, String.valueOf(message), "nothing was sent");
        if (cause != null) {
            failed.initCause(cause);
        }
        return failed;
    }
}
