package org.flowshield.node.cli.share;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.ProviderEntry;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.identity.Registering;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how selling stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Says how selling stands: the daemon's offer, the wallet's stake and entry.")
final class StatusCommand extends ChainVerb {

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    private final List<String> lines = new ArrayList<>();
    private final Map<String, Object> json = new LinkedHashMap<>();

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        EvmAddress owner = account.address();
        try (NodeClient node = new NodeClient(daemon.socket())) {
            daemon(node);
            NodeKey key = Registering.key(node);
            Binding binding = open.contracts().identities().binding(owner, key.bytes());
            tell("node", "node", key);
            tell("binding", "binding", lower(binding.status()));
        } catch (NoDaemonException e) {
            throw DaemonOptions.failed(e);
        }
        Stake stake = open.contracts().vault().stake(owner, StakeKind.PROVIDER);
        tell("staked", "staked", stake.staked());
        tell("min_stake", "asked for", open.contracts().providers().minStake());
        if (!stake.unbonding().isZero()) {
            tell("unbonding", "coming back", stake.unbonding());
            tell("withdrawable_at", "from", stake.withdrawableAt());
        }
        ProviderEntry entry = open.contracts().providers().provider(owner);
        tell("market", "market", lower(entry.status()));
        tell(
                "active",
                "channels",
                open.contracts().providers().isActive(owner)
                        ? "may be opened"
                        : "none may be opened");
        output().print(String.join(System.lineSeparator(), lines), json);
        return ExitStatus.OK;
    }

    private void daemon(NodeClient node)
            throws RefusedException, NoDaemonException, InterruptedException {
        SellingStatus selling = node.selling().status();
        ProviderOffer offer = selling.offer();
        ProviderStatus serving = node.status().provider();
        tell("sharing", "sharing", serving == null ? "off" : "on");
        tell("price_per_gib", "price", selling.free() ? "nothing" : offer.pricePerGib());
        tell("limit", "limit", offer.limit());
        tell("country", "country", offer.country());
        if (serving != null) {
            tell("reach", "reached", serving.reach().detail());
            if (serving.reach().action() != null) {
                tell("reach_action", "to do", serving.reach().action());
            }
        }
        tell("sessions", "sessions", serving == null ? 0 : serving.sessions().size());
        Problem problem = selling.problem();
        if (problem != null) {
            tell("problem", "problem", problem.message() + "; " + problem.action());
        }
    }

    private static String lower(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private void tell(String name, String label, @Nullable Object value) {
        String text = value == null ? null : value.toString();
        json.put(name, text);
        lines.add(String.format(Locale.ROOT, "%-12s %s", label, text == null ? "none" : text));
    }
}
