package org.flowshield.node.cli.share;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.money.OpenNetwork;
import org.flowshield.node.cli.money.Sending;
import org.flowshield.node.cli.remote.AmountConverter;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.config.BitRate;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.Wallet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins to sell, from wherever it stands. */
@Command(
        name = "on",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Begins to sell this machine's bandwidth, or changes what it is sold for.",
            "Stakes what is missing, takes the node as the wallet's own, enters the market, tells"
                    + " the daemon the offer and switches the provider role on; each step only if it is"
                    + " not done yet. The wallet must be unlocked."
        },
        footer = {
            "",
            "Example: 0.02 FLOW per GiB, 50 Mbit/s for all clients together:",
            "  flowshield share on --price 0.02 --limit 50Mbit"
        })
final class OnCommand extends ChainVerb {

    @Mixin private final DaemonOptions daemon = new DaemonOptions();

    @Option(
            names = "--price",
            paramLabel = "FLOW",
            required = true,
            converter = AmountConverter.class,
            description = "What a GiB costs, both directions together.")
    private @Nullable TokenAmount price;

    @Option(
            names = "--limit",
            paramLabel = "RATE",
            required = true,
            description = "The most that all clients get together, each way, such as 50Mbit.")
    private String limit = "";

    @Option(
            names = "--country",
            paramLabel = "CC",
            description = "Where clients are taken to be, such as NL; shown as your own word.")
    private @Nullable String country;

    @Option(
            names = "--stake",
            paramLabel = "FLOW",
            converter = AmountConverter.class,
            description = "How much to have staked (default: what the market asks for).")
    private @Nullable TokenAmount stake;

    @Option(names = "--yes", description = "Do not ask: for scripts.")
    private boolean yes;

    @Override
    protected ExitStatus run(Wallet wallet, Account account, OpenNetwork open)
            throws CommandFailedException,
                    RefusedException,
                    RejectedException,
                    IOException,
                    InterruptedException {
        TokenAmount asked = Objects.requireNonNull(price);
        BitRate rate = rate();
        try (NodeClient node = new NodeClient(daemon.socket())) {
            SellingStatus before = node.selling().status();
            Entering entering = Entering.look(account.address(), stake, open, node, output());
            explain(entering, asked, rate);
            entering.run(new Sending(wallet, open, output(), prompt(), true));
            SellingStatus sold =
                    node.selling()
                            .offer(
                                    new ProviderOffer(
                                            asked,
                                            account.address(),
                                            rate.toString(),
                                            country,
                                            true));
            output().progress(
                            "ok: the offer is kept"
                                    + (before.offer().equals(sold.offer()) ? ", as it was" : ""));
            serve(node, sold);
            return tell(node);
        } catch (NoDaemonException e) {
            throw DaemonOptions.failed(e);
        }
    }

    private BitRate rate() throws CommandFailedException {
        try {
            return BitRate.parse(limit);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "bad_limit",
                    String.valueOf(e.getMessage()),
                    "write it like 50Mbit; nothing was done",
                    e);
        }
    }

    /** What somebody should know who lends his connection to strangers; asked for once. */
    private void explain(Entering entering, TokenAmount asked, BitRate rate)
            throws CommandFailedException {
        output().progress("You are about to sell this machine's connection to the internet:");
        output().progress("  - for " + asked + " per GiB, at most " + rate + " each way in all");
        output().progress(
                        "  - what strangers do comes from your address: ask whether your provider"
                                + " and your country's law allow that. Mail (port 25), your own"
                                + " network and other private addresses are refused to them");
        output().progress("  - " + entering.stakeInWords());
        output().progress(
                        "  - you can stop at any time (flowshield share off); stake comes back 14"
                                + " days after you ask for it (flowshield share unstake)");
        entering.plan().forEach(step -> output().progress("  to do: " + step));
        if (yes) {
            return;
        }
        if (!prompt().isTerminal()) {
            throw new CommandFailedException(
                    ExitStatus.USAGE,
                    "not_confirmed",
                    "there is nobody at a terminal who could agree; nothing was done",
                    "look at it in a terminal, or say --yes");
        }
        char[] answer = prompt().ask("Type yes to share: ");
        boolean agreed = new String(answer).strip().equalsIgnoreCase("yes");
        Arrays.fill(answer, '\0');
        if (!agreed) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "not_confirmed",
                    "you did not agree; nothing was done",
                    "begin again if you want it after all");
        }
    }

    private void serve(NodeClient node, SellingStatus sold)
            throws RefusedException, NoDaemonException, InterruptedException {
        boolean on = isOn(node);
        ProviderStatus serving = node.status().provider();
        if (on && sold.restartNeeded()) {
            if (serving != null && !serving.sessions().isEmpty()) {
                output().progress(
                                "note: the new limit or payee holds when the role was off once;"
                                        + " clients are served now, so that is left to you:"
                                        + " flowshield share off, then this again");
                return;
            }
            RoleStatus _ = node.disable(RoleName.PROVIDER);
            on = false;
        }
        if (on) {
            output().progress("ok: the provider role is on");
        } else {
            output().progress("doing: switch the provider role on");
            RoleStatus _ = node.enable(RoleName.PROVIDER);
        }
    }

    static boolean isOn(NodeClient node)
            throws RefusedException, NoDaemonException, InterruptedException {
        return node.status().roles().stream()
                .anyMatch(role -> role.name() == RoleName.PROVIDER && role.state() == RoleState.ON);
    }

    private ExitStatus tell(NodeClient node)
            throws RefusedException, NoDaemonException, InterruptedException {
        Problem problem = node.payments().status().problem();
        if (problem != null) {
            output().progress("note: " + problem.message() + "; " + problem.action());
        }
        ProviderStatus serving = node.status().provider();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", "sharing");
        json.put("addresses", serving == null ? null : serving.multiaddrs());
        if (serving != null) {
            ReachStatus reach = serving.reach();
            json.put("reach", reach.state().name().toLowerCase(Locale.ROOT));
            output().progress("reached: " + reach.detail());
            if (reach.action() != null) {
                output().progress("to do: " + reach.action());
            }
        }
        output().print(
                        "sharing"
                                + (serving == null
                                        ? ""
                                        : " at " + String.join(", ", serving.multiaddrs())),
                        json);
        return ExitStatus.OK;
    }
}
