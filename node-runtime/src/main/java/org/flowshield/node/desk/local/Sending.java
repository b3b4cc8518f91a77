package org.flowshield.node.desk.local;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.registry.RegistryOrder;
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
import org.flowshield.contracts.token.FlowToken;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.DeskException.Kind;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.wallet.agent.AgentClient;
import org.flowshield.node.wallet.agent.NoAgentException;
import org.flowshield.node.wallet.agent.Prepared;
import org.flowshield.node.wallet.history.Coin;
import org.flowshield.node.wallet.history.HistoryFile;
import org.flowshield.node.wallet.history.SentRecord;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.flowshield.node.wallet.signing.Summary;
import org.flowshield.node.wallet.signing.TypedDomain;
import org.jspecify.annotations.Nullable;

/**
 * From a call to what became of it: previewed by the chain, shown to the person in the agent's
 * words, signed there, kept, handed in, and followed until it is confirmed. One thread, for one
 * conversation.
 */
final class Sending {

    /** Long enough for a slow chain, too short for a permit that is found later. */
    private static final Duration PERMIT_LIVES = Duration.ofMinutes(15);

    private static final String TOKEN_NAME = "FlowShield";
    private static final String TOKEN_VERSION = "1";

    private final Path wallet;
    private final OpenNetwork open;
    private final Conversation conversation;
    private final AgentClient agent;

    Sending(Path wallet, OpenNetwork open, Conversation conversation) {
        this.wallet = wallet;
        this.open = open;
        this.conversation = conversation;
        this.agent = new AgentClient(wallet);
    }

    /**
     * What is kept and told of a transaction.
     *
     * @param action in one word or two
     * @param to who gets the money, or the contract
     */
    record Purpose(String action, EvmAddress to, BigInteger units, Coin coin) {

        /** Calls a contract and sends it nothing. */
        static Purpose call(String action, EvmAddress contract) {
            return new Purpose(action, contract, BigInteger.ZERO, Coin.FLOW);
        }
    }

