package org.flowshield.node.finder;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.kad.DhtOptions;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.FailedProvider;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.api.market.FoundProvider;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.market.ProviderState;
import org.flowshield.node.finder.backing.Backing;
import org.flowshield.node.finder.backing.Backing.Backed;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.MarketNetwork;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.role.Choosing;
import org.jspecify.annotations.Nullable;

/**
 * A client's way into the market: fullnodes' directories first, the DHT where none answers or few
 * are known, and what was found before where nobody answers. What is found is checked here, by
 * signatures and by the chain. Safe for use by any thread; one search at a time, of some seconds.
 */
public final class Finder implements Choosing {

    /** Whom a client goes to, one after the other; more are not waited for. */
    static final int MOST_CHOSEN = 8;

    /** Of which the first ones that fail are followed by others. */
    private static final int MOST_TRIED = 12;

    /** Who failed comes last for so long. */
    private static final Duration FAILED = Duration.ofMinutes(10);

    private static final int MOST_REMEMBERED = 256;
    private static final int MOST_OF_THE_MARKET = 4_096;

    /**
     * Where it looks.
     *
     * @param local whether a stranger's word may lead to private addresses
     */
    public record Settings(MarketNetwork network, boolean local) {

        /** Where a stranger's word may lead. */
        public AddressPolicy policy() {
            return local ? AddressPolicy.ANY : AddressPolicy.INTERNET;
        }

        DhtOptions dht() {
            DhtOptions options = DhtOptions.DEFAULT.withAddresses(policy());
            return local ? options.withoutDiversity() : options;
        }
    }

    /** Who was tried in vain. */
    private record Failed(Instant at, Problem why) {}

    private final Settings settings;

    /** For those that are about to be gone to. */
    private final Search.Maker flights;

    private final Backing backing;
    private final InstantSource time;
    private final Shelf shelf;
    private final ProviderSearch looking;
    private final ChainCheck checking;
    private volatile Vetting vetting = Vetting.NONE;

