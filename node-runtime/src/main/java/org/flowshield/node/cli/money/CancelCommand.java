package org.flowshield.node.cli.money;

import java.io.IOException;
import java.util.List;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.history.SentRecord;
import picocli.CommandLine.Command;

/** Stops a transaction that is stuck. */
@Command(
        name = "cancel",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Stops a transaction that is in no block yet, if it is not too late.",
            "A payment of nothing to yourself takes its place, for a quarter more gas or what is"
                    + " asked now. The wallet must be unlocked."
        })
final class CancelCommand extends StuckVerb {

    @Override
    ExitStatus run(Sending sending, List<SentRecord> family)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return sending.cancel(family);
    }
}
