package org.flowshield.node.cli.money;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb about a transaction that waits. */
abstract class StuckVerb extends ChainVerb {

    @Parameters(
            paramLabel = "TX",
            description = "The transaction, as send and history name it (0x...).")
    private String transaction = "";

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected final ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        return TerminalConversation.require(run(desk.money(), hash(), conversation(desk, yes)));
    }

    /** Does it. */
    abstract Ending run(MoneyDesk money, TransactionHash transaction, Conversation conversation)
            throws DeskException, InterruptedException;

    private TransactionHash hash() throws CommandFailedException {
        try {
            return TransactionHash.parse(transaction.strip());
        } catch (MalformedHexException e) {
            throw Arguments.bad(
                    "bad_transaction",
                    "this is no transaction: one is named by 0x and 64 digits; flowshield wallet"
                            + " history lists them",
                    e);
        }
    }
}
