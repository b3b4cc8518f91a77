package org.flowshield.node.cli.money;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Preview;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.sending.UnsignedTransaction;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.prompt.Prompt;
import org.flowshield.node.wallet.Wallet;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.Prepared;
import org.flowshield.node.wallet.history.Coin;
import org.flowshield.node.wallet.history.HistoryFile;
import org.flowshield.node.wallet.history.SentRecord;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.flowshield.node.wallet.signing.Summary;

/**
 * The way of a transaction from the wish to its end: what it costs, what it would do in the words
 * of the process that holds the key, the person's yes, the signature, the record, the chain.
 */
final class Sending {

    private final Wallet wallet;
    private final OpenNetwork open;
    private final Output output;
    private final Prompt prompt;
    private final boolean yes;

    Sending(Wallet wallet, OpenNetwork open, Output output, Prompt prompt, boolean yes) {
        this.wallet = wallet;
        this.open = open;
        this.output = output;
        this.prompt = prompt;
        this.yes = yes;
    }

    /**
     * What is kept and told of a transaction.
     *
     * @param action in one word or two
     * @param to who gets the money, or the contract
     */
    record Payment(String action, EvmAddress to, BigInteger units, Coin coin) {}

    /** Sends a call of this account, and waits until it is confirmed. */
    ExitStatus send(EvmAddress from, Call call, Payment payment)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        requireAnswerable();
        Sender sender =
                new Sender(
                        open.chain(), new Elsewhere(from), settings(open.network()), Time.SYSTEM);
        Preview preview = sender.preview(call);
        UnsignedTransaction unsigned =
                new UnsignedTransaction(
                        open.chain().id(), open.chain().pendingNonce(from), preview);
        Signature signature = sign(new SigningRequest.Transaction(unsigned), fee(preview));
        Sent sent = unsigned.signed(signature);
        keep(sent, payment);
        submit(sender, sent);
        return end(sender.await(sent, this::tell));
    }

    /** Shows what a signature would do, asks, and has it made. */
    Signature sign(SigningRequest request, String fee)
            throws CommandFailedException, RefusedException, IOException {
        requireAnswerable();
        AgentClient agent = new AgentClient(wallet.folder());
        Prepared prepared = agent.prepare(request);
        show(prepared.summary(), fee);
        confirm(prepared.summary());
        return agent.sign(prepared, request);
    }

    private void show(Summary summary, String fee) {
        output.progress(summary.action());
        for (Summary.Line line : summary.lines()) {
            output.progress(String.format(Locale.ROOT, "  %-13s %s", line.label(), line.value()));
        }
        if (!fee.isEmpty()) {
            output.progress(String.format(Locale.ROOT, "  %-13s %s", "gas", fee));
        }
    }

    private String fee(Preview preview) {
        String symbol = open.network().gasSymbol();
        return "at most "
                + preview.fee().in(symbol)
                + " ("
                + String.format(Locale.ROOT, "%,d", preview.gasLimit())
                + " units for up to "
                + gwei(preview.fees().max())
                + " gwei, of which "
                + gwei(preview.fees().priority())
                + " go to who makes the block)";
    }

    private static String gwei(Wei price) {
        return new java.math.BigDecimal(price.units(), 9).stripTrailingZeros().toPlainString();
    }

    /** Nobody can agree who is not there: said before anything is asked of the chain. */
    private void requireAnswerable() throws CommandFailedException {
        if (!yes && !prompt.isTerminal()) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "not_confirmed",
                    "there is nobody at a terminal who could agree; nothing was sent",
                    "look at it in a terminal, or say --yes");
        }
    }

    private void confirm(Summary summary) throws CommandFailedException {
        if (yes) {
            return;
        }
        char[] answer = prompt.ask("Type yes to " + summary.action() + ": ");
        boolean agreed = new String(answer).strip().equalsIgnoreCase("yes");
        Arrays.fill(answer, '\0');
        if (!agreed) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "not_confirmed",
                    "you did not agree; nothing was sent",
                    "begin again if you want it after all");
        }
    }

    /** On the disk before it is handed in: what may be on the chain is never forgotten. */
    private void keep(Sent sent, Payment payment) throws IOException {
        new HistoryFile(wallet.folder())
                .append(
                        new SentRecord(
                                Instant.now(),
                                open.chain().id(),
                                sent.from(),
                                sent.hash(),
                                sent.nonce(),
                                payment.action(),
                                payment.to(),
                                payment.units(),
                                payment.coin()));
        output.progress("signed: " + sent.hash());
    }

    private void submit(Sender sender, Sent sent) throws RpcException, RejectedException {
        try {
            sender.submit(sent);
            output.progress("handed in");
        } catch (RpcException e) {
            if (!e.passes()) {
                throw e;
            }
            output.progress(
                    "the way to the chain is in trouble; it may have arrived: " + e.getMessage());
        }
    }

    private void tell(Progress.Step step) {
        output.progress(
                switch (step) {
                    case Progress.Step.Signed _ -> "signed";
                    case Progress.Step.Included(_, Receipt receipt) ->
                            "in block "
                                    + receipt.block()
                                    + "; it counts below "
                                    + open.network().confirmations()
                                    + (open.network().confirmations() == 1 ? " block" : " blocks");
                    case Progress.Step.Reorganised _ ->
                            "the chain has dropped that block; waiting again";
                    case Progress.Step.Resubmitted _ ->
                            "the chain had forgotten it; handed in again";
                    case Progress.Step.Repriced _ -> "it pays more now";
                });
    }

    private ExitStatus end(Outcome outcome) throws CommandFailedException {
        String hash = outcome.sent().hash().toString();
        return switch (outcome) {
            case Outcome.Confirmed(_, Receipt receipt) -> {
                String symbol = open.network().gasSymbol();
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("transaction", hash);
                json.put("state", "confirmed");
                json.put("block", receipt.block());
                json.put("fee", receipt.cost().decimal());
                output.print(
                        "confirmed: " + hash + ", for " + receipt.cost().in(symbol) + " of gas",
                        json);
                yield ExitStatus.OK;
            }
            case Outcome.Reverted reverted ->
                    throw failed(
                            "reverted",
                            "the contract undid "
                                    + hash
                                    + ": "
                                    + reverted.why().message()
                                    + " The gas was paid, nothing else moved",
                            "see the message before you try again");
            case Outcome.Replaced _ ->
                    throw failed(
                            "replaced",
                            "another transaction of this account took the place of " + hash,
                            "it will never happen; look at flowshield wallet history");
            case Outcome.Unknown unknown ->
                    throw failed(
                            "unknown",
                            "it is not known yet what becomes of "
                                    + hash
                                    + ": "
                                    + unknown.message(),
                            "it may still happen: look at flowshield wallet history before you send"
                                    + " it again");
        };
    }

    private static CommandFailedException failed(String code, String message, String action) {
        return new CommandFailedException(ExitStatus.FAILED, code, message, action);
    }

    /** Nothing is signed anew behind the person's back: a stuck transaction stays as it is. */
    private static SenderSettings settings(Network network) {
        SenderSettings usual = SenderSettings.of(network.confirmations(), network.gasSymbol());
        return new SenderSettings(
                usual.confirmations(),
                usual.gasSymbol(),
                usual.maxFee(),
                usual.maxPriority(),
                usual.poll(),
                Integer.MAX_VALUE,
                usual.patience());
    }

    /** The key is in another process, which signs only what it has shown. */
    private record Elsewhere(EvmAddress address) implements TransactionSigner {
        @Override
        public Signature sign(Bytes32 digest) {
            throw new IllegalStateException("no bare digest is signed");
        }
    }
}
