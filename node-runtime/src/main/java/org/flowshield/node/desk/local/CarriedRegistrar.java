package org.flowshield.node.desk.local;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.FlowToken;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.jspecify.annotations.Nullable;

/**
 * With orders that the wallet signs and a provider carries, who pays the gas and takes a fee in
 * FLOW from the wallet in the same transaction. What became of an order is what the chain says of
 * the node: the provider's word is not needed.
 */
final class CarriedRegistrar implements Registrar {

    /** An order that nobody carried by then is void. */
    private static final Duration ORDERS_LAST = Duration.ofMinutes(10);

    /** A few slow blocks. */
    private static final Duration CARRIED_WITHIN = Duration.ofSeconds(90);

    /** As long as a verb waits for a transaction of its own. */
    private static final Duration CONFIRMED_WITHIN = Duration.ofMinutes(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final OpenNetwork open;
    private final Sending sending;
    private final Conversation conversation;
    private final Relays relays;

    /** Whoever carried the first order carries the next; null before that. */
    private Relays.@Nullable Relay relay;

    CarriedRegistrar(OpenNetwork open, Sending sending, Conversation conversation, Relays relays) {
        this.open = open;
        this.sending = sending;
        this.conversation = conversation;
        this.relays = relays;
    }

    /** Whether the chain shows what was ordered. */
    @FunctionalInterface
    private interface Look {
        boolean isDone() throws RpcException;
    }

    @Override
    public boolean paysGas() {
        return false;
    }

    @Override
    public boolean rotatesAtOnce() {
        return false; // the contract has no such order
    }

    @Override
    public void requireOwnGas(String what) throws DeskException {
        throw takesOwnGas(what);
    }

    private DeskException takesOwnGas(String what) {
        return Failures.refused(
                "no_gas",
                what
                        + " takes gas of the wallet: the contracts know no order for it that somebody"
                        + " else could carry",
                "get a little "
                        + open.network().gasSymbol()
                        + " and do it without --without-gas; nothing was done");
    }

    @Override
    public Ending bind(EvmAddress wallet, NodeKey key, byte[] proof, long roles)
            throws DeskException, RefusedException, IOException, InterruptedException {
        return order(
                wallet,
                identities().address(),
                terms -> new RegistryOrder.Bind(wallet, key.bytes(), proof, roles, terms),
                () -> identities().binding(wallet, key.bytes()).status() != BindingStatus.NONE);
    }

    @Override
    public Ending rotate(EvmAddress wallet, NodeKey old, NodeKey next, byte[] proof) {
        throw new IllegalStateException("no order rotates: a key is bound, the other is revoked");
    }

    @Override
    public Ending revoke(EvmAddress wallet, NodeKey key)
            throws DeskException, RefusedException, IOException, InterruptedException {
        return order(
                wallet,
                identities().address(),
                terms -> new RegistryOrder.Revoke(wallet, key.bytes(), terms),
                () -> identities().binding(wallet, key.bytes()).status() == BindingStatus.REVOKED);
    }

    @Override
    public Ending enter(EvmAddress wallet, NodeKey key)
            throws DeskException, RefusedException, IOException, InterruptedException {
        ProviderRegistry providers = open.contracts().providers();
        BigInteger nonce = providers.nonce(wallet);
        return order(
                wallet,
                providers.address(),
                terms ->
                        new RegistryOrder.Register(
                                wallet, key.bytes(), Bytes32.ZERO, "", nonce, terms),
                () -> providers.provider(wallet).status() == ProviderStatus.REGISTERED);
    }

    @Override
    public Ending rename(EvmAddress wallet, NodeKey key, Bytes32 descriptionHash, String uri)
            throws DeskException {
        throw takesOwnGas("telling the market of another node");
    }

    @Override
    public Ending describe(EvmAddress wallet, NodeKey key, Bytes32 name, Bytes32 value)
            throws DeskException {
        throw takesOwnGas("saying something of a node");
    }

    private IdentityRegistry identities() {
        return open.contracts().identities();
    }

    private Ending order(
            EvmAddress wallet,
            EvmAddress registry,
            Function<RelayTerms, RegistryOrder> ordered,
            Look look)
            throws DeskException, RefusedException, IOException, InterruptedException {
        conversation.requireSomebody();
        Relays.Relay by = relay();
        requireFee(wallet, by.fee());
        conversation.tell(new Step.CarriedBy(by.peerId(), by.fee()));
        Instant deadline = Instant.now().plus(ORDERS_LAST).truncatedTo(ChronoUnit.SECONDS);
        RegistryOrder order = ordered.apply(new RelayTerms(by.fee(), deadline));
        Optional<SignedPermit> permit = Optional.empty();
        if (by.fee().isMoreThan(open.contracts().token().allowance(wallet, registry))) {
            permit = sending.permit(wallet, registry, by.fee());
            if (permit.isEmpty()) {
                return new Ending.Declined(); // as it was told
            }
        }
        Optional<Signature> signature = sending.order(registry, order);
        if (signature.isEmpty()) {
            return told(new Ending.Declined());
        }
        TransactionHash carried =
                relays.carry(by, new CarriedOrder.OfNode(order, signature.get(), permit));
        conversation.tell(new Step.HandedIn(carried));
        return told(follow(carried, order.terms(), look));
    }

    private Relays.Relay relay() throws DeskException, IOException, InterruptedException {
        Relays.Relay found = relay;
        if (found == null) {
            found = relays.find();
            relay = found;
        }
        return found;
    }

    /** The contract would undo it all, and the provider would have asked for nothing. */
    private void requireFee(EvmAddress wallet, TokenAmount fee) throws DeskException, RpcException {
        FlowToken token = open.contracts().token();
        TokenAmount balance = token.balance(wallet);
        if (fee.isMoreThan(balance)) {
            throw Failures.refused(
                    "above_balance",
                    "the provider takes " + fee + " for it, and the wallet has " + balance,
                    open.network()
                                    .faucet()
                                    .map(at -> "get some at " + at)
                                    .orElse("get some to " + wallet)
                            + ", then do this again; nothing was done");
        }
    }

    private Ending follow(TransactionHash carried, RelayTerms terms, Look look)
            throws InterruptedException {
        long seen = 0;
        long begun = Time.SYSTEM.nanos();
        while (true) {
            try {
                Optional<Receipt> receipt = open.chain().receipt(carried);
                if (receipt.isPresent() && !receipt.get().succeeded() && !look.isDone()) {
                    return new Ending.Undone(
                            carried,
                            "something had changed when the provider's transaction came.",
                            Wei.ZERO);
                }
                long head = open.chain().head().number();
                if (!look.isDone()) {
                    seen = 0; // perhaps again: a reorganisation
                } else if (seen == 0) {
                    seen = receipt.map(Receipt::block).orElse(head);
                    conversation.tell(
                            new Step.Included(carried, seen, open.network().confirmations()));
                }
                if (seen != 0 && head - seen + 1 >= open.network().confirmations()) {
                    return new Ending.Carried(carried, seen, terms.maxFee());
                }
            } catch (RpcException e) {
                if (!e.passes()) {
                    return new Ending.NotShown(carried, terms.deadline());
                }
            }
            Duration patience = seen == 0 ? CARRIED_WITHIN : CONFIRMED_WITHIN;
            if (Time.SYSTEM.nanos() - begun >= patience.toNanos()) {
                return new Ending.NotShown(carried, terms.deadline());
            }
            Time.SYSTEM.pause(LOOK_AGAIN);
        }
    }

    private Ending told(Ending ending) {
        conversation.tell(new Step.Ended(ending));
        return ending;
    }
}
