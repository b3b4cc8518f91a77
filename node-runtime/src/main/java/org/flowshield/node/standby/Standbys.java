package org.flowshield.node.standby;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.payment.Offer;
import org.flowshield.node.payment.Price;
import org.flowshield.node.payment.channel.StandbyPolicy;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.role.Candidates;
import org.flowshield.node.role.Distrust;
import org.flowshield.node.role.Funding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps channels to providers that a client may have to go over to, while it is connected to
 * another: so that going over needs neither wallet nor chain. One virtual thread; any thread may
 * call.
 */
public final class Standbys implements Funding, AutoCloseable {

    /** A channel that ran out, or a provider that came back, is noticed this soon. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

    /** Offers hold for a day and are renewed at half of it. */
    private static final Duration ASK_AGAIN = Duration.ofHours(1);

    /** Who a provider is may change sooner: nothing is locked on an older word. */
    private static final Duration VETTED = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(Standbys.class);

    /**
     * What may be locked.
     *
     * @param standbys channels beside the one in use
     * @param mostDeposit in each
     */
    public record Settings(int standbys, TokenAmount mostDeposit) {}

    /** One that may be gone to, as far as it is known. */
    private record Known(Accounts.Told told, long askedAt, boolean ready) {

        Optional<Offer> offer() {
            return told.offer().map(SignedOffer::offer);
        }

        Known ready(boolean isReady) {
            return new Known(told, askedAt, isReady);
        }
    }

    /** What one request to connect has led to. */
    private static final class Plan implements Candidates {

        private final List<Multiaddr> all;
        private final Optional<Price> most;
        private final Map<Multiaddr, Known> known = new ConcurrentHashMap<>();
        private final Map<Multiaddr, String> troubles = new ConcurrentHashMap<>();

        /** Who is not to be gone to, by the last answer. */
        private final Set<Multiaddr> distrusted = ConcurrentHashMap.newKeySet();

        private volatile List<Candidate> ranked;

        Plan(List<Multiaddr> all, Optional<TokenAmount> maxPrice) {
            this.all = List.copyOf(all);
            this.most =
                    maxPrice.filter(price -> !price.isZero())
                            .map(price -> new Price(price.min(Price.MOST)));
            this.ranked = all.stream().map(address -> new Candidate(address, false)).toList();
        }

        @Override
        public List<Candidate> ranked() {
            return ranked;
        }
    }

    private final Funding money;
    private final Accounts accounts;
    private final Settings settings;
    private final LongSupplier nanoTime;
    private final Semaphore due = new Semaphore(0);
    private final Thread thread = Thread.ofVirtual().name("standby").unstarted(this::run);
    private volatile Supplier<Optional<ClientStatus>> client = Optional::empty;
    private volatile Plan plan = new Plan(List.of(), Optional.empty());

