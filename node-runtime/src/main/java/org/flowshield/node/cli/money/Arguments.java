package org.flowshield.node.cli.money;

import java.math.BigInteger;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.desk.money.AddressCheck;
import org.flowshield.node.desk.money.AmountCheck;
import org.flowshield.node.wallet.history.Coin;
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
    static EvmAddress receiver(AddressCheck check, Output output) throws CommandFailedException {
        return switch (check) {
            case AddressCheck.Bad(_, String message) -> throw bad("bad_address", message, null);
            case AddressCheck.Good(EvmAddress address, boolean checksummed) -> {
                if (!checksummed) {
                    output.progress(
                            "note: the address is written without capitals, so a wrong digit would"
                                    + " not be noticed; compare it: "
                                    + address);
                }
                yield address;
            }
        };
    }

    static TokenAmount flow(String text) throws CommandFailedException {
        return new TokenAmount(units(text, Coin.FLOW));
    }

    /** Smallest parts of a coin, more than 0. */
    static BigInteger units(String text, Coin coin) throws CommandFailedException {
        return switch (AmountCheck.of(text, coin, null, "", "")) {
            case AmountCheck.Bad(_, String message) -> throw bad("bad_amount", message, null);
            case AmountCheck.Good(BigInteger units, _) -> units;
        };
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
