package org.flowshield.node.api.http;

import java.util.Locale;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.http.Operations.Input;
import org.flowshield.node.api.market.Marketplace;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.jspecify.annotations.Nullable;

/** What the API does with the market. Safe for use by any thread; waits for other nodes. */
final class MarketOperations {

    static final String PROVIDERS = "/v1/providers";

    private final Marketplace market;

    MarketOperations(Marketplace market) {
        this.market = market;
    }

    Object providers(Input input) throws RefusedException, InterruptedException {
        Operations.nothing(input.body());
        return market.find(query(input.query()));
    }

    private static ProviderQuery query(String query) throws RefusedException {
        Parameters given = new Parameters(query);
        ProviderQuery any = ProviderQuery.ANY;
        try {
            ProviderQuery asked =
                    new ProviderQuery(
                            given.take("country"),
                            price(given.take("max_price")),
                            given.number("min_bits_per_second", any.minBitsPerSecond()),
                            sort(given.take("sort"), any.sort()),
                            Math.toIntExact(given.number("limit", any.limit())));
            given.requireTaken("country, max_price, min_bits_per_second, sort, limit");
            return asked;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Operations.invalid(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable TokenAmount price(@Nullable String said) throws RefusedException {
        if (said == null) {
            return null;
        }
        try {
            return TokenAmount.parse(said);
        } catch (MalformedAmountException e) {
            throw Operations.invalid("\"max_price\": " + e.getMessage());
        }
    }

    private static ProviderSort sort(@Nullable String said, ProviderSort otherwise) {
        if (said == null) {
            return otherwise;
        }
        for (ProviderSort sort : ProviderSort.values()) {
            if (sort.name().toLowerCase(Locale.ROOT).equals(said)) {
                return sort;
            }
        }
        throw new IllegalArgumentException("\"sort\" is quality, price or speed");
    }
}
