package org.flowshield.node.cli.money;

import java.io.IOException;
import java.math.BigInteger;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.history.Coin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes a signer's right away. */
@Command(
        name = "revoke",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes a signer's right to the purse away; the wallet must be unlocked.",
            "What it has locked in channels stays there until they are closed."
        })
final class PurseRevokeCommand extends ChainVerb {

    @Option(
            names = "--signer",
            paramLabel = "ADDRESS",
            required = true,
            description = "The signer's address.")
    private String signer = "";

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        EvmAddress address = Arguments.address(signer);
        EvmAddress channels = open.network().contracts().channels();
        return new Sending(wallet, open, output(), prompt(), yes)
                .send(
                        account.address(),
                        open.contracts().channels().calls().authorise(address, Caps.NONE),
                        new Sending.Payment("purse revoke", channels, BigInteger.ZERO, Coin.FLOW));
    }
}
