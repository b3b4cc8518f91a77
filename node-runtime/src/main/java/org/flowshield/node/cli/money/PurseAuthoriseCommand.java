package org.flowshield.node.cli.money;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a signer pay from the purse. */
@Command(
        name = "authorise",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lets a signer, such as the daemon's, pay providers from the purse, within caps.",
            "The contract enforces the caps. They replace what the signer was allowed before. The"
                    + " wallet must be unlocked."
        },
        footer = {
            "",
            "Example: let this machine's daemon pay 20 FLOW in all, 5 of them to one provider:",
            "  flowshield purse authorise --signer 0x... --total 20 --per-payee 5"
        })
final class PurseAuthoriseCommand extends ChainVerb {

    private static final int MAX_DAYS = 3650;

    @Option(
            names = "--signer",
            paramLabel = "ADDRESS",
            required = true,
            description = "The signer's address; the daemon's stands in: flowshield status.")
    private String signer = "";

    @Option(
            names = "--total",
            paramLabel = "AMOUNT",
            required = true,
            description = "How much FLOW it may have locked or paid in all.")
    private String total = "";

    @Option(
            names = "--per-payee",
            paramLabel = "AMOUNT",
            required = true,
            description = "How much of that with one provider.")
    private String perPayee = "";

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "For how long, 1 to 3650 days (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        return TerminalConversation.require(
                desk.money()
                        .authorise(
                                account,
                                Arguments.address(signer),
                                caps(),
                                conversation(desk, yes)));
    }

    private Caps caps() throws CommandFailedException {
        if (days < 1 || days > MAX_DAYS) {
            throw Arguments.bad("bad_days", "a signer is allowed for 1 to 3650 days", null);
        }
        try {
            return new Caps(
                    Arguments.flow(total),
                    Arguments.flow(perPayee),
                    Instant.now().plus(days, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));
        } catch (IllegalArgumentException e) {
            throw Arguments.bad("bad_caps", "the caps are more FLOW than there is", e);
        }
    }
}
