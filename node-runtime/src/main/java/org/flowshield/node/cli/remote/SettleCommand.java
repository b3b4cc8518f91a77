package org.flowshield.node.cli.remote;

import java.util.List;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.json.SettlementsBody;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import picocli.CommandLine.Command;

/** Brings what was earned to the payee. */
@Command(
        name = "settle",
        mixinStandardHelpOptions = true,
        description = {
            "Claims on the chain what clients have paid this provider; returns when it is done.",
            "The daemon does so by itself too, when that is worth its gas or time runs out."
        })
public final class SettleCommand extends RemoteVerb {

    @Override
    void run(NodeClient client)
            throws NoDaemonException,
                    RefusedException,
                    CommandFailedException,
                    InterruptedException {
        List<Settlement> settlements = client.payments().settle();
        printLines(MoneyText.settlements(settlements), new SettlementsBody(settlements));
        long failed =
                settlements.stream().filter(s -> s.state() == Settlement.State.FAILED).count();
        if (failed > 0) {
            throw new CommandFailedException(
                    ExitStatus.FAILED,
                    "not_settled",
                    failed + " of " + settlements.size() + " channels could not be settled",
                    "the vouchers are safe: see above what stands in the way, then settle again");
        }
    }
}
