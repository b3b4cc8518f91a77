package org.flowshield.node.cli.share;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.cli.CommandFailedException;
import org.flowshield.node.cli.ExitStatus;
import org.flowshield.node.cli.money.ChainVerb;
import org.flowshield.node.cli.prompt.TerminalConversation;
import org.flowshield.node.cli.remote.AmountConverter;
import org.flowshield.node.cli.remote.DaemonOptions;
import org.flowshield.node.config.BitRate;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.local.LocalDesk;
import org.flowshield.node.desk.share.ShareLook;
import org.flowshield.node.desk.share.ShareOrder;
import org.flowshield.node.desk.share.Shared;
import org.flowshield.node.desk.transaction.Ending;
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

    /** A node joins within a second or two, and peers give up dialling it after eight. */
    private static final Duration JUDGED_WITHIN = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

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
    protected Path daemon() {
        return daemon.socket();
    }

    @Override
    protected ExitStatus run(LocalDesk desk, EvmAddress account)
            throws CommandFailedException, DeskException, InterruptedException {
        ShareOrder order =
                new ShareOrder(account, Objects.requireNonNull(price), rate(), country, stake);
        ShareLook look = desk.share().look(account, stake);
        Shared shared =
                desk.share()
                        .on(
                                order,
                                new ShareConversation(
                                        output(),
                                        prompt(),
                                        yes,
                                        desk.money().network().gasSymbol(),
                                        order,
                                        look.target()));
        if (shared.ending() instanceof Ending.Declined) {
            throw new CommandFailedException(
                    ExitStatus.REFUSED,
                    "not_confirmed",
                    "you did not agree; nothing was done",
                    "begin again if you want it after all");
        }
        ExitStatus status = TerminalConversation.require(shared.ending());
        Problem problem = shared.problem();
        if (problem != null) {
            output().progress("note: " + problem.message() + "; " + problem.action());
        }
        tell(judged(desk, account, shared.serving()));
        return status;
    }

    /** Whether others get to it is what decides whether it earns: that is waited for. */
    private @Nullable ProviderStatus judged(
            LocalDesk desk, EvmAddress account, @Nullable ProviderStatus begun)
            throws InterruptedException {
        ProviderStatus serving = begun;
        if (isPending(serving)) {
            output().progress("other nodes are asked whether they get to this one");
        }
        long end = System.nanoTime() + JUDGED_WITHIN.toNanos();
        while (isPending(serving) && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_EVERY);
            try {
                serving = desk.share().standing(account).serving();
            } catch (DeskException e) {
                output().progress("it is on; how it gets on is not known: " + e.getMessage());
                return serving;
            }
        }
        return serving;
    }

    private static boolean isPending(@Nullable ProviderStatus serving) {
        return serving != null
                && serving.reach().state() == ReachStatus.State.UNKNOWN
                && serving.reach().action() == null;
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

    private void tell(@Nullable ProviderStatus serving) {
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
    }
}
