package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import picocli.CommandLine.Command;

/** Offers more for a transaction that is stuck. */
@Command(
        name = "speed-up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Offers more gas for a transaction that is stuck: a quarter more, or what is asked"
                    + " now.",
            "The same is signed again with the same number, so that only one of both is ever done."
                    + " The wallet must be unlocked."
        })
final class SpeedUpCommand extends StuckVerb {

    @Override
    Ending run(MoneyDesk money, TransactionHash transaction, Conversation conversation)
            throws DeskException, InterruptedException {
        return money.speedUp(transaction, conversation);
    }
}
