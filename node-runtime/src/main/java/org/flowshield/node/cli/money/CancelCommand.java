package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
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
    Ending run(MoneyDesk money, TransactionHash transaction, Conversation conversation)
            throws DeskException, InterruptedException {
        return money.cancel(transaction, conversation);
    }
}
