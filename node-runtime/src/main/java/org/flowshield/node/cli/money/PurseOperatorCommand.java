package org.flowshield.node.cli.money;

import java.io.IOException;
import java.math.BigInteger;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.history.Coin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a provider's node close channels that pay the account. */
@Command(
        name = "operator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lets a provider's node close channels that pay this account; the wallet must be"
                    + " unlocked.",
            "It decides neither where the money goes nor, against whoever shows a better voucher,"
                    + " how much."
        })
final class PurseOperatorCommand extends ChainVerb {

    @Option(
            names = "--operator",
            paramLabel = "ADDRESS",
            required = true,
            description = "The node's operator key, as its status shows it.")
    private String operator = "";

    @Option(names = "--remove", description = "Take that away again.")
    private boolean remove;

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        EvmAddress address = Arguments.address(operator);
        EvmAddress channels = open.network().contracts().channels();
        return new Sending(wallet, open, output(), prompt(), yes)
                .send(
                        account.address(),
                        open.contracts().channels().calls().setOperator(address, !remove),
                        new Sending.Payment(
                                "purse operator", channels, BigInteger.ZERO, Coin.FLOW));
    }
}
