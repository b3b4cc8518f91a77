package org.flowshield.node.cli.share;

import java.io.IOException;
import java.math.BigInteger;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.cli.remote.AmountConverter;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for stake back. */
@Command(
        name = "unstake",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Asks for stake back; it can be withdrawn 14 days later.",
            "Where less than the market asks for would be left, the wallet leaves the market first."
                    + " The wallet must be unlocked."
        })
final class UnstakeCommand extends ChainVerb {

    @Parameters(
            paramLabel = "FLOW",
            arity = "0..1",
            converter = AmountConverter.class,
            description = "How much (default: all).")
    private @Nullable TokenAmount amount;

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
        TokenAmount back = amount == null ? stake.staked() : amount;
        if (back.isZero() || back.isMoreThan(stake.staked())) {
            throw Entering.refused(
                    "no_stake",
                    "there are " + stake.staked() + " staked, not " + back,
                    stake.unbonding().isZero()
                            ? "nothing was sent"
                            : stake.unbonding()
                                    + " are on their way since you asked before: flowshield share"
                                    + " withdraw, from "
                                    + stake.withdrawableAt()
                                    + " on");
        }
        Sending sending = new Sending(wallet, open, output(), prompt(), yes);
        ProviderRegistry providers = open.contracts().providers();
        boolean tooLittle = providers.minStake().isMoreThan(stake.staked().minus(back));
        if (tooLittle && providers.provider(owner).status() == ProviderStatus.REGISTERED) {
            output().progress("less than the market asks for would be left: leaving it first");
            ExitStatus _ =
                    sending.send(
                            owner,
                            providers.exit(),
                            new Sending.Payment(
                                    "leave market",
                                    providers.address(),
                                    BigInteger.ZERO,
                                    Coin.FLOW));
        }
        return sending.send(
                owner,
                vault.requestUnstake(StakeKind.PROVIDER, back),
                new Sending.Payment("unstake", vault.address(), back.units(), Coin.FLOW));
    }
}
