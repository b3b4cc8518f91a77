package org.flowshield.libp2p.kad;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.identify.AdvertisedAddresses;
import org.flowshield.libp2p.identify.Identify;
import org.flowshield.libp2p.kad.exchange.Answers;
import org.flowshield.libp2p.kad.exchange.Client;
import org.flowshield.libp2p.kad.exchange.Reached;
import org.flowshield.libp2p.kad.exchange.Server;
import org.flowshield.libp2p.kad.lookup.Lookup;
import org.flowshield.libp2p.kad.lookup.Sightings;
import org.flowshield.libp2p.kad.lookup.Values;
import org.flowshield.libp2p.kad.records.InvalidValueException;
import org.flowshield.libp2p.kad.records.MemoryRecords;
import org.flowshield.libp2p.kad.records.RecordStore;
import org.flowshield.libp2p.kad.records.Validator;
import org.flowshield.libp2p.kad.routing.Contact;
import org.flowshield.libp2p.kad.routing.KadId;
import org.flowshield.libp2p.kad.wire.PeerInfo;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.kad.wire.Request;
import org.flowshield.libp2p.kad.wire.Response;
import org.flowshield.libp2p.kad.wire.ValueRecord;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.peer.PeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of a distributed hash table, on a host: finds peers, keeps and finds values, says and
 * finds who provides what.
 *
 * <pre>
 *  Dht dht = Dht.of(host, identify, advertised, DhtOptions.DEFAULT);
 *  dht.bootstrap(addresses, limit);
 *  dht.provide(Multihash.sha256(content), limit);
 * </pre>
 *
 * Safe for use by any thread. Methods block, for at most the time that they are given, and are
 * meant for virtual threads.
 */
