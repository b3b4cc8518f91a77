package org.flowshield.node.desk.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.ProviderStatus;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.staking.StakeVault;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.share.ShareDesk;
import org.flowshield.node.desk.share.ShareLook;
import org.flowshield.node.desk.share.ShareOrder;
import org.flowshield.node.desk.share.ShareStanding;
import org.flowshield.node.desk.share.Shared;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.Plan;
import org.flowshield.node.desk.transaction.Planned;
import org.flowshield.node.desk.transaction.Step;
import org.flowshield.node.identity.NodeKey;
import org.jspecify.annotations.Nullable;

/** Selling, by this machine's daemon and a network that may not have been chosen. */
final class LocalShare implements ShareDesk {

    private final Path wallet;
    private final NodeLink link;
    private final @Nullable OpenNetwork network;
    private final Way way;

    LocalShare(Path wallet, NodeLink link, @Nullable OpenNetwork network) {
        this(wallet, link, network, new Way.OwnGas());
    }

    private LocalShare(Path wallet, NodeLink link, @Nullable OpenNetwork network, Way way) {
        this.wallet = wallet;
        this.link = link;
        this.network = network;
        this.way = way;
    }

    @Override
    public ShareDesk carriedBy(@Nullable String provider) {
        return new LocalShare(wallet, link, network, new Way.Carried(provider));
    }

    private OpenNetwork open() throws DeskException {
        if (network == null) {
            throw LocalDesk.noNetwork();
        }
        return network;
    }

    @Override
    public ShareLook look(EvmAddress owner, @Nullable TokenAmount stake)
            throws DeskException, InterruptedException {
        return Failures.told(() -> Entering.look(owner, stake, open(), link.client()).look());
    }

