package org.flowshield.node.desk.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.channels.ChannelCalls;
import org.flowshield.contracts.channels.SignerAuthority;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.Authorisation;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.money.AddressCheck;
import org.flowshield.node.desk.money.Balances;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.money.Payment;
import org.flowshield.node.desk.money.Purse;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.wallet.history.Coin;
import org.flowshield.node.wallet.history.HistoryEntry;
import org.flowshield.node.wallet.history.HistoryFile;
import org.flowshield.node.wallet.history.SentRecord;
import org.jspecify.annotations.Nullable;

/** Money of the wallet in a directory, on a network that is open. */
final class LocalMoney implements MoneyDesk {

    private final Path wallet;
    private final OpenNetwork open;

    LocalMoney(Path wallet, OpenNetwork open) {
        this.wallet = wallet;
        this.open = open;
    }

    @Override
    public Network network() {
        return open.network();
    }

    private ChannelCalls calls() {
        return open.contracts().channels().calls();
    }

    private Sending sending(Conversation conversation) {
        return new Sending(wallet, open, conversation);
    }

    @Override
    public Balances balances(EvmAddress account) throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    TokenAmount flow = open.contracts().token().balance(account);
                    TokenAmount purse = open.contracts().channels().purseOf(account);
                    Wei gas = open.chain().balance(account);
                    return new Balances(account, flow, gas, network().gasSymbol(), purse);
                });
    }

    @Override
    public Purse purse(EvmAddress owner, @Nullable EvmAddress signer)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    TokenAmount amount = open.contracts().channels().purseOf(owner);
                    if (signer == null) {
                        return new Purse(owner, amount, null, null);
                    }
                    SignerAuthority authority =
                            open.contracts().channels().authority(owner, signer);
                    return new Purse(
                            owner,
                            amount,
                            signer,
                            new Authorisation(
                                    authority.caps().total(),
                                    authority.caps().perPayee(),
                                    authority.caps().expiry(),
                                    authority.used()));
                });
    }

    @Override
    public AddressCheck checkReceiver(String typed) {
        return AddressCheck.of(typed, open.ownContracts());
    }

    @Override
    public GasFee fee(Payment payment) throws DeskException, InterruptedException {
        return Failures.told(
                () -> new Sending(wallet, open, Silent.NOBODY).fee(payment.from(), call(payment)));
    }

    @Override
    public Wei mostGas(EvmAddress from, EvmAddress to) throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    Wei balance = open.chain().balance(from);
                    try {
                        Wei fee =
                                new Sending(wallet, open, Silent.NOBODY)
                                        .fee(from, pay(to, Wei.ZERO))
                                        .atMost();
                        return fee.isMoreThan(balance) ? Wei.ZERO : balance.minus(fee);
                    } catch (RejectedException e) {
                        if (e.rejection().kind() == Rejection.Kind.GAS_COIN_MISSING) {
                            return Wei.ZERO;
                        }
                        throw e;
                    }
                });
    }

    @Override
    public Ending send(Payment payment, Conversation conversation)
            throws DeskException, InterruptedException {
        requireSensible(payment.to());
        return Failures.told(
                () -> {
                    requireCovered(payment);
                    return sending(conversation)
                            .send(
                                    payment.from(),
                                    call(payment),
                                    new Sending.Purpose(
                                            "send", payment.to(), payment.units(), payment.coin()));
                });
    }

    /** Money that goes there never comes back. */
    private void requireSensible(EvmAddress receiver) throws DeskException {
        if (checkReceiver(receiver.toString()) instanceof AddressCheck.Bad(_, String message)) {
            throw Failures.invalid("bad_address", message, "nothing was sent");
        }
    }

    private Call call(Payment payment) {
        return switch (payment.coin()) {
            case FLOW ->
                    open.contracts()
                            .token()
                            .transfer(payment.to(), new TokenAmount(payment.units()));
            case GAS -> pay(payment.to(), new Wei(payment.units()));
        };
    }

    private static Call pay(EvmAddress to, Wei amount) {
        return Call.pay(to, amount, "sends the chain's coin");
    }

    /** Without its fee, which the preview adds. */
    private void requireCovered(Payment payment) throws IOException, DeskException {
        EvmAddress from = payment.from();
        switch (payment.coin()) {
            case FLOW ->
                    requireCovered(
                            new TokenAmount(payment.units()),
                            open.contracts().token().balance(from),
                            from.toString());
            case GAS -> {
                Wei balance = open.chain().balance(from);
                Wei wanted = new Wei(payment.units());
                if (wanted.isMoreThan(balance)) {
                    String symbol = network().gasSymbol();
                    throw aboveBalance(wanted.in(symbol), balance.in(symbol), from.toString());
                }
            }
        }
    }

    private static void requireCovered(TokenAmount amount, TokenAmount balance, String where)
            throws DeskException {
        if (amount.isMoreThan(balance)) {
            throw aboveBalance(amount.toString(), balance.toString(), where);
        }
    }

    private static DeskException aboveBalance(String amount, String balance, String where) {
        return Failures.refused(
                "above_balance",
                amount + " is more than there is: " + where + " has " + balance,
                "nothing was sent; send less, or get some more first");
    }

    @Override
    public Ending deposit(EvmAddress owner, TokenAmount amount, Conversation conversation)
            throws DeskException, InterruptedException {
        requirePositive(amount);
        return Failures.told(
                () -> {
                    requireCovered(
                            amount, open.contracts().token().balance(owner), owner.toString());
                    conversation.requireSomebody();
                    Plan plan =
                            new Plan(
                                    "fill the purse",
                                    List.of(
                                            new Planned.Permit(amount, channels()),
                                            new Planned.FillPurse(amount)));
                    return conversation.begins(plan)
                            ? fill(owner, amount, conversation)
                            : new Ending.Declined();
                });
    }

    private EvmAddress channels() {
        return network().contracts().channels();
    }

    private Ending fill(EvmAddress owner, TokenAmount amount, Conversation conversation)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        Sending sending = sending(conversation);
        conversation.tell(new Step.Begins(new Planned.Permit(amount, channels())));
        Optional<SignedPermit> permit = sending.permit(owner, channels(), amount);
        if (permit.isEmpty()) {
            return new Ending.Declined();
        }
        conversation.tell(new Step.Begins(new Planned.FillPurse(amount)));
        return sending.send(
                owner,
                calls().depositWithPermit(owner, amount, permit.get()),
                new Sending.Purpose("purse deposit", channels(), amount.units(), Coin.FLOW));
    }

    @Override
    public Ending withdraw(
            EvmAddress owner, EvmAddress to, TokenAmount amount, Conversation conversation)
            throws DeskException, InterruptedException {
        requirePositive(amount);
        requireSensible(to);
        return Failures.told(
                () -> {
                    requireCovered(
                            amount,
                            open.contracts().channels().purseOf(owner),
                            "the purse of " + owner);
                    return sending(conversation)
                            .send(
                                    owner,
                                    calls().withdraw(to, amount),
                                    Sending.Purpose.call("purse withdraw", to));
                });
    }

    private static void requirePositive(TokenAmount amount) throws DeskException {
        if (amount.isZero()) {
            throw Failures.invalid(
                    "bad_amount", "the amount is 0: name one that is more", "nothing was sent");
        }
    }

    @Override
    public Ending authorise(
            EvmAddress owner, EvmAddress signer, Caps caps, Conversation conversation)
            throws DeskException, InterruptedException {
        requireSensible(caps);
        return Failures.told(
                () ->
                        sending(conversation)
                                .send(
                                        owner,
                                        calls().authorise(signer, caps),
                                        Sending.Purpose.call("purse authorise", channels())));
    }

    private static void requireSensible(Caps caps) throws DeskException {
        if (caps.perPayee().isMoreThan(caps.total())) {
            throw Failures.invalid(
                    "bad_caps",
                    "one provider can't get more than all together",
                    "nothing was sent");
        }
    }

    @Override
    public Ending revoke(EvmAddress owner, EvmAddress signer, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () ->
                        sending(conversation)
                                .send(
                                        owner,
                                        calls().authorise(signer, Caps.NONE),
                                        Sending.Purpose.call("purse revoke", channels())));
    }

    @Override
    public Ending fund(
            EvmAddress owner,
            TokenAmount amount,
            EvmAddress signer,
            Caps caps,
            Conversation conversation)
            throws DeskException, InterruptedException {
        requireSensible(caps);
        return Failures.told(
                () -> {
                    Funding funding = look(owner, amount, signer, caps);
                    requireCovered(
                            funding.missing(),
                            open.contracts().token().balance(owner),
                            owner.toString());
                    if (funding.plan().steps().isEmpty()) {
                        return new Ending.Already();
                    }
                    conversation.requireSomebody();
                    if (!conversation.begins(funding.plan())) {
                        return new Ending.Declined();
                    }
                    Ending ending = new Ending.Already();
                    if (!funding.missing().isZero()) {
                        ending = fill(owner, funding.missing(), conversation);
                    }
                    if (ending.isGood() && !funding.authorised()) {
                        conversation.tell(new Step.Begins(new Planned.Authorise(signer, caps)));
                        ending =
                                sending(conversation)
                                        .send(
                                                owner,
                                                calls().authorise(signer, caps),
                                                Sending.Purpose.call(
                                                        "purse authorise", channels()));
                    }
                    return ending;
                });
    }

    /** What a daemon lacks before it can pay. */
    private record Funding(TokenAmount missing, boolean authorised, Plan plan) {}

    private Funding look(EvmAddress owner, TokenAmount amount, EvmAddress signer, Caps caps)
            throws IOException {
        TokenAmount purse = open.contracts().channels().purseOf(owner);
        TokenAmount missing = amount.isMoreThan(purse) ? amount.minus(purse) : TokenAmount.ZERO;
        SignerAuthority authority = open.contracts().channels().authority(owner, signer);
        boolean authorised = authority.caps().equals(caps) && !authority.left().isZero();
        List<Planned> steps = new ArrayList<>();
        if (!missing.isZero()) {
            steps.add(new Planned.Permit(missing, channels()));
            steps.add(new Planned.FillPurse(missing));
        }
        if (!authorised) {
            steps.add(new Planned.Authorise(signer, caps));
        }
        return new Funding(missing, authorised, new Plan("let the daemon pay", steps));
    }

    @Override
    public Ending operator(
            EvmAddress payee, EvmAddress operator, boolean allowed, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () ->
                        sending(conversation)
                                .send(
                                        payee,
                                        calls().setOperator(operator, allowed),
                                        Sending.Purpose.call("purse operator", channels())));
    }

    @Override
    public Ending speedUp(TransactionHash transaction, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    List<SentRecord> family = waiting(transaction, conversation);
                    return sending(conversation).speedUp(family);
                });
    }

    @Override
    public Ending cancel(TransactionHash transaction, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    List<SentRecord> family = waiting(transaction, conversation);
                    return sending(conversation).cancel(family);
                });
    }

    /** All that were signed with its number, oldest first, none of which is done. */
    private List<SentRecord> waiting(TransactionHash hash, Conversation conversation)
            throws IOException, DeskException {
        List<SentRecord> all = new HistoryFile(wallet).read();
        SentRecord record =
                all.stream()
                        .filter(
                                sent ->
                                        sent.hash().equals(hash)
                                                && sent.chain().equals(open.chain().id()))
                        .findAny()
                        .orElseThrow(
                                () ->
                                        Failures.invalid(
                                                "no_such_transaction",
                                                "this wallet has signed no transaction "
                                                        + hash
                                                        + " on this chain; flowshield wallet"
                                                        + " history lists what it has",
                                                "nothing was sent"));
        List<SentRecord> family = all.stream().filter(record::isInPlaceOf).toList();
        requireWaiting(family, conversation);
        return family;
    }

    private void requireWaiting(List<SentRecord> family, Conversation conversation)
            throws IOException, DeskException {
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
            conversation.tell(new Step.WaitsForEarlier(null, last.nonce(), next));
        }
    }

    private static DeskException done(String message) {
        return Failures.refused(
                "not_waiting", message, "nothing was sent; look at flowshield wallet history");
    }

    @Override
    public List<HistoryEntry> history(EvmAddress account, @Nullable Long sinceBlock)
            throws DeskException, InterruptedException {
        return Failures.told(() -> new Histories(wallet, open).of(account, sinceBlock));
    }
}
