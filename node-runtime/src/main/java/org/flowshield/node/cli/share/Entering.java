package org.flowshield.node.cli.share;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.contracts.token.FlowToken;
import org.flowshield.contracts.token.Permit;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.Output;
import org.flowshield.node.cli.identity.Registering;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.wallet.history.Coin;
import org.flowshield.node.wallet.signing.SigningRequest;
import org.flowshield.node.wallet.signing.TypedDomain;
import org.jspecify.annotations.Nullable;

/**
 * What is missing between a wallet with a node and a place in the market. Looked at once, before
 * anything is done, so that what is asked for and what is done are the same. One thread.
 */
final class Entering {

    /** Long enough for a slow chain, too short for a permit that is found later. */
    private static final Duration PERMIT_LIVES = Duration.ofMinutes(15);

    private static final String TOKEN_NAME = "FlowShield";
    private static final String TOKEN_VERSION = "1";

    private final EvmAddress wallet;
    private final NodeKey key;
    private final OpenNetwork open;
    private final NodeClient node;
    private final Output output;
    private final TokenAmount target;
    private final TokenAmount missing;
    private final Optional<Binding> binding;
    private final ProviderEntry entry;

    private Entering(
            EvmAddress wallet,
            NodeKey key,
            OpenNetwork open,
            NodeClient node,
            Output output,
            TokenAmount target,
            TokenAmount missing,
            Optional<Binding> binding,
            ProviderEntry entry) {
        this.wallet = wallet;
        this.key = key;
        this.open = open;
        this.node = node;
        this.output = output;
        this.target = target;
        this.missing = missing;
        this.binding = binding;
        this.entry = entry;
    }

    /**
     * Looks what is there.
     *
     * @param asked how much is to be staked; null for what the market asks for
     * @throws CommandFailedException if it can't be done, before anything is
     */
    static Entering look(
            EvmAddress wallet,
            @Nullable TokenAmount asked,
            OpenNetwork open,
            NodeClient node,
            Output output)
            throws CommandFailedException,
                    RefusedException,
                    RpcException,
                    NoDaemonException,
                    InterruptedException {
        NodeKey key = Registering.key(node);
        ProviderRegistry providers = open.contracts().providers();
        TokenAmount least = providers.minStake();
        TokenAmount target = asked == null ? least : asked;
        if (least.isMoreThan(target)) {
            throw refused(
                    "stake_too_small",
                    "the market asks for a stake of " + least + ", not " + target,
                    "leave --stake out, or name more");
        }
        TokenAmount staked = open.contracts().vault().stake(wallet, StakeKind.PROVIDER).staked();
        TokenAmount missing = target.isMoreThan(staked) ? target.minus(staked) : TokenAmount.ZERO;
        ProviderEntry entry = providers.provider(wallet);
        if (entry.jailedUntil().isAfter(Instant.now())) {
            throw refused(
                    "jailed",
                    "this wallet is jailed until "
                            + entry.jailedUntil()
                            + ": nobody may open channels to it before",
                    "wait, and mend what verifiers found");
        }
        Optional<Binding> binding = Registering.look(open, wallet, key, Roles.bits(Roles.PROVIDER));
        Entering entering =
                new Entering(wallet, key, open, node, output, target, missing, binding, entry);
        entering.requireMoney();
        return entering;
    }

    private void requireMoney() throws CommandFailedException, RpcException {
        TokenAmount balance = open.contracts().token().balance(wallet);
        String faucet =
                open.network()
                        .faucet()
                        .map(at -> "get some at " + at)
                        .orElse("get some to " + wallet);
        if (missing.isMoreThan(balance)) {
            throw refused(
                    "above_balance",
                    "a stake of " + missing + " is missing, and the wallet has " + balance,
                    faucet + ", then do this again; nothing was done");
        }
        if (!plan().isEmpty() && open.chain().balance(wallet).isZero()) {
            throw refused(
                    "no_gas",
                    "the wallet has no "
                            + open.network().gasSymbol()
                            + ", which its transactions cost",
                    faucet + ", then do this again; nothing was done");
        }
    }

    /** What would be done on chain, in the order of its doing. */
    List<String> plan() {
        List<String> steps = new ArrayList<>();
        if (!missing.isZero()) {
            steps.add("stake " + missing);
        }
        if (binding.isEmpty()) {
            steps.add("take the node " + key + " as your own, as a provider");
        }
        if (entry.status() != ProviderStatus.REGISTERED) {
            steps.add("enter the market");
        } else if (!entry.nodeKey().equals(key.bytes())) {
            steps.add("tell the market of this node");
        }
        return steps;
    }

    String stakeInWords() {
        return target + " of yours are staked: they are lost if the node is proven to misbehave";
    }

    /** Does what is missing; whoever is interrupted looks again and goes on. */
    void run(Sending sending)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    NoDaemonException,
                    IOException,
                    InterruptedException {
        if (missing.isZero()) {
            output.progress("ok: staked at least " + target);
        } else {
            output.progress("doing: stake " + missing);
            stake(sending);
        }
        if (binding.isPresent()) {
            output.progress("ok: the node is the wallet's since " + binding.get().boundAt());
        } else {
            output.progress("doing: take the node as the wallet's own");
            ExitStatus _ =
                    Registering.bind(open, sending, node, wallet, key, Roles.bits(Roles.PROVIDER));
        }
        IdentityStatus _ = node.identity().belongTo(wallet);
        enter(sending);
    }

    private void stake(Sending sending)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        FlowToken token = open.contracts().token();
        StakeVault vault = open.contracts().vault();
        Permit permit =
                new Permit(
                        wallet,
                        vault.address(),
                        missing,
                        token.nonce(wallet),
                        Instant.now().plus(PERMIT_LIVES).truncatedTo(ChronoUnit.SECONDS));
        Signature signature =
                sending.sign(
                        new SigningRequest.TokenPermit(
                                new TypedDomain(
                                        TOKEN_NAME,
                                        TOKEN_VERSION,
                                        open.chain().id(),
                                        token.address()),
                                permit),
                        "");
        ExitStatus _ =
                sending.send(
                        wallet,
                        vault.stakeWithPermit(
                                StakeKind.PROVIDER, missing, new SignedPermit(permit, signature)),
                        new Sending.Payment("stake", vault.address(), missing.units(), Coin.FLOW));
    }

    private void enter(Sending sending)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        ProviderRegistry providers = open.contracts().providers();
        Sending.Payment payment =
                new Sending.Payment(
                        "enter market", providers.address(), BigInteger.ZERO, Coin.FLOW);
        if (entry.status() != ProviderStatus.REGISTERED) {
            output.progress("doing: enter the market");
            ExitStatus _ =
                    sending.send(
                            wallet, providers.register(key.bytes(), Bytes32.ZERO, ""), payment);
        } else if (!entry.nodeKey().equals(key.bytes())) {
            output.progress("doing: tell the market of this node");
            ExitStatus _ =
                    sending.send(
                            wallet,
                            providers.update(key.bytes(), entry.descriptionHash(), ""),
                            payment);
        } else {
            output.progress("ok: in the market since " + entry.registeredAt());
        }
    }

    static CommandFailedException refused(String code, String message, String action) {
        return new CommandFailedException(ExitStatus.REFUSED, code, message, action);
    }
}
