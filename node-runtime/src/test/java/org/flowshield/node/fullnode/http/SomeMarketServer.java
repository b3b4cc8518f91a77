package org.flowshield.node.fullnode.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flowshield.node.fullnode.index.Bounds;
import org.flowshield.node.fullnode.index.Index;
import org.flowshield.node.market.SomeMarket;
import org.flowshield.node.market.SomeMarket.Provider;

/** A market of some providers that is told by HTTP on loopback. */
final class SomeMarketServer implements AutoCloseable {

    private static final String[] COUNTRIES = {
        "NL", "DE", "FR", "US", "SE", "CH", "JP", "NL", "DE", "NL", "IS", ""
    };

    final List<Provider> providers = new ArrayList<>();
    final Index index;
    final MarketServer server;
    volatile Optional<String> trouble = Optional.empty();

    /** The last two of every seven are not heard of. */
    SomeMarketServer(Path folder, int count, Instant now) throws IOException, InterruptedException {
        index = Index.open(folder.resolve("market.db"), Bounds.DEFAULT, now);
        Random random = new Random(count);
        for (int i = 0; i < count; i++) {
            Provider provider =
                    SomeMarket.provider(i / 2)
                            .priced(SomeMarket.milli(5 + random.nextInt(60)))
                            .in(COUNTRIES[i % COUNTRIES.length])
                            .serving((1L + random.nextInt(40)) * 25_000_000L)
                            .until(
                                    now.plus(Duration.ofMinutes(30))
                                            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
            providers.add(provider);
            var _ =
                    index.admit(
                            provider.listing(),
                            SomeMarket.milli(1_000_000L + random.nextInt(9_000_000)),
                            now);
            if (i % 7 < 5) {
                var _ = index.hear(provider.beat(now, 1), now);
            }
        }
        index.upkeep(now);
        server =
                MarketServer.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        index,
                        () -> trouble,
                        () -> now);
    }

    @Override
    public void close() throws IOException {
        server.close();
        index.close();
    }
}