    @Override
    public ShareStanding standing(EvmAddress owner) throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    NodeClient node = link.client();
                    SellingStatus selling = node.selling().status();
                    NodeStatus now = node.status();
                    NodeKey key = Registering.key(node);
                    Binding binding = open().contracts().identities().binding(owner, key.bytes());
                    ProviderRegistry providers = open().contracts().providers();
                    return new ShareStanding(
                            key.toString(),
                            selling,
                            now.provider(),
                            now.role(RoleName.PROVIDER),
                            binding.status(),
                            open().contracts().vault().stake(owner, StakeKind.PROVIDER),
                            providers.minStake(),
                            providers.provider(owner),
                            providers.isActive(owner));
                });
    }

    @Override
    public Shared on(ShareOrder order, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    NodeClient node = link.client();
                    SellingStatus before = node.selling().status();
                    Entering entering = Entering.look(order.wallet(), order.stake(), open(), node);
                    Sending sending = new Sending(wallet, open(), conversation);
                    Registrar registrar = way.registrar(open(), link, sending, conversation);
                    entering.requireMoney(registrar);
                    conversation.requireSomebody();
                    if (!conversation.begins(whole(entering, node))) {
                        return new Shared(new Ending.Declined(), null, null);
                    }
                    Ending ending = entering.run(sending, registrar, conversation);
                    if (!ending.isGood()) {
                        return new Shared(ending, node.status().provider(), null);
                    }
                    SellingStatus sold = node.selling().offer(offer(order));
                    conversation.tell(
                            before.offer().equals(sold.offer())
                                    ? new Step.DoneBefore(new Planned.KeepOffer(), null)
                                    : new Step.PartDone(new Planned.KeepOffer()));
                    serve(node, sold, conversation);
                    return new Shared(
                            ending, node.status().provider(), node.payments().status().problem());
                });
    }

    /** What the daemon does comes last. */
    private static Plan whole(Entering entering, NodeClient node)
            throws RefusedException, IOException, InterruptedException {
        List<Planned> steps = new ArrayList<>(entering.plan().steps());
        steps.add(new Planned.KeepOffer());
        if (!isOn(node)) {
            steps.add(new Planned.SwitchOn());
        }
        return new Plan(entering.plan().action(), steps);
    }

    private static ProviderOffer offer(ShareOrder order) {
        return new ProviderOffer(
                order.pricePerGib(),
                order.wallet(),
                order.limit().toString(),
                order.country(),
                true);
    }

    private static void serve(NodeClient node, SellingStatus sold, Conversation conversation)
            throws RefusedException, IOException, InterruptedException {
        boolean on = isOn(node);
        org.flowshield.node.api.ProviderStatus serving = node.status().provider();
        if (on && sold.restartNeeded()) {
            if (serving != null && !serving.sessions().isEmpty()) {
                conversation.tell(new Step.Postponed(new Planned.SwitchOn()));
                return;
            }
            RoleStatus _ = node.disable(RoleName.PROVIDER);
            on = false;
        }
        if (on) {
            conversation.tell(new Step.DoneBefore(new Planned.SwitchOn(), null));
        } else {
            conversation.tell(new Step.Begins(new Planned.SwitchOn()));
            RoleStatus _ = node.enable(RoleName.PROVIDER);
        }
    }

    private static boolean isOn(NodeClient node)
            throws RefusedException, IOException, InterruptedException {
        return node.status().role(RoleName.PROVIDER).state() == RoleState.ON;
    }

    @Override
    public RoleStatus off() throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    SellingStatus _ =
                            link.client()
                                    .selling()
                                    .offer(new ProviderOffer(null, null, null, null, false));
                    return link.client().disable(RoleName.PROVIDER);
                });
    }

    @Override
    public Ending unstake(EvmAddress owner, @Nullable TokenAmount amount, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    StakeVault vault = open().contracts().vault();
                    Stake stake = vault.stake(owner, StakeKind.PROVIDER);
                    TokenAmount back = amount == null ? stake.staked() : amount;
                    if (back.isZero() || back.isMoreThan(stake.staked())) {
                        throw noStake(stake, back);
                    }
                    ProviderRegistry providers = open().contracts().providers();
                    boolean leaves =
                            providers.minStake().isMoreThan(stake.staked().minus(back))
                                    && providers.provider(owner).status()
                                            == ProviderStatus.REGISTERED;
                    Planned unstake =
                            new Planned.Unstake(
                                    back,
                                    Instant.now()
                                            .plus(Entering.UNBONDING)
                                            .truncatedTo(ChronoUnit.SECONDS));
                    conversation.requireSomebody();
                    if (leaves
                            && !conversation.begins(
                                    new Plan(
                                            "unstake",
                                            List.of(new Planned.LeaveMarket(), unstake)))) {
                        return new Ending.Declined();
                    }
                    Sending sending = new Sending(wallet, open(), conversation);
                    if (leaves) {
                        conversation.tell(new Step.Begins(new Planned.LeaveMarket()));
                        Ending left =
                                sending.send(
                                        owner,
                                        providers.exit(),
                                        Sending.Purpose.call("leave market", providers.address()));
                        if (!left.isGood()) {
                            return left;
                        }
                        conversation.tell(new Step.Begins(unstake));
                    }
                    return sending.send(
                            owner,
                            vault.requestUnstake(StakeKind.PROVIDER, back),
                            Entering.staking("unstake", vault.address(), back));
                });
    }

    private static DeskException noStake(Stake stake, TokenAmount back) {
        return Failures.refused(
                "no_stake",
                "there are " + stake.staked() + " staked, not " + back,
                stake.unbonding().isZero()
                        ? "nothing was sent"
                        : stake.unbonding()
                                + " are on their way since you asked before: flowshield share"
                                + " withdraw, from "
                                + stake.withdrawableAt()
                                + " on");
    }

    @Override
    public Ending withdraw(EvmAddress owner, Conversation conversation)
            throws DeskException, InterruptedException {
        return Failures.told(
                () -> {
                    StakeVault vault = open().contracts().vault();
                    Stake stake = vault.stake(owner, StakeKind.PROVIDER);
                    if (stake.unbonding().isZero()) {
                        throw Failures.refused(
                                "nothing_asked_for",
                                "no stake was asked for",
                                "flowshield share unstake, and 14 days later this");
                    }
                    if (open().chain().head().time().isBefore(stake.withdrawableAt())) {
                        throw Failures.refused(
                                "too_early",
                                stake.unbonding()
                                        + " can be withdrawn from "
                                        + stake.withdrawableAt()
                                        + " on",
                                "wait until then");
                    }
                    return new Sending(wallet, open(), conversation)
                            .send(
                                    owner,
                                    vault.withdraw(StakeKind.PROVIDER),
                                    Entering.staking(
                                            "withdraw stake", vault.address(), stake.unbonding()));
                });
    }
}
