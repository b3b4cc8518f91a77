package org.flowshield.node.cli.money;

import java.io.IOException;
import java.util.List;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.history.HistoryFile;
import org.flowshield.node.wallet.history.SentRecord;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A verb about a transaction that waits: finds it, and all that were signed with its number. */
abstract class StuckVerb extends ChainVerb {

    @Parameters(
            paramLabel = "TX",
            description = "The transaction, as send and history name it (0x...).")
    private String transaction = "";

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected final ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        TransactionHash hash = hash();
        List<SentRecord> all = new HistoryFile(wallet.folder()).read();
        SentRecord record =
                all.stream()
                        .filter(
                                sent ->
                                        sent.hash().equals(hash)
                                                && sent.chain().equals(open.chain().id()))
                        .findAny()
                        .orElseThrow(
                                () ->
                                        Arguments.bad(
                                                "no_such_transaction",
                                                "this wallet has signed no transaction "
                                                        + hash
                                                        + " on this chain; flowshield wallet"
                                                        + " history lists what it has",
                                                null));
        List<SentRecord> family = all.stream().filter(record::isInPlaceOf).toList();
        requireWaiting(open, family);
        return run(new Sending(wallet, open, output(), prompt(), yes), family);
    }

    /** Does it; the last of the family is what is on its way now. */
    abstract ExitStatus run(Sending sending, List<SentRecord> family)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException;

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

    private void requireWaiting(OpenNetwork open, List<SentRecord> family)
            throws IOException, CommandFailedException {
        SentRecord last = family.getLast();
        for (SentRecord each : family) {
            if (open.chain().receipt(each.hash()).isPresent()) {
                throw done(each.hash() + " is in a block already: it is done");
            }
        }
        long next = open.chain().minedNonce(last.from());
        if (next > last.nonce()) {
            throw done("another transaction took its number: it will never happen");
        }
        if (next < last.nonce()) {
            output().progress(
                            "note: it has number "
                                    + last.nonce()
                                    + " and waits for the account's number "
                                    + next
                                    + ", which is in no block yet: that one has to be done, sped up"
                                    + " or cancelled first");
        }
    }

    private static CommandFailedException done(String message) {
        return new CommandFailedException(
                ExitStatus.REFUSED,
                "not_waiting",
                message,
                "nothing was sent; look at flowshield wallet history");
    }
}
