package org.flowshield.node.cli.share;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.registry.BindingStatus;
import org.flowshield.contracts.staking.Stake;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.cli.remote.ScheduleText;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.share.ShareStanding;
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
    protected Path daemon() {
        return daemon.socket();
    }

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws DeskException, InterruptedException {
        ShareStanding standing = desk.share().standing(account);
        sharing(standing.role(), standing.serving());
        daemon(standing.selling(), standing.serving());
        tell("node", "node", standing.peerId());
        tell("binding", "binding", lower(standing.binding()));
        if (standing.binding() == BindingStatus.REVOKED) {
            tell(
                    "binding_action",
                    "to do",
                    "nobody deals with this node any more; flowshield identity rotate gives it"
                            + " another key, with which it can share again");
        }
        Stake stake = standing.stake();
        tell("staked", "staked", stake.staked());
        tell("min_stake", "asked for", standing.least());
        if (!stake.unbonding().isZero()) {
            tell("unbonding", "coming back", stake.unbonding());
            tell("withdrawable_at", "from", stake.withdrawableAt());
        }
        tell("market", "market", lower(standing.entry().status()));
        tell("active", "channels", standing.active() ? "may be opened" : "none may be opened");
        output().print(String.join(System.lineSeparator(), lines), json);
        return ExitStatus.OK;
    }

    private void sharing(RoleStatus role, @Nullable ProviderStatus serving) {
        json.put("sharing", serving == null ? "off" : "on");
        json.put("until", role.until() == null ? null : role.until().toString());
        line("sharing", new ScheduleText(Instant.now(), ZoneId.systemDefault()).state(role));
    }

    private void daemon(SellingStatus selling, @Nullable ProviderStatus serving) {
        ProviderOffer offer = selling.offer();
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
        line(label, text == null ? "none" : text);
    }

    private void line(String label, String text) {
        lines.add(String.format(Locale.ROOT, "%-12s %s", label, text));
    }
}
