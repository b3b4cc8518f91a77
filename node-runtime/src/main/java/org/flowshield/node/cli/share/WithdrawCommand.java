package org.flowshield.node.cli.share;

import java.io.IOException;
import java.time.Instant;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.history.Coin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes stake out that was asked for. */
@Command(
        name = "withdraw",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Has stake paid out that was asked for 14 days ago; the wallet must be unlocked.")
final class WithdrawCommand extends ChainVerb {

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        EvmAddress owner = account.address();
        StakeVault vault = open.contracts().vault();
        Stake stake = vault.stake(owner, StakeKind.PROVIDER);
        if (stake.unbonding().isZero()) {
            throw Entering.refused(
                    "nothing_asked_for",
                    "no stake was asked for",
                    "flowshield share unstake, and 14 days later this");
        }
        Instant now = open.chain().head().time();
        if (now.isBefore(stake.withdrawableAt())) {
            throw Entering.refused(
                    "too_early",
                    stake.unbonding() + " can be withdrawn from " + stake.withdrawableAt() + " on",
                    "wait until then");
        }
        return new Sending(wallet, open, output(), prompt(), yes)
                .send(
                        owner,
                        vault.withdraw(StakeKind.PROVIDER),
                        new Sending.Payment(
                                "withdraw stake",
                                vault.address(),
                                stake.unbonding().units(),
                                Coin.FLOW));
    }
}
