package org.flowshield.node.finder;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.Problem;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.session.Offers;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.role.NodeFailure;
import org.flowshield.node.tunnel.credit.BillEndedException;

/**
 * Asks some of those that are about to be gone to, all at once, whether they are there, who they
 * are and what they ask for now: a dead one then costs nobody a wait. Any thread; waits for them.
 */
final class Preflight {

    /** Of the best, so many are asked at a time. */
    static final int AT_A_TIME = 4;

    /** Three round trips over a slow line, and a look at the chain. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Once one can be gone to, a better one is waited for no longer than that. */
    private static final Duration BETTER = Duration.ofMillis(700);

    private static final Problem SILENT =
            new Problem(
                    "unreachable",
                    "it did not answer within %d s".formatted(LIMIT.toSeconds()),
                    "none is needed: another provider is taken");

    private final Search search;
    private final Vetting vetting;
    private final MarketTerms terms;
    private final InstantSource time;

    /**
     * What is asked of offers.
     *
     * @param most that is paid for a GiB
     */
    record MarketTerms(ChannelDomain network, TokenAmount most) {}

    /**
     * What came of it.
     *
     * @param passed where they answered, by node
     * @param failed those that did not, and why; who was still on the way is in neither
     */
    record Outcome(Map<NodeKey, Multiaddr> passed, Map<NodeKey, Problem> failed) {

        Outcome {
            passed = Map.copyOf(passed);
            failed = Map.copyOf(failed);
        }
    }

    Preflight(Search search, Vetting vetting, MarketTerms terms, InstantSource time) {
        this.search = search;
        this.vetting = vetting;
        this.terms = terms;
        this.time = time;
    }

    /**
     * Asks them.
     *
     * @param picks the best first
     */
    Outcome of(List<Selection.Pick> picks) throws InterruptedException {
        Map<NodeKey, Problem> failed = new ConcurrentHashMap<>();
        Map<NodeKey, Multiaddr> passed = new ConcurrentHashMap<>();
        List<NodeKey> finished =
                Fanout.ask(
                        picks,
                        AT_A_TIME,
                        LIMIT,
                        pick -> {
                            ask(pick, passed, failed);
                            return Optional.of(pick.node());
                        },
                        _ -> patience(picks, passed, failed));
        if (passed.isEmpty()) {
            picks.stream()
                    .map(Selection.Pick::node)
                    .filter(node -> !finished.contains(node))
                    .forEach(node -> failed.putIfAbsent(node, SILENT));
        }
        return new Outcome(passed, failed);
    }

    /** Until the best of those that may still come is there. */
    private static Optional<Duration> patience(
            List<Selection.Pick> picks,
            Map<NodeKey, Multiaddr> passed,
            Map<NodeKey, Problem> failed) {
        List<NodeKey> open = new ArrayList<>();
        for (Selection.Pick pick : picks) {
            if (passed.containsKey(pick.node())) {
                return Optional.of(open.isEmpty() ? Duration.ZERO : BETTER);
            }
            if (!failed.containsKey(pick.node())) {
                open.add(pick.node());
            }
        }
        return Optional.empty();
    }

    private void ask(
            Selection.Pick pick, Map<NodeKey, Multiaddr> passed, Map<NodeKey, Problem> failed)
            throws InterruptedException {
        try {
            Connection provider = search.connect(pick.item().addresses());
            try {
                Optional<SignedOffer> offer = Offers.ask(provider);
                require(offer);
                Optional<String> _ = vetting.require(provider, offer.orElseThrow().offer());
                passed.put(pick.node(), provider.remoteAddress().withPeer(pick.peer()));
            } finally {
                provider.close();
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException().initCause(e);
            }
            failed.put(pick.node(), NodeFailure.of(e).problem());
        }
    }

    /** By what it signs now: what it has told the market may be a day old. */
    private void require(Optional<SignedOffer> signed) throws BillEndedException {
        if (signed.isEmpty()) {
            throw new BillEndedException(
                    "not_as_listed", "it makes no offer any more, unlike its listing", false);
        }
        Offer offer = signed.orElseThrow().offer();
        if (!offer.channels().equals(terms.network())) {
            throw new BillEndedException(
                    "wrong_network", "it is paid on another chain or contract", false);
        }
        if (!offer.isValidAt(time.instant())) {
            throw new BillEndedException(
                    "offer_expired", "its offer ended on " + offer.validUntil(), false);
        }
        if (offer.price().perGiB().isMoreThan(terms.most())) {
            throw new BillEndedException(
                    "price_too_high",
                    "it asks for %s, the limit is %s"
                            .formatted(offer.price().perGiB(), terms.most()),
                    false);
        }
    }
}
