package org.flowshield.node.cli.remote;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.client.NoDaemonException;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists providers of the open market. */
@Command(
        name = "providers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists providers of the open market, the best first, and says why.",
            "They are found by fullnodes' directories, or without any; prices are signed, and stake"
                    + " and registration are checked on the chain. Nobody is paid or connected."
        },
        footer = {
            "",
            "Examples:",
            "  flowshield providers --country NL --max-price 0.05",
            "  flowshield providers --min-mbps 50 --sort price",
            "  flowshield connect 12D3KooW..."
        })
public final class ProvidersCommand extends RemoteVerb {

    /** What is found stays good for longer than that. */
    private static final Duration WATCHED = Duration.ofSeconds(10);

    private static final double MEGABIT = 1e6;

    /** A petabit per second. */
    private static final double MOST_MEGABITS = 1e9;

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--country",
            paramLabel = "CC",
            description = "Only those that say that they are there, such as NL.")
    private @Nullable String country;

    @Option(
            names = "--max-price",
            paramLabel = "FLOW",
            converter = AmountConverter.class,
            description = "Only those that ask for so much for a GiB, or less.")
    private @Nullable TokenAmount maxPrice;

    @Option(
            names = "--min-mbps",
            paramLabel = "N",
            defaultValue = "0",
            description = "Only those that say that they serve so many Mbit/s.")
    private double minMegabits;

    @Option(
            names = "--sort",
            paramLabel = "price|speed|quality",
            defaultValue = "quality",
            description = "What comes first (default: ${DEFAULT-VALUE}).")
    private ProviderSort sort = ProviderSort.QUALITY;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "" + ProviderQuery.DEFAULT_LIMIT,
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(
            names = {"-w", "--watch"},
            description = "Looks again every ten seconds, until Ctrl-C.")
    private boolean watch;

    @Override
    void run(NodeClient client) throws NoDaemonException, RefusedException, InterruptedException {
        ProviderQuery query = query();
        print(client, query);
        while (watch) {
            Thread.sleep(WATCHED);
            print(client, query);
        }
    }

    private void print(NodeClient client, ProviderQuery query)
            throws NoDaemonException, RefusedException, InterruptedException {
        FoundProviders found = client.market().find(query);
        printLines(new ProvidersText(Instant.now()).table(found), found);
    }

    private ProviderQuery query() {
        try {
            if (!(minMegabits >= 0 && minMegabits <= MOST_MEGABITS)) {
                throw new IllegalArgumentException("--min-mbps is 0 or more");
            }
            return new ProviderQuery(
                    country == null ? null : country.toUpperCase(Locale.ROOT),
                    maxPrice,
                    Math.round(minMegabits * MEGABIT),
                    sort,
                    limit);
        } catch (IllegalArgumentException e) {
            if (spec == null) {
                throw new IllegalStateException("picocli did not set the command's model", e);
            }
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
