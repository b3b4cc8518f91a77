package org.flowshield.node.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.MemoryMarket;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.market.FoundProviders;
import org.junit.jupiter.api.Test;

/** Providers as people read them. */
final class ProvidersTextTest {

    private final ProvidersText text = new ProvidersText(MemoryMarket.NOW);

    private static FoundProviders found(int directories, String... countries) {
        return new FoundProviders(
                Arrays.stream(countries)
                        .map(country -> MemoryMarket.provider(country, "0.02"))
                        .toList(),
                List.of(),
                directories,
                MemoryMarket.NOW,
                null);
    }

    @Test
    void columns_are_aligned_countries_have_names_and_claims_are_called_so_once() {
        List<String> lines = text.table(found(2, "NL", "GB"));
        assertThat(lines.getFirst())
                .isEqualTo(
                        "2 providers, by 2 fullnodes' directories; country and speed are claimed by"
                                + " themselves");
        assertThat(String.join("\n", lines)).containsOnlyOnce("claimed");
        assertThat(lines.get(1)).startsWith("COUNTRY").endsWith("PROVIDER");
        assertThat(lines.get(2)).startsWith("Netherlands ").contains("0.02").contains("500");
        assertThat(lines.get(3)).startsWith("United Kingdom ");
        int column = lines.get(1).indexOf("PROVIDER");
        assertThat(lines.get(2).substring(column)).startsWith("12D3KooW");
        assertThat(lines.get(4)).isEqualTo("first, because: none asks for less; it is there");
    }

    @Test
    void nobody_is_said_with_what_stands_in_the_way() {
        Problem why = new Problem("not_staked", "no stake", "none");
        Problem problem = new Problem("market_unreachable", "nobody answers", "check it");
        FoundProviders nobody =
                new FoundProviders(
                        List.of(),
                        List.of(new FailedProvider("/ip4/203.0.113.9/tcp/1", why)),
                        0,
                        MemoryMarket.NOW,
                        problem);
        assertThat(text.table(nobody))
                .containsExactly(
                        "nobody offers that now, without any fullnode's directory",
                        "left out: /ip4/203.0.113.9/tcp/1: no stake",
                        "nobody answers -> check it");
    }
}
