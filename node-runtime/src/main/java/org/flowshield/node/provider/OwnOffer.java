package org.flowshield.node.provider;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.Selling;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.config.BitRate;
import org.flowshield.node.payment.Country;
import org.jspecify.annotations.Nullable;

/**
 * What a provider sells for: the configuration, and before it what was chosen while the node ran.
 * Safe for use by any thread.
 */
public final class OwnOffer implements Selling {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /**
     * What the configuration says, and whether there can be money. Immutable.
     *
     * @param network whether there is a network file
     * @param broken what is wrong with payment, where it was configured
     */
    public record Terms(
            boolean free, ChosenOffer offer, boolean network, Optional<Problem> broken) {}

    private final Terms configured;
    private final Path file;
    private final Function<Charge.Paid, Optional<Till>> tills;

    // Guarded by this.
    private ChosenOffer chosen;
    private @Nullable Till till;
    private boolean serving;
    private boolean restartNeeded;

    /**
     * @param file of what was chosen
     * @param tills that take money for a payee; empty where payment does not work
     * @throws IOException if the file is not what was written
     */
    public OwnOffer(Terms configured, Path file, Function<Charge.Paid, Optional<Till>> tills)
            throws IOException {
        this.configured = configured;
        this.file = file;
        this.tills = tills;
        this.chosen = ChosenOffer.read(file);
    }

    private ChosenOffer offer() {
        return chosen.over(configured.offer());
    }

    /** The wallet that is paid; empty if nobody has named one. */
    public synchronized Optional<EvmAddress> payee() {
        return offer().payee();
    }

    /** The most that all sessions get together; empty for no limit. */
    public synchronized Optional<BitRate> limit() {
        return offer().limit();
    }

    /** Whether the role is switched on when a node starts; empty for what is configured. */
    public synchronized Optional<Boolean> atStart() {
        return chosen.atStart();
    }

    /** Who says a price to a running node means it, whatever the configuration gave away. */
    public synchronized Charge charge() {
        boolean free = configured.free() && chosen.price().isEmpty();
        Optional<TokenAmount> price = free ? configured.offer().price() : offer().price();
        Charge charge = Charge.of(free, price, offer().payee(), configured.network());
        return charge instanceof Charge.Paid && configured.broken().isPresent()
                ? new Charge.Undecided(configured.broken().get())
                : charge;
    }

    /** Has the sessions paid that are served from now on. */
    public synchronized Cashier cashier() {
        serving = true;
        restartNeeded = false;
        if (!(charge() instanceof Charge.Paid paid)) {
            return Cashier.NONE;
        }
        if (till == null || !till.payee().equals(paid.payee())) {
            till = tills.apply(paid).orElse(null);
        }
        if (till == null) {
            return Cashier.NONE;
        }
        till.asks(paid.pricePerGib(), offer().country());
        return till.cashier();
    }

    @Override
    public synchronized SellingStatus status() {
        ChosenOffer now = offer();
        Charge charge = charge();
        return new SellingStatus(
                new ProviderOffer(
                        now.price().orElse(null),
                        now.payee().orElse(null),
                        now.limit().map(BitRate::toString).orElse(null),
                        now.country().map(Country::code).orElse(null),
                        now.atStart().orElse(null)),
                charge instanceof Charge.Free,
                restartNeeded,
                charge instanceof Charge.Undecided(Problem problem) ? problem : null);
    }

    @Override
    public synchronized SellingStatus offer(ProviderOffer change) throws RefusedException {
        ChosenOffer before = offer();
        ChosenOffer next = parsed(change).over(chosen);
        try {
            next.write(file);
        } catch (IOException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "offer_not_kept",
                            "the offer could not be written to " + file + ": " + e.getMessage(),
                            "see the message; nothing was changed"),
                    e);
        }
        chosen = next;
        ChosenOffer now = offer();
        boolean another =
                !now.payee().equals(before.payee())
                        || !now.limit().equals(before.limit())
                        || till == null;
        restartNeeded |= serving && another;
        if (till != null && charge() instanceof Charge.Paid paid) {
            till.asks(paid.pricePerGib(), now.country());
        }
        return status();
    }

    private static ChosenOffer parsed(ProviderOffer change) throws RefusedException {
        TokenAmount price = change.pricePerGib();
        if (price != null && price.isZero()) {
            throw invalid("a price is more than 0", "serve for nothing with provider.free = true");
        }
        EvmAddress payee = change.payee();
        if (payee != null && payee.isZero()) {
            throw invalid("money sent to " + payee + " is lost", "name your wallet");
        }
        String country = change.country();
        if (country != null && !COUNTRIES.contains(country)) {
            throw invalid(
                    "there is no country '" + country + "'",
                    "name it by two capital letters of ISO 3166-1, such as NL");
        }
        return new ChosenOffer(
                Optional.ofNullable(price),
                Optional.ofNullable(payee),
                Optional.ofNullable(rate(change.limit())),
                Optional.ofNullable(country).map(Country::new),
                Optional.ofNullable(change.atStart()));
    }

    private static @Nullable BitRate rate(@Nullable String limit) throws RefusedException {
        try {
            return limit == null ? null : BitRate.parse(limit);
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()), "write it as '50 Mbit/s'");
        }
    }

    private static RefusedException invalid(String message, String action) {
        return new RefusedException(Kind.INVALID, new Problem("bad_offer", message, action));
    }
}