public final class Dht implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dht.class);

    /** The longest time between two looks at what is due. */
    private static final Duration UPKEEP = Duration.ofMinutes(1);

    /** For one search of the upkeep (go-libp2p-kad-dht). */
    private static final Duration UPKEEP_SEARCH = Duration.ofSeconds(10);

    /** For the other bootstrap peers, once one has answered: a dead one holds nobody up. */
    private static final Duration GREETING = Duration.ofSeconds(1);

    /** For all peers with a worse value to take the best one. */
    private static final Duration CORRECTION = Duration.ofSeconds(10);

    private final PeerId self;
    private final Host host;
    private final DhtOptions options;
    private final Supplier<List<Multiaddr>> ownAddresses;
    private final RecordStore records;
    private final Clock clock;
    private final RandomGenerator random;
    private final Client client;
    private final Neighbours neighbours;
    private final Published published;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile List<Multiaddr> bootstrap = List.of();

    private final LongAdder searches = new LongAdder();
    private final LongAdder failedSearches = new LongAdder();
    private final LongAdder answers = new LongAdder();
    private final LongAdder silences = new LongAdder();

    private Dht(
            Host host,
            AdvertisedAddresses advertised,
            DhtOptions options,
            RecordStore records,
            Clock clock,
            RandomGenerator random) {
        this.self = host.peerId();
        this.host = host;
        this.options = options;
        this.ownAddresses = () -> options.addresses().of(advertised.of(host.listenAddresses()));
        this.records = records;
        this.clock = clock;
        this.random = random;
        this.client =
                new Client(
                        host,
                        options.protocol(),
                        options.addresses(),
                        options.lookup().answerTime());
        this.neighbours = new Neighbours(self, options, client, clock);
        this.published = new Published(options.times().republish());
    }

    /**
     * Begins to take part, with records in memory.
     *
     * @param identify tells which peers serve the DHT
     */
    public static Dht of(
            Host host, Identify identify, AdvertisedAddresses advertised, DhtOptions options) {
        RecordStore records =
                new MemoryRecords(KadId.of(host.peerId()), MemoryRecords.Bounds.DEFAULT);
        return of(
                host,
                identify,
                advertised,
                options,
                records,
                Clock.systemUTC(),
                new SecureRandom());
    }

    /**
     * Begins to take part.
     *
     * @param records where to keep what others put
     * @param random makes the keys by which the routing table is refreshed; safe for any thread
     */
    public static Dht of(
            Host host,
            Identify identify,
            AdvertisedAddresses advertised,
            DhtOptions options,
            RecordStore records,
            Clock clock,
            RandomGenerator random) {
        Dht dht = new Dht(host, advertised, options, records, clock, random);
        if (options.server()) {
            Answers answers =
                    new Answers(
                            dht.self, options.rules(), records, dht.neighbours, dht.ownAddresses);
            host.handle(new Server(options.protocol(), answers, clock));
            identify.changed();
        }
        identify.onIdentified(dht.neighbours::identified);
        Thread.ofVirtual().name("kad-upkeep").start(dht::keepUp);
        return dht;
    }

    // ---- joining ----

    /**
     * Joins the network through peers that are known to be in it.
     *
     * @throws DhtUnreachableException if none of them can be reached or serves this DHT
     */
    public void bootstrap(List<Multiaddr> addresses, Duration limit) throws IOException {
        Instant end = clock.instant().plus(limit);
        bootstrap = List.copyOf(addresses);
        List<IOException> failures = new ArrayList<>();
        Fanout.Result result =
                Fanout.run(addresses, address -> greet(address), left(end), GREETING, failures);
        if (result.succeeded() == 0) {
            throw unreachable(addresses, failures);
        }
        search(new Request.FindNode(RecordKey.of(self)), new Ignore(), end);
    }

    private void greet(Multiaddr address) throws IOException {
        Connection connection = host.connect(address);
        // A name is for us to look up; others are told what it stands for.
        Multiaddr found = address.ip().isPresent() ? address : connection.remoteAddress();
        Multiaddr bare = found.peerId().isPresent() ? found.withoutPeer() : found;
        neighbours.admit(connection, new PeerInfo(connection.remotePeer(), List.of(bare)));
    }

    private DhtUnreachableException unreachable(
            List<Multiaddr> addresses, List<IOException> failures) {
        DhtUnreachableException failure =
                new DhtUnreachableException(
                        "none of the "
                                + addresses.size()
                                + " bootstrap peers can be reached and serves "
                                + options.protocol()
                                + (failures.isEmpty()
                                        ? " in time"
                                        : ": " + failures.getFirst().getMessage()));
        failures.forEach(failure::addSuppressed);
        return failure;
    }

    /** What it has done. */
    public DhtCounts counts() {
        return new DhtCounts(
                neighbours.contacts().size(),
                searches.sum(),
                failedSearches.sum(),
                answers.sum(),
                silences.sum());
    }

    /** The peers that this node knows. */
    public List<PeerInfo> neighbours() {
        return neighbours.contacts().stream().map(Contact::info).toList();
    }

    // ---- values ----

    /**
     * Keeps a value on the peers nearest to its key, and tells it again as long as this node runs.
     *
     * @throws InvalidValueException if it is none for the key, or there is a better one here
     * @throws DhtUnreachableException if no peer took it
     */
    public Stored put(RecordKey key, byte[] value, Duration limit)
            throws IOException, InvalidValueException {
        Instant end = clock.instant().plus(limit);
        Validator validator = options.validators().of(key);
        validator.check(key, value);
        Optional<ValueRecord> known = records.value(key, clock.instant());
        if (known.isPresent() && validator.isBetter(key, known.get().value(), value)) {
            throw new InvalidValueException(
                    InvalidValueException.Reason.WORSE, "a better value of " + key + " is known");
        }
        ValueRecord record = new ValueRecord(key, value);
        Stored stored = tell(new Request.PutValue(record), end);
        keepOwn(record);
        published.told(new Published.Own(key, Optional.of(record)), clock.instant());
        return stored;
    }

    private void keepOwn(ValueRecord record) {
        Instant now = clock.instant();
        records.put(record, now.plus(options.times().value()), now);
    }

    /**
     * Finds the best value of a key; peers near to the key that have a worse one or none get it.
     *
     * @param quorum how many valid values are enough; 0 asks everybody who may have one, which
     *     finds the best for sure
     * @return empty if nobody who was asked has one
     * @throws InvalidValueException if values of the key cannot be checked here
     * @throws DhtUnreachableException if nobody could be asked
     */
    public Optional<FoundValue> get(RecordKey key, int quorum, Duration limit)
            throws IOException, InvalidValueException {
        Instant end = clock.instant().plus(limit);
        Values values = new Values(key, options.validators().of(key), quorum);
        boolean enough = values.offer(self, records.value(key, clock.instant()));
        int asked = 0;
        if (!enough) {
            List<PeerInfo> nearest =
                    search(
                            new Request.GetValue(key),
                            (peer, answer) -> values.offer(peer.peer(), answer.record()),
                            end);
            asked = nearest.size();
            if (asked == 0 && values.best().isEmpty()) {
                throw nobody();
            }
            correct(values, nearest);
        }
        int answered = asked;
        return values.best().map(best -> new FoundValue(best.value(), values.agreeing(), answered));
    }

    private void correct(Values values, List<PeerInfo> nearest) {
        List<PeerInfo> wrong = values.toCorrect(nearest);
        if (values.best().isEmpty() || wrong.isEmpty()) {
            return;
        }
        Request put = new Request.PutValue(values.best().get());
        Thread.ofVirtual()
                .name("kad-correct")
                .start(
                        () -> {
                            try {
                                send(wrong, put, clock.instant().plus(CORRECTION));
                            } catch (InterruptedIOException e) {
                                LOG.debug("values are not corrected: {}", e.getMessage());
                            }
                        });
    }

    // ---- providers ----

    /**
     * Says that this node provides some content, and says it again as long as this node runs or
     * until {@link #stopProviding}.
     *
     * @throws DhtUnreachableException if no peer took it
     * @throws IOException if this node has no address where it could be reached
     */
    public Stored provide(Multihash content, Duration limit) throws IOException {
        RecordKey key = RecordKey.of(content);
        if (!key.isProviderKey()) {
            throw new IllegalArgumentException("a hash that is too long to be provided");
        }
        Instant end = clock.instant().plus(limit);
        Stored stored = tell(ownProvider(key), end);
        published.told(new Published.Own(key, Optional.empty()), clock.instant());
        return stored;
    }

    private Request.AddProvider ownProvider(RecordKey key) throws IOException {
        PeerInfo own = new PeerInfo(self, ownAddresses.get());
        if (own.addresses().isEmpty()) {
            throw new IOException("this node listens at no address that others could dial");
        }
        Instant now = clock.instant();
        records.addProvider(key, own, now.plus(options.times().provider()), now);
        return new Request.AddProvider(key, List.of(own));
    }

    /** Says it no more; peers forget it when their records expire. */
    public void stopProviding(Multihash content) {
        RecordKey key = RecordKey.of(content);
        published.forget(key);
        records.removeProvider(key, self);
    }

    /**
     * Finds who provides some content, each once, as they are found.
     *
     * @param each gets the providers on the caller's thread; true asks for more
     * @throws DhtUnreachableException if nobody could be asked
     */
    public void findProviders(Multihash content, Predicate<PeerInfo> each, Duration limit)
            throws IOException {
        Instant end = clock.instant().plus(limit);
        RecordKey key = RecordKey.of(content);
        Set<PeerId> seen = new HashSet<>();
        Predicate<List<PeerInfo>> enough =
                found -> !found.stream().filter(one -> seen.add(one.peer())).allMatch(each);
        if (enough.test(records.providers(key, clock.instant()))) {
            return;
        }
        List<PeerInfo> nearest =
                search(
                        new Request.GetProviders(key),
                        (_, answer) -> enough.test(usable(answer.providers())),
                        end);
        if (nearest.isEmpty() && seen.isEmpty()) {
            throw nobody();
        }
    }

    /** Finds at most so many who provide some content. */
    public List<PeerInfo> findProviders(Multihash content, int most, Duration limit)
            throws IOException {
        List<PeerInfo> found = new ArrayList<>();
        findProviders(
                content,
                provider -> {
                    found.add(provider);
                    return found.size() < most;
                },
                limit);
        return found;
    }

    private List<PeerInfo> usable(List<PeerInfo> peers) {
        return peers.stream()
                .map(one -> new PeerInfo(one.peer(), options.addresses().of(one.addresses())))
                .toList();
    }

    // ---- peers ----

    /**
     * Finds where a peer is: the address at which it answered, or, if it does not serve the DHT
     * itself, those that others tell, the most often told first.
     *
     * @return empty if nobody who was asked knows it
     * @throws DhtUnreachableException if nobody could be asked
     */
    public Optional<PeerInfo> findPeer(PeerId peer, Duration limit) throws IOException {
        Optional<PeerInfo> known = neighbours.find(peer);
        if (known.isPresent()) {
            return known;
        }
        Instant end = clock.instant().plus(limit);
        Sightings sightings = new Sightings(peer);
        List<PeerInfo> nearest =
                search(
                        new Request.FindNode(RecordKey.of(peer)),
                        (from, answer) -> sightings.take(from, usable(answer.closer())),
                        end);
        if (nearest.isEmpty()) {
            throw nobody();
        }
        return sightings.best();
    }

    /** Finds the peers nearest to a key that answer, the nearest first. */
    public List<PeerInfo> closest(RecordKey key, Duration limit) throws IOException {
        Instant end = clock.instant().plus(limit);
        return search(new Request.FindNode(key), new Ignore(), end);
    }

    // ---- how ----

    /** What is done with an answer; true if that is enough. */
    @FunctionalInterface
    private interface Taking {
        boolean take(PeerInfo peer, Response answer);
    }

    private static final class Ignore implements Taking {
        @Override
        public boolean take(PeerInfo peer, Response answer) {
            return false;
        }
    }

    /** Searches, and gives the nearest peers that answered. */
    private List<PeerInfo> search(Request request, Taking taking, Instant end) throws IOException {
        KadId target = KadId.of(request.key());
        List<PeerInfo> seeds =
                neighbours.closest(target, options.lookup().replicas()).stream()
                        .map(Contact::info)
                        .toList();
        Lookup lookup = new Lookup(target, self, options.lookup(), seeds);
        Search.Listener listener =
                new Search.Listener() {
                    @Override
                    public boolean answered(PeerInfo peer, Reached answer) {
                        answers.increment();
                        neighbours.answered(peer.peer());
                        return taking.take(peer, answer.response());
                    }

                    @Override
                    public void failed(PeerInfo peer) {
                        silences.increment();
                        neighbours.failed(peer.peer());
                    }
                };
        searches.increment();
        new Search(client, lookup, options.lookup(), request, listener, clock).run(end);
        neighbours.searched(target);
        List<PeerInfo> closest = lookup.closest();
        if (closest.isEmpty()) {
            failedSearches.increment();
        }
        return closest;
    }

    /** Sends a record to the peers nearest to its key. */
    private Stored tell(Request record, Instant end) throws IOException {
        List<PeerInfo> nearest = search(new Request.FindNode(record.key()), new Ignore(), end);
        if (nearest.isEmpty()) {
            throw nobody();
        }
        Stored stored = send(nearest, record, end);
        if (stored.kept() == 0) {
            throw new DhtUnreachableException(
                    "none of the " + nearest.size() + " peers nearest to the key took the record");
        }
        return stored;
    }

    private Stored send(List<PeerInfo> peers, Request record, Instant end)
            throws InterruptedIOException {
        List<IOException> failures = new ArrayList<>();
        Fanout.Result result =
                Fanout.run(peers, peer -> client.ask(peer, record), left(end), left(end), failures);
        failures.forEach(e -> LOG.debug("{} was not kept: {}", record.key(), e.getMessage()));
        return new Stored(result.succeeded(), peers.size() - result.succeeded());
    }

    private Duration left(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private DhtUnreachableException nobody() {
        return new DhtUnreachableException(
                neighbours.contacts().isEmpty()
                        ? "no peer of the DHT " + options.protocol() + " is known"
                        : "no peer of the DHT " + options.protocol() + " answers");
    }

    // ---- upkeep ----

    private void keepUp() {
        Duration interval = shortest(UPKEEP, options.refresh(), options.times().republish());
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                records.expire(clock.instant());
                try {
                    rejoin();
                    refresh();
                    republish();
                } catch (DhtUnreachableException e) {
                    LOG.debug("upkeep of {}: {}", options.protocol(), e.getMessage());
                }
            }
        } catch (InterruptedException | InterruptedIOException e) {
            LOG.debug("upkeep of {} ends: {}", options.protocol(), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration shortest(Duration... durations) {
        return Collections.min(List.of(durations));
    }

    private void rejoin() throws IOException {
        if (neighbours.contacts().isEmpty() && !bootstrap.isEmpty()) {
            bootstrap(bootstrap, UPKEEP_SEARCH);
        }
    }

    private void refresh() throws IOException {
        for (RecordKey key : neighbours.toRefresh(options.refresh(), random)) {
            closest(key, UPKEEP_SEARCH);
        }
    }

    private void republish() throws IOException {
        for (Published.Own own : published.due(clock.instant())) {
            Request record =
                    own.value().isPresent()
                            ? new Request.PutValue(own.value().get())
                            : ownProvider(own.key());
            tell(record, clock.instant().plus(UPKEEP_SEARCH));
            own.value().ifPresent(this::keepOwn);
            published.told(own, clock.instant());
        }
    }

    /** Takes part no more: connections that were made for it are closed, the host is not. */
    @Override
    public void close() {
        closed.countDown();
        client.close();
    }
}
