package org.flowshield.node.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;

/** What a provider serves for: it never is for nothing by mistake. Immutable. */
public sealed interface Charge {

    /** Everybody is served for nothing. */
    record Free() implements Charge {}

    /**
     * For money.
     *
     * @param pricePerGib of both directions together
     */
    record Paid(TokenAmount pricePerGib, EvmAddress payee) implements Charge {}

    /** Nobody has decided, or payment does not work: nobody is served. */
    record Undecided(Problem problem) implements Charge {}

    /**
     * What an operator has decided on.
     *
     * @param network whether there is a network file
     */
    static Charge of(
            boolean free,
            Optional<TokenAmount> price,
            Optional<EvmAddress> payee,
            boolean network) {
        if (free && price.isPresent()) {
            return new Undecided(
                    new Problem(
                            "free_or_paid",
                            "this provider was told both to serve for nothing and to take "
                                    + price.orElseThrow()
                                    + " per GiB: it serves nobody until one of them is taken back",
                            "remove provider.free (--free) to be paid, or provider.price to serve"
                                    + " for nothing"));
        }
        if (free) {
            return new Free();
        }
        if (price.isPresent() && payee.isPresent() && network) {
            return new Paid(price.orElseThrow(), payee.orElseThrow());
        }
        return new Undecided(undecided(price, payee, network));
    }

    private static Problem undecided(
            Optional<TokenAmount> price, Optional<EvmAddress> payee, boolean network) {
        List<String> missing = new ArrayList<>();
        if (price.isEmpty()) {
            missing.add("provider.price (FLOW per GiB, such as 0.1)");
        }
        if (payee.isEmpty()) {
            missing.add("provider.payee (the address of your wallet)");
        }
        if (!network) {
            missing.add("chain.network (a network file)");
        }
        return new Problem(
                "no_price",
                "this provider can't be paid yet, and was not told to serve for nothing: it serves"
                        + " nobody",
                "to be paid, set in flowshield.toml: "
                        + String.join(", ", missing)
                        + "; to serve for nothing, start the daemon with --free"
                        + " (provider.free = true)");
    }
}
