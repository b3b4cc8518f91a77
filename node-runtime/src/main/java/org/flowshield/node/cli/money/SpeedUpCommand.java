package org.flowshield.node.cli.money;

import java.io.IOException;
import java.util.List;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.history.SentRecord;
import picocli.CommandLine.Command;

/** Offers more for a transaction that is stuck. */
@Command(
        name = "speed-up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Offers more gas for a transaction that is stuck: a quarter more, or what is asked now.",
            "The same is signed again with the same number, so that only one of both is ever done."
                    + " The wallet must be unlocked."
        })
final class SpeedUpCommand extends StuckVerb {

    @Override
    ExitStatus run(Sending sending, List<SentRecord> family)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        return sending.speedUp(family);
    }
}
