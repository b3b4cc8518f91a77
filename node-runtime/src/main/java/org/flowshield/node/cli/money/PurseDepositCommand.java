package org.flowshield.node.cli.money;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.FlowToken;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.history.Coin;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.flowshield.node.wallet.signing.TypedDomain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts money into the purse. */
@Command(
        name = "deposit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Puts FLOW of the account into its purse; the wallet must be unlocked.")
final class PurseDepositCommand extends ChainVerb {

    /** Long enough for a slow chain, too short for a permit that is found later. */
    private static final Duration PERMIT_LIVES = Duration.ofMinutes(15);

    private static final String TOKEN_NAME = "FlowShield";
    private static final String TOKEN_VERSION = "1";

    @Parameters(paramLabel = "AMOUNT", description = "How much FLOW, like 12.5.")
    private String amount = "";

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        TokenAmount flow = Arguments.flow(amount);
        EvmAddress owner = account.address();
        FlowToken token = open.contracts().token();
        EvmAddress channels = open.network().contracts().channels();
        Arguments.requireCovered(flow, token.balance(owner), owner.toString());
        Sending sending = new Sending(wallet, open, output(), prompt(), yes);
        Permit permit =
                new Permit(
                        owner,
                        channels,
                        flow,
                        token.nonce(owner),
                        Instant.now().plus(PERMIT_LIVES).truncatedTo(ChronoUnit.SECONDS));
        output().progress(
                        "Two signatures are needed. The first lets the purse's contract take this"
                                + " amount:");
        Signature signature =
                sending.sign(
                        new SigningRequest.TokenPermit(
                                new TypedDomain(
                                        TOKEN_NAME,
                                        TOKEN_VERSION,
                                        open.chain().id(),
                                        token.address()),
                                permit),
                        "");
        output().progress("The second puts it there:");
        return sending.send(
                owner,
                open.contracts()
                        .channels()
                        .calls()
                        .depositWithPermit(owner, flow, new SignedPermit(permit, signature)),
                new Sending.Payment("purse deposit", channels, flow.units(), Coin.FLOW));
    }
}