    /** Sends a call of this account, and waits until it is confirmed. */
    Ending send(EvmAddress from, Call call, Purpose purpose)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        conversation.requireSomebody();
        Sender sender = sender(from);
        Preview preview = sender.preview(call);
        ChainId chain = open.chain().id();
        long number = agent.takeNumber(chain, from, open.chain().pendingNonce(from));
        boolean handedIn = false;
        Sent sent;
        try {
            Optional<Sent> signed = signed(new UnsignedTransaction(chain, number, preview));
            if (signed.isEmpty()) {
                return told(new Ending.Declined());
            }
            sent = signed.get();
            keep(sent, purpose);
            submit(sender, sent);
            handedIn = true;
        } finally {
            if (!handedIn) {
                giveBack(from, number);
            }
        }
        return told(ending(follow(sender, List.of(sent))));
    }

    /**
     * Offers more for a transaction that waits, and waits until either is confirmed.
     *
     * @param family all that were signed with its number, oldest first
     */
    Ending speedUp(List<SentRecord> family)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        conversation.requireSomebody();
        SentRecord last = family.getLast();
        Sent before = transaction(last);
        Sender sender = sender(last.from());
        conversation.tell(new Step.TakesPlace(before.nonce(), false));
        Optional<Sent> sent =
                replace(
                        sender,
                        before,
                        sender.previewReplacement(before),
                        new Purpose(last.action(), last.to(), last.units(), last.coin()));
        return told(
                sent.isEmpty()
                        ? new Ending.Declined()
                        : ending(follow(sender, family(family, sent.get()))));
    }

    /**
     * Takes the place of a transaction that waits with a payment of nothing to oneself.
     *
     * @param family all that were signed with its number, oldest first
     */
    Ending cancel(List<SentRecord> family)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        conversation.requireSomebody();
        Sent before = transaction(family.getLast());
        Sender sender = sender(before.from());
        conversation.tell(new Step.TakesPlace(before.nonce(), true));
        Optional<Sent> sent =
                replace(
                        sender,
                        before,
                        sender.previewCancellation(before),
                        new Purpose("cancel", before.from(), BigInteger.ZERO, Coin.GAS));
        if (sent.isEmpty()) {
            return told(new Ending.Declined());
        }
        Outcome outcome = follow(sender, family(family, sent.get()));
        if (outcome instanceof Outcome.Confirmed(Sent done, Receipt receipt)) {
            return told(
                    done.equals(sent.get())
                            ? new Ending.Cancelled(done.hash(), receipt.block(), receipt.cost())
                            : new Ending.TooLate(done.hash()));
        }
        return told(ending(outcome));
    }

    private Optional<Sent> replace(Sender sender, Sent before, Preview preview, Purpose purpose)
            throws DeskException, RefusedException, RejectedException, IOException {
        Optional<Sent> sent =
                signed(new UnsignedTransaction(open.chain().id(), before.nonce(), preview));
        if (sent.isPresent()) {
            keep(sent.get(), purpose);
            submit(sender, sent.get());
        }
        return sent;
    }

    private static List<Sent> family(List<SentRecord> before, Sent now) throws DeskException {
        List<Sent> family = new ArrayList<>();
        for (SentRecord each : before) {
            family.add(transaction(each));
        }
        family.add(now);
        return family;
    }

    private static Sent transaction(SentRecord record) throws DeskException {
        Sent transaction = record.transaction();
        if (transaction == null) {
            throw DeskException.of(
                    Kind.FAILED,
                    "not_kept",
                    "an older version has signed " + record.hash() + " and kept too little of it",
                    "wait until it is done, or send it again when it never comes");
        }
        return transaction;
    }

    /** What a call would cost now. */
    GasFee fee(EvmAddress from, Call call) throws RpcException, RejectedException {
        return fee(sender(from).preview(call));
    }

    private Sender sender(EvmAddress from) {
        return new Sender(open.chain(), new Elsewhere(from), settings(open.network()), Time.SYSTEM);
    }

    private Optional<Sent> signed(UnsignedTransaction unsigned)
            throws DeskException, RefusedException, IOException {
        return sign(
                        new SigningRequest.Transaction(unsigned),
                        Proposal.Kind.TRANSACTION,
                        fee(unsigned.preview()))
                .map(unsigned::signed);
    }

    /** Lets a contract take tokens; empty if the person did not agree. */
    Optional<SignedPermit> permit(EvmAddress owner, EvmAddress taker, TokenAmount amount)
            throws DeskException, RefusedException, IOException {
        conversation.requireSomebody();
        FlowToken token = open.contracts().token();
        Permit permit =
                new Permit(
                        owner,
                        taker,
                        amount,
                        token.nonce(owner),
                        Instant.now().plus(PERMIT_LIVES).truncatedTo(ChronoUnit.SECONDS));
        Optional<Signature> signature =
                sign(
                        new SigningRequest.TokenPermit(
                                new TypedDomain(
                                        TOKEN_NAME,
                                        TOKEN_VERSION,
                                        open.chain().id(),
                                        token.address()),
                                permit),
                        Proposal.Kind.PERMIT,
                        null);
        if (signature.isEmpty()) {
            Ending _ = told(new Ending.Declined());
        }
        return signature.map(made -> new SignedPermit(permit, made));
    }

    /** Has an order signed that somebody carries; empty if the person did not agree. */
    Optional<Signature> order(EvmAddress registry, RegistryOrder order)
            throws DeskException, RefusedException, NoAgentException {
        return sign(
                new SigningRequest.NodeOrder(open.chain().id(), registry, order),
                Proposal.Kind.ORDER,
                null);
    }

    /** Shows what a signature would do, asks, and has it made; empty if they did not agree. */
    private Optional<Signature> sign(
            SigningRequest request, Proposal.Kind kind, @Nullable GasFee gas)
            throws DeskException, RefusedException, NoAgentException {
        Prepared prepared = agent.prepare(request);
        if (!conversation.agrees(proposal(prepared.summary(), kind, request.from(), gas))) {
            return Optional.empty();
        }
        return Optional.of(agent.sign(prepared, request));
    }

    /** The fee is told once, by whoever knows what the chain calls its coin. */
    private Proposal proposal(
            Summary summary, Proposal.Kind kind, EvmAddress from, @Nullable GasFee gas) {
        List<Proposal.Line> lines = new ArrayList<>();
        for (Summary.Line line : summary.lines()) {
            lines.add(
                    gas != null && line.label().equals("fee")
                            ? new Proposal.Line(line.label(), gas.words(), "")
                            : new Proposal.Line(
                                    line.label(), line.value(), meaning(line.value(), from)));
        }
        return new Proposal(kind, summary.action(), lines, from, gas);
    }

    /** What the network file calls an address. */
    private String meaning(String value, EvmAddress from) {
        ContractAddresses contracts = open.network().contracts();
        if (value.equals(contracts.token().toString())) {
            return "the token FLOW";
        }
        if (value.equals(contracts.channels().toString())) {
            return "purses and channels";
        }
        if (value.equals(from.toString())) {
            return "you";
        }
        return value.equals(open.chain().id().toString()) ? open.network().name() : "";
    }

    private GasFee fee(Preview preview) {
        return new GasFee(
                preview.fee(),
                preview.gasLimit(),
                preview.fees().max(),
                preview.fees().priority(),
                open.network().gasSymbol());
    }

    /**
     * Whoever holds the keys may have been locked meanwhile, and has forgotten all numbers then.
     */
    private void giveBack(EvmAddress from, long number) throws RefusedException {
        try {
            agent.giveNumberBack(open.chain().id(), from, number);
        } catch (NoAgentException e) {
            return; // nothing is taken any more
        }
    }

    /** On the disk before it is handed in: what may be on the chain is never forgotten. */
    private void keep(Sent sent, Purpose purpose) throws IOException {
        new HistoryFile(wallet)
                .append(
                        new SentRecord(
                                Instant.now(),
                                open.chain().id(),
                                sent.from(),
                                sent.hash(),
                                sent.nonce(),
                                purpose.action(),
                                purpose.to(),
                                purpose.units(),
                                purpose.coin(),
                                sent));
        conversation.tell(new Step.Signed(sent.hash()));
    }

    private void submit(Sender sender, Sent sent) throws RpcException, RejectedException {
        try {
            sender.submit(sent);
            conversation.tell(new Step.HandedIn(sent.hash()));
        } catch (RpcException e) {
            if (!e.passes()) {
                throw e;
            }
            conversation.tell(new Step.WayInTrouble(sent.hash(), String.valueOf(e.getMessage())));
        }
    }

    /** What it was signed for may happen from here on: trouble is no refusal any more. */
    private Outcome follow(Sender sender, List<Sent> family) throws InterruptedException {
        try {
            return sender.await(family, new Telling());
        } catch (RpcException e) {
            return new Outcome.Unknown(family.getLast(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Tells the person what happens on the way. */
    private final class Telling implements Progress {

        @Override
        public void happened(Step step) {
            tell(step);
        }

        /** The first is told with its block. */
        @Override
        public void deeper(Sent sent, long confirmations) {
            if (confirmations > 1) {
                conversation.tell(
                        new org.flowshield.node.desk.transaction.Step.Deeper(
                                sent.hash(), confirmations, open.network().confirmations()));
            }
        }
    }

    private void tell(Progress.Step step) {
        conversation.tell(
                switch (step) {
                    case Progress.Step.Signed(Sent sent) -> new Step.Signed(sent.hash());
                    case Progress.Step.Included(Sent sent, Receipt receipt) ->
                            new Step.Included(
                                    sent.hash(), receipt.block(), open.network().confirmations());
                    case Progress.Step.Reorganised(Sent sent, _) ->
                            new Step.Reorganised(sent.hash());
                    case Progress.Step.Resubmitted(Sent sent) ->
                            new Step.HandedInAgain(sent.hash());
                    case Progress.Step.EarlierMissing(Sent sent, long missing) ->
                            new Step.WaitsForEarlier(sent.hash(), sent.nonce(), missing);
                    case Progress.Step.Repriced _ ->
                            throw new IllegalStateException("nothing is signed behind a person");
                });
    }

    private static Ending ending(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Confirmed(Sent sent, Receipt receipt) ->
                    new Ending.Done(sent.hash(), receipt.block(), receipt.cost());
            case Outcome.Reverted reverted ->
                    new Ending.Undone(
                            reverted.sent().hash(),
                            reverted.why().message(),
                            reverted.receipt().cost());
            case Outcome.Replaced(Sent sent) -> new Ending.Displaced(sent.hash());
            case Outcome.Unknown unknown ->
                    new Ending.NotKnown(unknown.sent().hash(), unknown.message());
        };
    }

    private Ending told(Ending ending) {
        conversation.tell(new Step.Ended(ending));
        return ending;
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
