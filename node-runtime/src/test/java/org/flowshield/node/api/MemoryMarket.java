package org.flowshield.node.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.Marketplace;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSource;
import org.flowshield.node.api.market.ProviderState;

/** A market in which there is what a test put there. Safe for use by any thread. */
public final class MemoryMarket implements Marketplace {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** Says no, or nothing. */
    @FunctionalInterface
    interface Refusing {
        void refuse() throws RefusedException;
    }

    private final Refusing refusing;
    private final List<FoundProvider> providers = new CopyOnWriteArrayList<>();
    private final List<ProviderQuery> asked = new CopyOnWriteArrayList<>();

    MemoryMarket(Refusing refusing) {
        this.refusing = refusing;
    }

    /** Puts one there. */
    public void add(FoundProvider provider) {
        providers.add(provider);
    }

    /** What was looked for, in order. */
    public List<ProviderQuery> asked() {
        return List.copyOf(asked);
    }

    /** One that is there. */
    public static FoundProvider provider(String country, String price) {
        return new FoundProvider(
                "12D3KooWQnwEGNqcM2nAcPtRR9rAX8Hrg4k9kJLCHoTR5chJfz6d",
                List.of(MemoryNode.PROVIDER),
                country,
                MemoryPayments.flow(price),
                500_000_000,
                120_000_000L,
                3,
                true,
                false,
                MemoryPayments.PAYEE,
                MemoryPayments.flow("1000"),
                ProviderState.ONLINE,
                NOW,
                NOW.plusSeconds(3600),
                true,
                0.875,
                List.of("none asks for less", "it is there"),
                ProviderSource.DIRECTORY);
    }

    @Override
    public FoundProviders find(ProviderQuery query) throws RefusedException {
        refusing.refuse();
        asked.add(query);
        return new FoundProviders(new ArrayList<>(providers), List.of(), 2, NOW, null);
    }
}
