package org.flowshield.node.cli.money;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.ContractAddresses;
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
import org.flowshield.node.wallet.agent.NoAgentException;
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
public final class Sending {

    private final Wallet wallet;
    private final OpenNetwork open;
    private final Output output;
    private final Prompt prompt;
    private final boolean yes;

    public Sending(Wallet wallet, OpenNetwork open, Output output, Prompt prompt, boolean yes) {
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
    public record Payment(String action, EvmAddress to, BigInteger units, Coin coin) {}

    /** Sends a call of this account, and waits until it is confirmed. */
    public ExitStatus send(EvmAddress from, Call call, Payment payment)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        requireAnswerable();
        Sender sender = sender(from);
        Preview preview = sender.preview(call);
        AgentClient agent = new AgentClient(wallet.folder());
        ChainId chain = open.chain().id();
        long number = agent.takeNumber(chain, from, open.chain().pendingNonce(from));
        boolean handedIn = false;
        Sent sent;
        try {
            UnsignedTransaction unsigned = new UnsignedTransaction(chain, number, preview);
            sent = unsigned.signed(sign(new SigningRequest.Transaction(unsigned), fee(preview)));
            keep(sent, payment);
            submit(sender, sent);
            handedIn = true;
        } finally {
            if (!handedIn) {
                giveBack(agent, from, number);
            }
        }
        return end(sender.await(sent, this::tell), "confirmed");
    }

    /**
     * Whoever holds the keys may have been locked meanwhile, and has forgotten all numbers then.
     */
    private void giveBack(AgentClient agent, EvmAddress from, long number) throws RefusedException {
        try {
            agent.giveNumberBack(open.chain().id(), from, number);
        } catch (NoAgentException e) {
            return; // nothing is taken any more
        }
    }

    /**
     * Offers more for a transaction that waits, and waits until either is confirmed.
     *
     * @param family all that were signed with its number, oldest first
     */
    ExitStatus speedUp(List<SentRecord> family)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        requireAnswerable();
        SentRecord last = family.getLast();
        Sent before = transaction(last);
        Sender sender = sender(last.from());
        output.progress(
                "transaction number "
                        + before.nonce()
                        + " again, for more gas; one of both counts");
        Sent sent =
                replace(
                        sender,
                        before,
                        sender.previewReplacement(before),
                        new Payment(last.action(), last.to(), last.units(), last.coin()));
        return end(sender.await(family(family, sent), this::tell), "confirmed");
    }

    /**
     * Takes the place of a transaction that waits with a payment of nothing to oneself.
     *
     * @param family all that were signed with its number, oldest first
     */
    ExitStatus cancel(List<SentRecord> family)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        requireAnswerable();
        Sent before = transaction(family.getLast());
        Sender sender = sender(before.from());
        output.progress(
                "instead of transaction number "
                        + before.nonce()
                        + ", nothing is sent to your own address; one of both counts");
        Sent sent =
                replace(
                        sender,
                        before,
                        sender.previewCancellation(before),
                        new Payment("cancel", before.from(), BigInteger.ZERO, Coin.GAS));
        Outcome outcome = sender.await(family(family, sent), this::tell);
        if (outcome instanceof Outcome.Confirmed && !outcome.sent().equals(sent)) {
            throw failed(
                    "too_late",
                    "it was too late: " + outcome.sent().hash() + " is done",
                    "what it paid is gone; look at flowshield wallet history");
        }
        return end(outcome, "cancelled");
    }

    private Sent replace(Sender sender, Sent before, Preview preview, Payment payment)
            throws CommandFailedException, RefusedException, RejectedException, IOException {
        UnsignedTransaction unsigned =
                new UnsignedTransaction(open.chain().id(), before.nonce(), preview);
        Sent sent = unsigned.signed(sign(new SigningRequest.Transaction(unsigned), fee(preview)));
        keep(sent, payment);
        submit(sender, sent);
        return sent;
    }

    private static List<Sent> family(List<SentRecord> before, Sent now)
            throws CommandFailedException {
        List<Sent> family = new ArrayList<>();
        for (SentRecord each : before) {
            family.add(transaction(each));
        }
        family.add(now);
        return family;
    }

    private static Sent transaction(SentRecord record) throws CommandFailedException {
        Sent transaction = record.transaction();
        if (transaction == null) {
            throw failed(
                    "not_kept",
                    "an older version has signed " + record.hash() + " and kept too little of it",
                    "wait until it is done, or send it again when it never comes");
        }
        return transaction;
    }

    private Sender sender(EvmAddress from) {
        return new Sender(open.chain(), new Elsewhere(from), settings(open.network()), Time.SYSTEM);
    }

    /** Shows what a signature would do, asks, and has it made. */
    public Signature sign(SigningRequest request, String fee)
            throws CommandFailedException, RefusedException, IOException {
        requireAnswerable();
        AgentClient agent = new AgentClient(wallet.folder());
        Prepared prepared = agent.prepare(request);
        show(prepared.summary(), fee, request.from());
        confirm(prepared.summary());
        return agent.sign(prepared, request);
    }

    /** The fee is told once, by whoever knows what the chain calls its coin. */
    private void show(Summary summary, String fee, EvmAddress from) {
        output.progress(summary.action());
        for (Summary.Line line : summary.lines()) {
            boolean isFee = line.label().equals("fee") && !fee.isEmpty();
            String value = isFee ? fee : line.value() + name(line.value(), from);
            output.progress(String.format(Locale.ROOT, "  %-13s %s", line.label(), value));
        }
    }

    /** What the network file calls an address. */
    private String name(String value, EvmAddress from) {
        ContractAddresses contracts = open.network().contracts();
        if (value.equals(contracts.token().toString())) {
            return " (the token FLOW)";
        }
        if (value.equals(contracts.channels().toString())) {
            return " (purses and channels)";
        }
        if (value.equals(from.toString())) {
            return " (you)";
        }
        return value.equals(open.chain().id().toString()) ? " (" + open.network().name() + ")" : "";
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
                                payment.coin(),
                                sent));
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
                                    + "; waiting for confirmations: "
                                    + open.network().confirmations();
                    case Progress.Step.Reorganised _ ->
                            "the chain has dropped that block; waiting again";
                    case Progress.Step.Resubmitted _ ->
                            "the chain had forgotten it; handed in again";
                    case Progress.Step.EarlierMissing(_, long missing) ->
                            "it waits: transaction number "
                                    + missing
                                    + " of this account has to be done first, and is in no block"
                                    + " yet. See flowshield wallet history; speed-up or cancel that"
                                    + " one if it is stuck";
                    case Progress.Step.Repriced _ -> "it pays more now";
                });
    }

    private ExitStatus end(Outcome outcome, String state) throws CommandFailedException {
        String hash = outcome.sent().hash().toString();
        return switch (outcome) {
            case Outcome.Confirmed(_, Receipt receipt) -> {
                String symbol = open.network().gasSymbol();
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("transaction", hash);
                json.put("state", state);
                json.put("block", receipt.block());
                json.put("fee", receipt.cost().decimal());
                output.print(
                        state + ": " + hash + ", for " + receipt.cost().in(symbol) + " of gas",
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
                            "look at flowshield wallet history before you send it again; flowshield"
                                    + " wallet speed-up offers more gas for it, cancel stops it");
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
