package org.flowshield.app.connect;

import java.util.List;
import java.util.Optional;
import org.flowshield.app.choice.Target;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderSort;
import org.flowshield.node.api.payment.Quote;
import org.jspecify.annotations.Nullable;

/** Asks what a connection would cost. Waits for the daemon: for a thread beside. */
final class Prices {

    /** Of the market's best, so many are asked for their price until one answers. */
    private static final int ASKED = 5;

    private final Daemon daemon;

    Prices(Daemon daemon) {
        this.daemon = daemon;
    }

    /**
     * What was learned.
     *
     * @param found those that fit, the best first
     * @param quote of the first that answered
     */
    record Answer(Target target, List<FoundProvider> found, Quote quote) {

        Answer {
            found = List.copyOf(found);
        }
    }

    /**
     * Of whom that target would be.
     *
     * @param known what was found of it before; only for a single provider
     * @throws FailureException if there is nobody, with what is known of why; or nobody answers
     */
    Answer ask(Target target, Optional<FoundProvider> known)
            throws FailureException, InterruptedException {
        List<FoundProvider> found =
                switch (target) {
                    case Target.Best _ -> best(null);
                    case Target.Country(String code) -> best(code);
                    case Target.One(String peerId) ->
                            known.isPresent() ? List.of(known.get()) : search(peerId);
                };
        return new Answer(target, found, quote(found));
    }

    private List<FoundProvider> best(@Nullable String country)
            throws FailureException, InterruptedException {
        FoundProviders found =
                daemon.find(new ProviderQuery(country, null, 0, ProviderSort.QUALITY, ASKED));
        if (found.providers().isEmpty()) {
            throw nobody(
                    found,
                    new Problem(
                            "no_provider",
                            "there is no provider"
                                    + (country == null ? "" : " that says it is in " + country)
                                    + " among those that "
                                    + found.directories()
                                    + " directories know; nothing was paid",
                            "choose another country, or try again later"));
        }
        return found.providers();
    }

    private List<FoundProvider> search(String peerId)
            throws FailureException, InterruptedException {
        FoundProviders all =
                daemon.find(
                        new ProviderQuery(null, null, 0, ProviderSort.QUALITY, ProviderQuery.MOST));
        List<FoundProvider> found =
                all.providers().stream()
                        .filter(provider -> provider.peerId().equals(peerId))
                        .toList();
        if (found.isEmpty()) {
            throw nobody(
                    all,
                    new Problem(
                            "unknown_provider",
                            "nobody of the network knows a provider " + peerId,
                            "choose another one"));
        }
        return found;
    }

    /** Where it is known why nobody is found, that is what is told. */
    private static FailureException nobody(FoundProviders found, Problem otherwise) {
        Problem why = found.problem();
        return new FailureException(
                new Failure(Failure.Kind.REFUSED, why == null ? otherwise : why));
    }

    /** Of the first that answers; why the last does not, if none does. */
    private Quote quote(List<FoundProvider> found) throws FailureException, InterruptedException {
        List<String> addresses =
                found.stream().flatMap(one -> one.addresses().stream().limit(1)).toList();
        for (String address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return daemon.quote(address);
            } catch (FailureException e) {
                org.slf4j.LoggerFactory.getLogger(Prices.class)
                        .info("{} tells no price: {}", address, e.getMessage());
            }
        }
        return daemon.quote(addresses.getLast());
    }
}