    /** Guarded by itself. */
    private final Map<NodeKey, Failed> failed =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<NodeKey, Failed> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            };

    /** Who was chosen here and not named by the user, and for which price; guarded by itself. */
    private final LinkedHashMap<PeerId, Price> ofTheMarket = new LinkedHashMap<>();

    /**
     * Looks with sockets of its own.
     *
     * @param mark of a socket by which is looked now; keeps it outside of a tunnel while traffic is
     *     blocked
     * @param outside of sockets to providers that are about to be gone to: the one that carries the
     *     tunnel could keep the client from reaching others
     * @param agent name and version that peers are told, {@code name/version}
     * @param beginning whom each search begins with
     */
    public static Finder of(
            Settings settings,
            SecureRandom random,
            IntSupplier mark,
            IntSupplier outside,
            String agent,
            Beginning beginning,
            Backing backing,
            Clock clock) {
        return new Finder(
                settings,
                new Search.Maker(random, mark, settings.dht(), agent, clock),
                new Search.Maker(random, outside, settings.dht(), agent, clock),
                beginning,
                backing,
                clock);
    }

    Finder(
            Settings settings,
            Search.Maker searches,
            Search.Maker flights,
            Beginning beginning,
            Backing backing,
            InstantSource time) {
        this.settings = settings;
        this.flights = flights;
        this.backing = backing;
        this.time = time;
        shelf = new Shelf(settings.network().channels(), settings.policy());
        looking = new ProviderSearch(settings, searches, beginning, shelf, time);
        checking = new ChainCheck(backing, shelf, looking::lied, time);
    }

    /** How providers are asked who they are; to be set before anything is chosen. */
    public void vetBy(Vetting asked) {
        vetting = asked;
    }

    /** Whether a provider was chosen here, so that it has to show who it is. */
    public boolean isOfTheMarket(PeerId peer) {
        return chosenFor(peer).isPresent();
    }

    /** The price that a provider was chosen for; empty: it was not chosen here. */
    public Optional<Price> chosenFor(PeerId peer) {
        synchronized (ofTheMarket) {
            return Optional.ofNullable(ofTheMarket.get(peer));
        }
    }

    // ---- showing ----

    @Override
    public FoundProviders find(ProviderQuery asked) throws RefusedException, InterruptedException {
        Query query = query(asked);
        ProviderSearch.Looked search = looking.look(query);
        ChainCheck.Picked picked =
                checking.pick(query, asked.limit(), failedLately(time.instant()));
        Instant now = time.instant();
        return new FoundProviders(
                picked.order().stream().map(pick -> told(pick, now)).toList(),
                picked.refused(),
                search.directories(),
                search.at(),
                problem(search, picked));
    }

    private static Query query(ProviderQuery asked) {
        return new Query(
                Optional.ofNullable(asked.country()).map(Country::new),
                Optional.ofNullable(asked.maxPrice()),
                asked.minBitsPerSecond(),
                switch (asked.sort()) {
                    case QUALITY -> Query.Sort.QUALITY;
                    case PRICE -> Query.Sort.PRICE;
                    case SPEED -> Query.Sort.SPEED;
                },
                Query.MOST,
                Optional.empty());
    }

    private @Nullable Problem problem(ProviderSearch.Looked search, ChainCheck.Picked picked) {
        if (!search.reached()) {
            return new Problem(
                    "market_unreachable",
                    "neither a fullnode nor a peer of the network answers: this is what was found"
                            + " before",
                    "check the machine's network, and network.bootstrap");
        }
        if (picked.order().isEmpty() && looking.ahead().isPresent()) {
            return clockWrong(looking.ahead().orElseThrow());
        }
        return picked.unknown().map(Finder::unvouched).orElse(null);
    }

    /** Nobody is found, chosen or believed by such a clock. */
    private static Problem clockWrong(Duration ahead) {
        boolean early = ahead.isNegative();
        long minutes = ahead.abs().toMinutes();
        return new Problem(
                "clock_wrong",
                "this machine's clock is %s %s those of the market's providers, so that what they"
                                .formatted(
                                        minutes < 120
                                                ? minutes + " min"
                                                : (minutes + 30) / 60 + " h",
                                        early ? "behind" : "ahead of")
                        + (early
                                ? " sign looks as if it were not valid yet; nothing was paid"
                                : " sign looks as if it were over; nothing was paid"),
                "set the clock, best by itself: timedatectl set-ntp true; then try again");
    }

    /** Why nobody is found, where the clock may be why. */
    private RefusedException unlessClock(RefusedException refusal) {
        return looking.ahead()
                .map(ahead -> new RefusedException(Kind.FAILED, clockWrong(ahead), refusal))
                .orElse(refusal);
    }

    private static Problem unvouched(String why) {
        return new Problem(
                "not_vouched",
                "whether providers are staked and registered is not known: " + why,
                "see the chain in: flowshield status; nobody of the market is paid before");
    }

    private static FoundProvider told(Selection.Pick pick, Instant now) {
        Shelf.Item item = pick.item();
        var offer = item.listing().offer();
        var beat = item.heartbeat().map(signed -> signed.heartbeat());
        return new FoundProvider(
                pick.peer().toString(),
                item.addresses().stream().map(Multiaddr::toString).toList(),
                offer.service().country().map(Country::code).orElse(null),
                offer.price().perGiB(),
                offer.service().bitsPerSecond(),
                beat.map(one -> one.freeBitsPerSecond()).orElse(null),
                beat.map(one -> one.sessions()).orElse(null),
                offer.service().ipv4(),
                offer.service().ipv6(),
                offer.payee(),
                pick.stake().orElse(null),
                state(item.liveness(now)),
                item.heardAt().orElse(null),
                offer.validUntil(),
                pick.stake().isPresent(),
                pick.score(),
                pick.reasons(),
                item.source());
    }

    private static ProviderState state(Optional<Liveness> liveness) {
        if (liveness.isEmpty()) {
            return ProviderState.UNKNOWN;
        }
        return switch (liveness.orElseThrow()) {
            case Liveness.Online _ -> ProviderState.ONLINE;
            case Liveness.Stale _ -> ProviderState.STALE;
            case Liveness.Offline _ -> ProviderState.OFFLINE;
        };
    }

    // ---- choosing ----

    @Override
    public Choice choose(ConnectRequest request, Optional<TokenAmount> most)
            throws RefusedException, InterruptedException {
        TokenAmount limit = most.filter(price -> !price.isZero()).orElseThrow(Finder::unpaid);
        return request.provider().equals(ConnectRequest.BEST)
                ? best(Optional.ofNullable(request.country()).map(Country::new), limit)
                : one(peer(request.provider()), limit);
    }

    private static RefusedException unpaid() {
        return refused(
                Kind.REFUSED,
                "payment_required",
                "providers of the market are paid, and nobody has agreed to any price; nothing was"
                        + " paid",
                "agree with --max-price, or set client.max-price");
    }

    private static PeerId peer(String id) throws RefusedException {
        try {
            PeerId peer = PeerId.parse(id);
            if (NodeKey.of(peer).isPresent()) {
                return peer;
            }
        } catch (MalformedPeerIdException e) {
            throw notAPeer(id);
        }
        throw notAPeer(id);
    }

    private static RefusedException notAPeer(String id) {
        return refused(
                Kind.INVALID,
                "malformed_provider",
                "'" + id + "' is neither a multiaddr, nor the peer id of a provider, nor \"best\"",
                "see the ids of providers with: flowshield providers");
    }

    private Choice best(Optional<Country> country, TokenAmount most)
            throws RefusedException, InterruptedException {
        Query query =
                new Query(
                        country,
                        Optional.of(most),
                        0,
                        Query.Sort.QUALITY,
                        Query.MOST,
                        Optional.empty());
        ProviderSearch.Looked search = looking.look(query);
        ChainCheck.Picked picked = checking.pick(query, MOST_TRIED, failedLately(time.instant()));
        if (picked.order().isEmpty() && !picked.refused().isEmpty()) {
            search = looking.again(query);
            picked = checking.pick(query, MOST_TRIED, failedLately(time.instant()));
        }
        List<Selection.Pick> vouched =
                picked.order().stream().filter(pick -> pick.stake().isPresent()).toList();
        if (vouched.isEmpty()) {
            throw unlessClock(nobody(country, most, picked, search));
        }
        return flown(vouched, most, picked.refused());
    }

    private RefusedException nobody(
            Optional<Country> country,
            TokenAmount most,
            ChainCheck.Picked picked,
            ProviderSearch.Looked search) {
        String where = country.map(code -> " that says it is in " + code).orElse("");
        if (!picked.order().isEmpty()) {
            Problem unknown = unvouched(picked.unknown().orElse("nobody answered in time"));
            return new RefusedException(Kind.FAILED, unknown);
        }
        String refused =
                picked.refused().stream()
                        .map(one -> "; " + one.provider() + ": " + one.problem().message())
                        .reduce("", String::concat);
        return refused(
                Kind.REFUSED,
                "no_provider",
                "there is no provider%s for %s per GiB or less among those that %s%s"
                        .formatted(
                                where,
                                most,
                                switch (search.directories()) {
                                    case 0 -> "the network knows";
                                    case 1 -> "a directory knows";
                                    default -> search.directories() + " directories know";
                                },
                                refused),
                "see who there is with: flowshield providers; allow more with --max-price");
    }

    private Choice one(PeerId peer, TokenAmount most)
            throws RefusedException, InterruptedException {
        NodeKey node = NodeKey.of(peer).orElseThrow();
        Optional<Shelf.Item> known = shelf.of(peer, time.instant());
        if (known.isEmpty()) {
            looking.lookFor(peer);
            known = shelf.of(peer, time.instant());
        }
        Shelf.Item item =
                known.orElseThrow(
                        () ->
                                unlessClock(
                                        refused(
                                                Kind.REFUSED,
                                                "unknown_provider",
                                                "nobody of the network knows a provider " + peer,
                                                "see who there is with: flowshield providers; or"
                                                        + " give its address")));
        TokenAmount asks = item.listing().offer().price().perGiB();
        if (asks.isMoreThan(most)) {
            throw refused(
                    Kind.REFUSED,
                    "price_too_high",
                    "%s asks for %s per GiB, the limit is %s; nothing was paid"
                            .formatted(peer, asks, most),
                    "choose another provider, or allow more: --max-price " + asks.decimal());
        }
        Map<NodeKey, Backed> backed = new HashMap<>();
        switch (backing.of(node, item.listing().offer().payee())) {
            case Backed.Staked staked -> backed.put(node, staked);
            case Backed.Refused no ->
                    throw refused(
                            Kind.REFUSED,
                            no.code(),
                            peer + ": " + no.why() + "; nothing was paid",
                            "choose another provider: flowshield providers");
            case Backed.Unknown unknown ->
                    throw new RefusedException(Kind.FAILED, unvouched(unknown.why()));
        }
        Selection alone = Selection.of(List.of(item), Query.ANY, backed, Set.of(), time.instant());
        return flown(alone.order(), most, List.of());
    }

    /** Those that answer first, the others behind them as long as nobody knows better. */
    private Choice flown(List<Selection.Pick> picks, TokenAmount most, List<FailedProvider> before)
            throws RefusedException, InterruptedException {
        picks.forEach(pick -> remember(pick.peer(), pick.item().listing().offer().price()));
        List<FailedProvider> refused = new ArrayList<>(before);
        List<Selection.Pick> rest = new ArrayList<>(picks);
        Map<NodeKey, Multiaddr> passed = new HashMap<>();
        try (Search search = flights.open()) {
            Preflight preflight =
                    new Preflight(
                            search,
                            vetting,
                            new Preflight.MarketTerms(settings.network().channels(), most),
                            time);
            for (int next = 0; next < picks.size() && passed.isEmpty(); ) {
                int end = Math.min(picks.size(), next + Preflight.AT_A_TIME);
                Preflight.Outcome outcome = preflight.of(picks.subList(next, end));
                passed.putAll(outcome.passed());
                for (Selection.Pick pick : picks.subList(next, end)) {
                    Problem why = outcome.failed().get(pick.node());
                    if (why != null) {
                        rest.remove(pick);
                        refused.add(new FailedProvider(at(pick), why));
                        failed(pick.node(), why);
                    }
                }
                next = end;
            }
        } catch (IOException e) {
            throw new RefusedException(
                    Kind.FAILED,
                    new Problem(
                            "no_sockets",
                            "this machine lets nobody be asked: " + e.getMessage(),
                            "see the message"),
                    e);
        }
        if (passed.isEmpty()) {
            throw unlessClock(noneAnswers(refused));
        }
        List<List<Multiaddr>> chosen = new ArrayList<>();
        rest.sort(Comparator.comparing(pick -> !passed.containsKey(pick.node())));
        for (Selection.Pick pick : rest.subList(0, Math.min(MOST_CHOSEN, rest.size()))) {
            Set<Multiaddr> addresses = new LinkedHashSet<>();
            Optional.ofNullable(passed.get(pick.node())).ifPresent(addresses::add);
            addresses.addAll(pick.item().addresses());
            chosen.add(List.copyOf(addresses));
        }
        return new Choice(chosen, refused);
    }

    private static String at(Selection.Pick pick) {
        return pick.item().addresses().getFirst().toString();
    }

    private static RefusedException noneAnswers(List<FailedProvider> refused) {
        List<String> reasons =
                refused.stream()
                        .map(one -> one.provider() + ": " + one.problem().message())
                        .toList();
        return refused(
                Kind.FAILED,
                reasons.size() == 1 ? refused.getFirst().problem().code() : "no_provider_answers",
                "not connected, nothing was paid: " + String.join("; ", reasons),
                "try again in a minute, or see who there is with: flowshield providers");
    }

    private void remember(PeerId peer, Price price) {
        synchronized (ofTheMarket) {
            ofTheMarket.put(peer, price);
            if (ofTheMarket.size() > MOST_OF_THE_MARKET) {
                ofTheMarket.pollFirstEntry();
            }
        }
    }

    @Override
    public void named(List<Multiaddr> providers) {
        synchronized (ofTheMarket) {
            providers.forEach(address -> address.peerId().ifPresent(ofTheMarket::remove));
        }
    }

    @Override
    public void failed(Multiaddr provider, Problem why) {
        provider.peerId().flatMap(NodeKey::of).ifPresent(node -> failed(node, why));
    }

    private void failed(NodeKey node, Problem why) {
        synchronized (failed) {
            failed.remove(node);
            failed.put(node, new Failed(time.instant(), why));
        }
    }

    private Set<NodeKey> failedLately(Instant now) {
        Set<NodeKey> lately = new HashSet<>();
        synchronized (failed) {
            failed.forEach(
                    (node, one) -> {
                        if (Duration.between(one.at(), now).compareTo(FAILED) < 0) {
                            lately.add(node);
                        }
                    });
        }
        return lately;
    }

    private static RefusedException refused(Kind kind, String code, String message, String action) {
        return new RefusedException(kind, new Problem(code, message, action));
    }
}
