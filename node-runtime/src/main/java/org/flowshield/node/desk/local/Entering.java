package org.flowshield.node.desk.local;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.share.ShareLook;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.wallet.history.Coin;
import org.jspecify.annotations.Nullable;

/**
 * What is missing between a wallet with a node and a place in the market. Looked at once, before
 * anything is done, so that what is asked for and what is done are the same. One thread.
 *
 * @param target that is to be staked
 * @param flow what the wallet has to stake with
 */
record Entering(
        EvmAddress wallet,
        NodeKey key,
        OpenNetwork open,
        NodeClient node,
        TokenAmount least,
        TokenAmount staked,
        TokenAmount target,
        TokenAmount flow,
        Wei gas,
        Optional<Binding> binding,
        ProviderEntry entry) {

    /** Of the vault's contract. */
    static final Duration UNBONDING = Duration.ofDays(14);

    private static final Set<Roles> ROLES = Set.of(Roles.PROVIDER);

    /**
     * Looks what is there.
     *
     * @param asked how much is to be staked; null for what the market asks for
     * @throws DeskException if it can't be done, before anything is
     */
    static Entering look(
            EvmAddress wallet, @Nullable TokenAmount asked, OpenNetwork open, NodeClient node)
            throws DeskException, RefusedException, IOException, InterruptedException {
        NodeKey key = Registering.key(node);
        ProviderRegistry providers = open.contracts().providers();
        TokenAmount least = providers.minStake();
        TokenAmount target = asked == null ? least : asked;
        if (least.isMoreThan(target)) {
            throw Failures.refused(
                    "stake_too_small",
                    "the market asks for a stake of " + least + ", not " + target,
                    "leave --stake out, or name more");
        }
        ProviderEntry entry = providers.provider(wallet);
        if (entry.jailedUntil().isAfter(Instant.now())) {
            throw Failures.refused(
                    "jailed",
                    "this wallet is jailed until "
                            + entry.jailedUntil()
                            + ": nobody may open channels to it before",
                    "wait, or ask those who run the network why");
        }
        return new Entering(
                wallet,
                key,
                open,
                node,
                least,
                open.contracts().vault().stake(wallet, StakeKind.PROVIDER).staked(),
                target,
                open.contracts().token().balance(wallet),
                open.chain().balance(wallet),
                new Registering(open).look(wallet, key, Registering.bits(ROLES)),
                entry);
    }

    private TokenAmount missing() {
        return target.isMoreThan(staked) ? target.minus(staked) : TokenAmount.ZERO;
    }

    ShareLook look() {
        return new ShareLook(
                key.toString(),
                least,
                staked,
                target,
                missing(),
                flow,
                gas,
                open.network().faucet().orElse(null),
                UNBONDING,
                plan());
    }

    void requireMoney(Registrar registrar) throws DeskException {
        String faucet =
                open.network()
                        .faucet()
                        .map(at -> "get some at " + at)
                        .orElse("get some to " + wallet);
        if (missing().isMoreThan(flow)) {
            throw Failures.refused(
                    "above_balance",
                    "a stake of " + missing() + " is missing, and the wallet has " + flow,
                    faucet + ", then do this again; nothing was done");
        }
        if (!missing().isZero()) {
            registrar.requireOwnGas("staking");
        }
        if (entry.status() == ProviderStatus.REGISTERED && !isNamed()) {
            registrar.requireOwnGas("telling the market of this node");
        }
        if (registrar.paysGas() && !plan().steps().isEmpty() && gas.isZero()) {
            throw Failures.refused(
                    "no_gas",
                    "the wallet has no "
                            + open.network().gasSymbol()
                            + ", which its transactions cost",
                    faucet + ", then do this again; nothing was done");
        }
    }

    /** What would be done on chain, in the order of its doing. */
    Plan plan() {
        List<Planned> steps = new ArrayList<>();
        if (!missing().isZero()) {
            steps.add(stakePart());
        }
        if (binding.isEmpty()) {
            steps.add(bindPart());
        }
        if (entry.status() != ProviderStatus.REGISTERED) {
            steps.add(new Planned.EnterMarket(key.toString()));
        } else if (!isNamed()) {
            steps.add(new Planned.NameNode(key.toString()));
        }
        return new Plan("share", steps);
    }

    private Planned stakePart() {
        return new Planned.Stake(missing(), target);
    }

    private Planned bindPart() {
        return new Planned.BindNode(key.toString(), ROLES);
    }

    private boolean isNamed() {
        return entry.nodeKey().equals(key.bytes());
    }

    /** Does what is missing, and stops at what does not end well. */
    Ending run(Sending sending, Registrar registrar, Conversation conversation)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        Ending ending = new Ending.Already();
        if (missing().isZero()) {
            conversation.tell(new Step.DoneBefore(stakePart(), null));
        } else {
            conversation.tell(new Step.Begins(stakePart()));
            ending = stake(sending);
            if (!ending.isGood()) {
                return ending;
            }
        }
        if (binding.isPresent()) {
            conversation.tell(new Step.DoneBefore(bindPart(), binding.get().boundAt()));
        } else {
            conversation.tell(new Step.Begins(bindPart()));
            ending =
                    new Registering(open)
                            .bind(registrar, node, wallet, key, Registering.bits(ROLES));
            if (!ending.isGood()) {
                return ending;
            }
        }
        IdentityStatus _ = node.identity().belongTo(wallet);
        return enter(registrar, conversation, ending);
    }

    private Ending stake(Sending sending)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        StakeVault vault = open.contracts().vault();
        Optional<SignedPermit> permit = sending.permit(wallet, vault.address(), missing());
        return permit.isEmpty()
                ? new Ending.Declined()
                : sending.send(
                        wallet,
                        vault.stakeWithPermit(StakeKind.PROVIDER, missing(), permit.get()),
                        staking("stake", vault.address(), missing()));
    }

    /** Money between the wallet and the vault. */
    static Sending.Purpose staking(String action, EvmAddress vault, TokenAmount amount) {
        return new Sending.Purpose(action, vault, amount.units(), Coin.FLOW);
    }

    private Ending enter(Registrar registrar, Conversation conversation, Ending before)
            throws DeskException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        if (entry.status() != ProviderStatus.REGISTERED) {
            conversation.tell(new Step.Begins(new Planned.EnterMarket(key.toString())));
            return registrar.enter(wallet, key);
        }
        if (!isNamed()) {
            conversation.tell(new Step.Begins(new Planned.NameNode(key.toString())));
            return registrar.rename(wallet, key, entry.descriptionHash(), "");
        }
        conversation.tell(
                new Step.DoneBefore(new Planned.EnterMarket(key.toString()), entry.registeredAt()));
        return before;
    }
}
