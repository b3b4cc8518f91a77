package org.flowshield.node.cli.remote;

import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.Payments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what a provider has earned. */
@Command(
        name = "earnings",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what clients have paid this provider, by day (UTC).",
            "Says too how much of it is settled on the chain. What is not settled is safe;"
                    + " 'flowshield settle' brings it."
        })
public final class EarningsCommand extends RemoteVerb {

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "How many days are shown, today included (default: ${DEFAULT-VALUE}).")
    private int days;

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        if (spec != null && (days < 1 || days > Payments.MAX_DAYS)) {
            throw new ParameterException(
                    spec.commandLine(), "--days takes 1 to " + Payments.MAX_DAYS);
        }
        Earnings earnings = client.payments().earnings(days);
        printLines(MoneyText.earnings(earnings), earnings);
    }
}