    /**
     * Begins with {@link #start}.
     *
     * @param money sees to the first channel of each request
     * @param nanoTime monotonic
     */
    public Standbys(Funding money, Accounts accounts, Settings settings, LongSupplier nanoTime) {
        this.money = money;
        this.accounts = accounts;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /**
     * Begins to look after channels.
     *
     * @param status of the client; empty while its role is off
     */
    public void start(Supplier<Optional<ClientStatus>> status) {
        client = status;
        thread.start();
    }

    /** The client's state may have changed. */
    public void look() {
        due.release();
    }

    @Override
    public void prepare(Multiaddr provider, Optional<TokenAmount> maxPrice)
            throws RefusedException, InterruptedException {
        money.prepare(provider, maxPrice);
    }

    @Override
    public Candidates candidates(List<Multiaddr> providers, Optional<TokenAmount> maxPrice) {
        Plan begun = new Plan(providers, maxPrice);
        plan = begun;
        return begun;
    }

    private void run() {
        try {
            while (!thread.isInterrupted()) {
                boolean _ = due.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                int _ = due.drainPermits();
                step(plan);
            }
        } catch (InterruptedException e) {
            LOG.debug("no standby channels are kept any more");
        }
    }

    private void step(Plan now) throws InterruptedException {
        Optional<ClientStatus> status =
                client.get().filter(s -> s.state() == ClientState.CONNECTED);
        if (status.isEmpty() || now.all.isEmpty()) {
            return;
        }
        String inUse = String.valueOf(status.orElseThrow().provider());
        for (Multiaddr provider : now.all) {
            ask(now, provider, provider.toString().equals(inUse));
        }
        rank(now, status.orElseThrow());
        for (Multiaddr provider : toOpen(now, inUse, failed(status.orElseThrow()))) {
            open(now, provider);
        }
        rank(now, status.orElseThrow());
    }

    private void ask(Plan now, Multiaddr provider, boolean inUse) throws InterruptedException {
        if (!isKnown(now, provider, ASK_AGAIN)) {
            askNow(now, provider, inUse);
        }
    }

    /** Whether it has answered within a while. */
    private boolean isKnown(Plan now, Multiaddr provider, Duration within) {
        Known known = now.known.get(provider);
        return known != null && nanoTime.getAsLong() - known.askedAt() < within.toNanos();
    }

    /** Who does not answer keeps what it said before; who is found out loses it. */
    private void askNow(Plan now, Multiaddr provider, boolean inUse) throws InterruptedException {
        long time = nanoTime.getAsLong();
        try {
            now.known.put(provider, new Known(accounts.ask(provider, inUse), time, false));
            now.troubles.remove(provider);
            now.distrusted.remove(provider);
        } catch (RefusedException e) {
            if (Distrust.isDueTo(e.problem())) {
                now.known.remove(provider);
                now.distrusted.add(provider);
            }
            trouble(now, provider, e);
        }
    }

    private void open(Plan now, Multiaddr provider) throws InterruptedException {
        if (!isKnown(now, provider, VETTED)) {
            askNow(now, provider, false);
        }
        Known known = now.known.get(provider);
        if (known == null || known.told().offer().isEmpty() || !isKnown(now, provider, VETTED)) {
            return;
        }
        try {
            accounts.open(known.told().offer().orElseThrow(), known.told().provider(), provider);
            LOG.info("a standby channel is ready for {}", provider);
            now.troubles.remove(provider);
        } catch (RefusedException e) {
            trouble(now, provider, e);
        }
    }

    /** Told once, not at each look. */
    private static void trouble(Plan now, Multiaddr provider, RefusedException e) {
        String what = String.valueOf(e.getMessage());
        if (!what.equals(now.troubles.put(provider, what))) {
            LOG.warn("no standby channel is kept to {}: {}", provider, what);
        }
    }

    private List<Multiaddr> toOpen(Plan now, String inUse, Set<String> failed) {
        if (now.most.isEmpty()) {
            return List.of();
        }
        EvmAddress present = EvmAddress.ZERO;
        for (Multiaddr provider : now.all) {
            if (provider.toString().equals(inUse)) {
                present = payee(now, provider).orElse(present);
            }
        }
        StandbyPolicy policy = policy(now.most.orElseThrow());
        List<Multiaddr> open = new ArrayList<>();
        for (EvmAddress payee : policy.toOpen(paid(now, failed), present)) {
            now.all.stream()
                    .filter(provider -> payee(now, provider).filter(payee::equals).isPresent())
                    .findFirst()
                    .ifPresent(open::add);
        }
        return open;
    }

    private StandbyPolicy policy(Price most) {
        return new StandbyPolicy(settings.standbys(), most, settings.mostDeposit());
    }

    private static Optional<EvmAddress> payee(Plan now, Multiaddr provider) {
        return Optional.ofNullable(now.known.get(provider)).flatMap(Known::offer).map(Offer::payee);
    }

    private static List<StandbyPolicy.Candidate> paid(Plan now, Set<String> failed) {
        List<StandbyPolicy.Candidate> paid = new ArrayList<>();
        for (Multiaddr provider : now.all) {
            Known known = now.known.get(provider);
            Optional<Offer> offer = known == null ? Optional.empty() : known.offer();
            if (known != null && offer.isPresent()) {
                paid.add(
                        new StandbyPolicy.Candidate(
                                offer.orElseThrow().payee(),
                                offer.orElseThrow().price(),
                                offer.orElseThrow().minDeposit(),
                                failed.contains(provider.toString()) ? 1 : 0,
                                known.ready()));
            }
        }
        return paid;
    }

    private static Set<String> failed(ClientStatus status) {
        Set<String> failed = new HashSet<>();
        status.failed().forEach(each -> failed.add(each.provider()));
        return failed;
    }

    /**
     * Those that serve for nothing, then as the policy says, then who was never reached; not those
     * that are distrusted.
     */
    private void rank(Plan now, ClientStatus status) {
        for (Map.Entry<Multiaddr, Known> entry : now.known.entrySet()) {
            entry.setValue(entry.getValue().ready(isReady(entry.getValue())));
        }
        List<Candidates.Candidate> ranked = new ArrayList<>();
        Set<Multiaddr> placed = new HashSet<>();
        for (Multiaddr provider : now.all) {
            Known known = now.known.get(provider);
            if (known != null && known.offer().isEmpty() && placed.add(provider)) {
                ranked.add(new Candidates.Candidate(provider, true));
            }
        }
        now.most.ifPresent(
                most -> {
                    var order = policy(most).failover(paid(now, failed(status)), EvmAddress.ZERO);
                    for (StandbyPolicy.Candidate candidate : order) {
                        for (Multiaddr provider : now.all) {
                            boolean same =
                                    payee(now, provider)
                                            .filter(candidate.payee()::equals)
                                            .isPresent();
                            if (same && placed.add(provider)) {
                                ranked.add(
                                        new Candidates.Candidate(provider, candidate.hasChannel()));
                            }
                        }
                    }
                });
        for (Multiaddr provider : now.all) {
            if (!now.known.containsKey(provider)
                    && !now.distrusted.contains(provider)
                    && placed.add(provider)) {
                ranked.add(new Candidates.Candidate(provider, false));
            }
        }
        now.ranked = List.copyOf(ranked);
    }

    private boolean isReady(Known known) {
        try {
            return known.offer().isEmpty() || accounts.isReady(known.offer().orElseThrow());
        } catch (RefusedException e) {
            LOG.debug("it is not known which channels are ready", e);
            return false;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
