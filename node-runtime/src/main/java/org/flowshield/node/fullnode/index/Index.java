package org.flowshield.node.fullnode.index;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Item;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.Liveness;
import org.flowshield.node.market.Matching;
import org.flowshield.node.market.Pulse;
import org.flowshield.node.market.Query;
import org.flowshield.node.market.SignedHeartbeat;
import org.flowshield.node.market.SignedListing;
import org.flowshield.node.payment.Country;
import org.flowshield.node.payment.Offer;
import org.jspecify.annotations.Nullable;

/**
 * Every provider that is known, searched in memory and kept on disk. What comes in was verified by
 * whoever brings it. Bounded. Safe for use by any thread; a search runs beside all else and takes
 * some milliseconds of a processor among a million.
 *
 * <p>{@link #upkeep} and {@link #save} are for one thread, again and again.
 */
public final class Index implements AutoCloseable {

    static final int MILLION = 1_000_000;

    /** Rows to begin with. */
    private static final int FIRST_CAPACITY = 1024;

    /** What waits to be written: some 15 MB. Whoever brings more waits. */
    private static final int MOST_UNSAVED = 20_000;

    /** What is written at once, so that nobody waits long for the lock. */
    private static final int BATCH = 5_000;

    /** Rows that are looked through at once, for the same reason: less than a millisecond. */
    private static final int SLICE = 4_096;

    /**
     * How many of those that are gone are remembered, so that what they said before does not count.
     */
    private static final int MOST_BURIED = 100_000;

    /** After so long what was counted before counts half. */
    private static final long FORGET_HALF = Duration.ofDays(7).toMillis();

    private static final String NO_COUNTRY = "??";
    private static final int[] ONE = {0};

    private final Store store;
    private final Bounds bounds;
    private final ReentrantLock lock = new ReentrantLock();

    /** Room for more to wait. */
    private final Condition saved = lock.newCondition();

    // ---- all below is guarded by the lock; columns are read without it, too ----

    private Columns columns = new Columns(FIRST_CAPACITY);

    /** Slots below this were used. */
    private int end;

    private final Deque<Integer> free = new ArrayDeque<>();
    private final Map<NodeKey, Integer> slots = new HashMap<>();
    private final Map<EvmAddress, int[]> wallets = new HashMap<>();
    private final Pulse pulse = new Pulse();
    private final Tree tree =
            new Tree(
                    new Tree.Slots() {
                        @Override
                        public NodeKey node(int slot) {
                            return nodeOf(slot);
                        }

                        @Override
                        public long place(int slot) {
                            return columns.place[slot];
                        }

                        @Override
                        public Item item(int slot) {
                            return new Item(
                                    nodeOf(slot),
                                    columns.offerSequence[slot],
                                    columns.whereSequence[slot]);
                        }
                    });

    /** What the disk does not have yet; empty bytes: the slot was freed. */
    private final LinkedHashMap<Integer, ByteString> unsaved = new LinkedHashMap<>();

    private final BitSet heard = new BitSet();

    /** The last sequences of nodes that were swept. */
    private final Map<NodeKey, Item> buried =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<NodeKey, Item> eldest) {
                    return size() > MOST_BURIED;
                }
            };

    /** Up to where the chain was heard; negative: nowhere. */
    private long nextBlock = -1;

    private long savedBlock = -1;
    private Matching.Yardstick yardstick = Matching.Yardstick.UNKNOWN;
    private long beats;
    private volatile MarketSummary summary = MarketSummary.NONE;

    private Index(Store store, Bounds bounds) {
        this.store = store;
        this.bounds = bounds;
    }

    /**
     * Opens the index in a file.
     *
     * @throws IOException if there can't be one
     */
    public static Index open(Path file, Bounds bounds, Instant now) throws IOException {
        Store store = Store.open(file);
        try {
            Index index = new Index(store, bounds);
            index.lock.lock();
            try {
                store.load(index::load);
                index.findFree();
                index.nextBlock = store.nextBlock();
                index.savedBlock = index.nextBlock;
            } finally {
                index.lock.unlock();
            }
            index.upkeep(now);
            return index;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void load(Row row) {
        reserve(row.slot());
        end = Math.max(end, row.slot() + 1);
        set(row);
        slots.put(row.node(), row.slot());
        ofWallet(row.wallet(), row.slot());
        tree.add(row.slot());
    }

    private void set(Row row) {
        int slot = row.slot();
        columns.node[slot] = row.node();
        columns.wallet[slot] = row.wallet();
        columns.stake[slot] = row.stake();
        columns.setPrice(slot, row.price());
        columns.rate[slot] = row.rate();
        columns.country[slot] = row.country();
        columns.offerSequence[slot] = row.offerSequence();
        columns.whereSequence[slot] = row.whereSequence();
        columns.heardAt[slot] = row.heardAt();
        columns.watchedSince[slot] = row.watchedSince();
        columns.sign[slot] = row.heardAt() == 0 ? row.watchedSince() : row.heardAt();
        columns.up[slot] = row.up();
        columns.place[slot] = tree.placeOf(row.node());
        columns.validUntil[slot] = row.validUntil(); // last: now it is found
    }

    private void findFree() {
        for (int slot = end - 1; slot >= 0; slot--) {
            if (columns.node[slot] == null) {
                free.push(slot);
            }
        }
    }

    private void reserve(int slot) {
        if (slot >= columns.capacity()) {
            columns = columns.grown(Math.max(slot + 1, 2 * columns.capacity()));
        }
    }

    private NodeKey nodeOf(int slot) {
        return Objects.requireNonNull(columns.node[slot]);
    }

    private void ofWallet(EvmAddress wallet, int slot) {
        int[] before = wallets.getOrDefault(wallet, new int[0]);
        int[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = slot;
        wallets.put(wallet, after);
    }

    private void leftWallet(EvmAddress wallet, int slot) {
        int[] left =
                Arrays.stream(wallets.getOrDefault(wallet, new int[0]))
                        .filter(each -> each != slot)
                        .toArray();
        if (left.length == 0) {
            wallets.remove(wallet);
        } else {
            wallets.put(wallet, left);
        }
    }

    // ---- what comes in ----

    /**
     * Takes in a listing for which the chain vouches.
     *
     * @param stake of its wallet
     */
    public Admitted admit(SignedListing listing, TokenAmount stake, Instant now)
            throws InterruptedException {
        Offer offer = listing.offer();
        if (!offer.isValidAt(now)) {
            return Admitted.EXPIRED;
        }
        if (offer.validUntil().isAfter(now.plus(bounds.validFor()))) {
            return Admitted.TOO_LONG;
        }
        lock.lockInterruptibly();
        try {
            while (unsaved.size() >= MOST_UNSAVED) {
                saved.await();
            }
            Integer known = slots.get(listing.node());
            if (!isNewer(listing.node(), offer.sequence(), listing.sequence())) {
                return Admitted.OLD;
            }
            if (!hasRoom(offer.payee(), known)) {
                return Admitted.WALLET_FULL;
            }
            if (known == null && slots.size() >= bounds.offers()) {
                return Admitted.FULL;
            }
            put(listing, stake, known, now);
            return known == null ? Admitted.NEW : Admitted.REPLACED;
        } finally {
            lock.unlock();
        }
    }

    /** A node that moves to another wallet counts there. */
    private boolean hasRoom(EvmAddress wallet, @Nullable Integer known) {
        return (known != null && wallet.equals(columns.wallet[known]))
                || wallets.getOrDefault(wallet, new int[0]).length < bounds.perWallet();
    }

    private void put(
            SignedListing listing, TokenAmount stake, @Nullable Integer known, Instant now) {
        Offer offer = listing.offer();
        int slot = known == null ? newSlot() : known;
        if (known != null) {
            leftWallet(Objects.requireNonNull(columns.wallet[slot]), slot);
        }
        set(
                new Row(
                        slot,
                        listing.node(),
                        offer.payee(),
                        offer.price().perGiB(),
                        offer.service().bitsPerSecond(),
                        Columns.code(offer.service().country()),
                        offer.validUntil().toEpochMilli(),
                        offer.sequence(),
                        listing.sequence(),
                        stake,
                        known == null ? 0 : columns.heardAt[slot],
                        known == null ? now.toEpochMilli() : columns.watchedSince[slot],
                        known == null ? 0 : columns.up[slot]));
        ofWallet(offer.payee(), slot);
        if (known == null) {
            slots.put(listing.node(), slot);
            buried.remove(listing.node());
            tree.add(slot);
        } else {
            tree.replaced(slot);
        }
        columns.score[slot] = score(slot, now);
        unsaved.putLast(slot, ByteString.copyFrom(listing.encoded()));
    }

    private int newSlot() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        reserve(end);
        return end++;
    }

    /** Whether this would be news: nothing older in it than is known, and something newer. */
    public boolean wants(NodeKey node, long offer, long where) {
        lock.lock();
        try {
            return isNewer(node, offer, where);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link SignedListing#supersedes}. */
    private boolean isNewer(NodeKey node, long offer, long where) {
        Integer slot = slots.get(node);
        Item known;
        if (slot == null) {
            known = buried.get(node);
            if (known == null) {
                return true;
            }
        } else {
            known = new Item(node, columns.offerSequence[slot], columns.whereSequence[slot]);
        }
        int place = Long.compareUnsigned(where, known.where());
        return offer >= known.offer() && place >= 0 && (offer > known.offer() || place > 0);
    }

    public boolean knows(NodeKey node) {
        lock.lock();
        try {
            return slots.containsKey(node);
        } finally {
            lock.unlock();
        }
    }

    /** Hears a heartbeat of a provider; those of others are {@link Pulse.Outcome#FULL}. */
    public Pulse.Outcome hear(SignedHeartbeat signed, Instant now) {
        lock.lock();
        try {
            Integer slot = slots.get(signed.node());
            if (slot == null) {
                return Pulse.Outcome.FULL;
            }
            Pulse.Outcome outcome = pulse.hear(signed, now);
            if (outcome == Pulse.Outcome.ACCEPTED) {
                beats++;
                heard(slot, signed, now);
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    private void heard(int slot, SignedHeartbeat signed, Instant now) {
        long at = now.toEpochMilli();
        long silent = at - columns.sign[slot];
        if (silent < Liveness.ONLINE.toMillis()) {
            columns.up[slot] += Math.max(0, silent);
        }
        long watched = at - columns.watchedSince[slot];
        if (watched > FORGET_HALF) {
            columns.watchedSince[slot] += watched / 2;
            columns.up[slot] /= 2;
        }
        columns.heardAt[slot] = at;
        columns.sign[slot] = at;
        columns.beat[slot] = signed;
        columns.score[slot] = score(slot, now);
        heard.set(slot);
    }

    /** The chain says otherwise: what a node listed for a wallet is worth nothing any more. */
    public boolean remove(NodeId node) {
        lock.lock();
        try {
            Integer slot = slots.get(node.key());
            if (slot == null || !node.wallet().equals(columns.wallet[slot])) {
                return false;
            }
            remove(slot);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void remove(int slot) {
        NodeKey node = nodeOf(slot);
        tree.remove(slot);
        slots.remove(node);
        leftWallet(Objects.requireNonNull(columns.wallet[slot]), slot);
        columns.clear(slot);
        free.push(slot);
        heard.clear(slot);
        unsaved.putLast(slot, ByteString.EMPTY);
    }

    /** The chain has spoken of a wallet: its stake is this now. */
    public void setStake(EvmAddress wallet, TokenAmount stake) {
        lock.lock();
        try {
            for (int slot : wallets.getOrDefault(wallet, new int[0])) {
                columns.stake[slot] = stake;
                heard.set(slot);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The first block that nothing is known of; negative: nothing is known of any. */
    public long nextBlock() {
        lock.lock();
        try {
            return nextBlock;
        } finally {
            lock.unlock();
        }
    }

    /** All that was said before that block is in the index. */
    public void setNextBlock(long block) {
        lock.lock();
        try {
            nextBlock = block;
        } finally {
            lock.unlock();
        }
    }

    /** The nodes of a wallet. */
    public List<NodeId> nodesOf(EvmAddress wallet) {
        lock.lock();
        try {
            return Arrays.stream(wallets.getOrDefault(wallet, new int[0]))
                    .mapToObj(slot -> new NodeId(wallet, nodeOf(slot)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** All wallets that stand behind some offer. */
    public List<EvmAddress> wallets() {
        lock.lock();
        try {
            return List.copyOf(wallets.keySet());
        } finally {
            lock.unlock();
        }
    }

    public int size() {
        lock.lock();
        try {
            return slots.size();
        } finally {
            lock.unlock();
        }
    }

    // ---- what is asked ----

    /**
     * A page of those that fit.
     *
     * @param next where the next page begins; empty: this is the last
     */
    public record Found(List<Listed> listed, Optional<String> next) {

        public Found {
            listed = List.copyOf(listed);
        }
    }

    private record Candidate(
            int slot, NodeKey node, @Nullable ByteString unsaved, Listed without) {}

    /** Those that fit and are not gone, in a stable order. */
    public Found search(Query query, Instant now)
            throws MalformedCursorException, IOException, InterruptedException {
        Optional<Cursor> after = Optional.empty();
        if (query.after().isPresent()) {
            after = Cursor.parse(query.after().orElseThrow(), query.sort());
            if (after.isEmpty()) {
                throw new MalformedCursorException();
            }
        }
        Columns read;
        int rows;
        lock.lockInterruptibly();
        try {
            read = columns;
            rows = end;
        } finally {
            lock.unlock();
        }
        Best best = new Best(query.limit() + 1);
        scan(read, rows, new Filter(query, now), query.sort(), after, best);
        int[] order = best.sorted();
        return page(query, order, now);
    }

    /** What a row has to be. */
    private static final class Filter {
        final long now;
        final short country;
        final boolean anyCountry;
        final boolean anyPrice;
        final long price;
        final long priceRest;
        final long rate;

        Filter(Query query, Instant now) {
            this.now = now.toEpochMilli();
            anyCountry = query.country().isEmpty();
            country = Columns.code(query.country());
            anyPrice = query.maxPrice().isEmpty();
            price = query.maxPrice().map(Columns::bits).orElse(0L);
            priceRest = query.maxPrice().map(Columns::rest).orElse(0L);
            rate = query.minBitsPerSecond();
        }

        boolean fits(Columns read, int slot) {
            return (anyCountry || read.country[slot] == country)
                    && read.rate[slot] >= rate
                    && (anyPrice
                            || read.price[slot] < price
                            || (read.price[slot] == price && read.priceRest[slot] <= priceRest))
                    && read.validUntil[slot] > now
                    && now - read.sign[slot] < Liveness.STALE.toMillis();
        }
    }

    private static void scan(
            Columns read,
            int rows,
            Filter filter,
            Query.Sort sort,
            Optional<Cursor> cursor,
            Best best) {
        Cursor after = cursor.orElse(new Cursor(sort, -1, Long.MIN_VALUE, 0, -1));
        for (int slot = 0; slot < rows; slot++) {
            long major = read.major(sort, slot);
            if (major >= after.major() && best.wants(major) && filter.fits(read, slot)) {
                long minor = read.minor(sort, slot);
                long place = read.place[slot];
                if (Best.compare(
                                major,
                                minor,
                                place,
                                slot,
                                after.major(),
                                after.minor(),
                                after.place(),
                                after.slot())
                        > 0) {
                    best.offer(major, minor, place, slot);
                }
            }
        }
    }

    /** What was found is looked at again: it may have changed meanwhile. */
    private Found page(Query query, int[] order, Instant now)
            throws IOException, InterruptedException {
        List<Candidate> candidates = new ArrayList<>();
        Optional<String> next = Optional.empty();
        lock.lockInterruptibly();
        try {
            Filter filter = new Filter(query, now);
            int most = Math.min(order.length, query.limit());
            for (int i = 0; i < most; i++) {
                if (columns.node[order[i]] != null && filter.fits(columns, order[i])) {
                    candidates.add(candidate(order[i], now));
                }
            }
            if (order.length > query.limit()) {
                next = Optional.of(cursor(query.sort(), order[most - 1]));
            }
        } finally {
            lock.unlock();
        }
        List<Listed> listed = new ArrayList<>();
        for (Candidate candidate : candidates) {
            complete(candidate).ifPresent(listed::add);
        }
        return new Found(listed, next);
    }

    private String cursor(Query.Sort sort, int slot) {
        return new Cursor(
                        sort,
                        columns.major(sort, slot),
                        columns.minor(sort, slot),
                        columns.place[slot],
                        slot)
                .encode();
    }

    private Candidate candidate(int slot, Instant now) {
        NodeKey node = nodeOf(slot);
        ByteString waiting = unsaved.get(slot);
        return new Candidate(
                slot,
                node,
                waiting,
                new Listed(
                        node,
                        ByteString.EMPTY,
                        Optional.ofNullable(columns.beat[slot]),
                        heardAt(slot),
                        Objects.requireNonNull(columns.stake[slot]),
                        (double) columns.score[slot] / MILLION,
                        Matching.reasons(facts(slot, now), yardstick, now)));
    }

    private Optional<Listed> complete(Candidate candidate)
            throws IOException, InterruptedException {
        ByteString unsavedListing = candidate.unsaved();
        Optional<ByteString> listing =
                unsavedListing == null
                        ? store.listing(candidate.slot(), candidate.node())
                        : Optional.of(unsavedListing);
        Listed without = candidate.without();
        return listing.map(
                bytes ->
                        new Listed(
                                without.node(),
                                bytes,
                                without.heartbeat(),
                                without.heardAt(),
                                without.stake(),
                                without.score(),
                                without.reasons()));
    }

    /** What is known of one, also if it is gone. */
    public Optional<Listed> get(NodeKey node, Instant now)
            throws IOException, InterruptedException {
        Candidate candidate;
        lock.lockInterruptibly();
        try {
            Integer slot = slots.get(node);
            if (slot == null || columns.validUntil[slot] <= now.toEpochMilli()) {
                return Optional.empty();
            }
            candidate = candidate(slot, now);
        } finally {
            lock.unlock();
        }
        return complete(candidate);
    }

    /** What is known below a prefix, to be compared with what others know. */
    public Branch branch(Prefix prefix) {
        lock.lock();
        try {
            return tree.branch(prefix);
        } finally {
            lock.unlock();
        }
    }

    /** The digest of what is known below a prefix of a byte or two. */
    public ByteString digest(Prefix prefix) {
        lock.lock();
        try {
            return tree.digest(prefix);
        } finally {
            lock.unlock();
        }
    }

    /** How the market stood at the last upkeep. */
    public MarketSummary summary() {
        return summary;
    }

    // ---- scores ----

    private Optional<Instant> heardAt(int slot) {
        long at = columns.heardAt[slot];
        return at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    }

    private Matching.Facts facts(int slot, Instant now) {
        SignedHeartbeat beat = columns.beat[slot];
        return new Matching.Facts(
                columns.price(slot),
                Objects.requireNonNull(columns.stake[slot]).units().doubleValue(),
                heardAt(slot),
                Duration.ofMillis(Math.max(0, now.toEpochMilli() - columns.watchedSince[slot])),
                Duration.ofMillis(columns.up[slot]),
                beat == null ? -1 : beat.heartbeat().freeBitsPerSecond());
    }

    private int score(int slot, Instant now) {
        return (int) Math.round(Matching.score(facts(slot, now), yardstick, now) * MILLION);
    }

    // ---- upkeep ----

    /** Sweeps what has expired, counts the market, and scores everybody by it. */
    public void upkeep(Instant now) {
        Census census = new Census();
        slice((from, to) -> count(from, to, now, census));
        Matching.Yardstick measured = census.yardstick();
        lock.lock();
        try {
            yardstick = measured;
            summary = census.summary(now, wallets.size(), beats, summary);
            beats = 0;
        } finally {
            lock.unlock();
        }
        slice((from, to) -> score(from, to, now));
    }

    /** Some rows from one to before another, under the lock. */
    @FunctionalInterface
    private interface Slice {
        void work(int from, int to);
    }

    private void slice(Slice slice) {
        for (int from = 0; ; from += SLICE) {
            lock.lock();
            try {
                if (from >= end) {
                    return;
                }
                slice.work(from, Math.min(end, from + SLICE));
            } finally {
                lock.unlock();
            }
        }
    }

    private void score(int from, int to, Instant now) {
        for (int slot = from; slot < to; slot++) {
            if (columns.node[slot] != null) {
                columns.score[slot] = score(slot, now);
            }
        }
    }

    private void count(int from, int to, Instant now, Census census) {
        long at = now.toEpochMilli();
        for (int slot = from; slot < to; slot++) {
            NodeKey node = columns.node[slot];
            if (node == null) {
                continue;
            }
            if (columns.validUntil[slot] <= at) {
                buried.put(
                        node,
                        new Item(node, columns.offerSequence[slot], columns.whereSequence[slot]));
                remove(slot);
            } else {
                EvmAddress wallet = Objects.requireNonNull(columns.wallet[slot]);
                census.count(columns, slot, wallets.getOrDefault(wallet, ONE).length, at);
            }
        }
    }

    /** What is counted in one pass. */
    private static final class Census {

        private final Numbers prices = new Numbers();
        private final Numbers stakes = new Numbers();
        private final int[] countries = new int[1 + 26 * 26];
        private final int[] states = new int[3];
        private int offers;
        private int unheard;
        private double rate;
        private long sessions;
        private double stake;

        /** Stake of a wallet is shared by its nodes. */
        void count(Columns columns, int slot, int nodes, long now) {
            offers++;
            prices.add(columns.price(slot));
            double staked = Objects.requireNonNull(columns.stake[slot]).units().doubleValue();
            stakes.add(staked);
            stake += staked / nodes;
            countries[columns.country[slot]]++;
            if (columns.heardAt[slot] == 0) {
                unheard++;
                return;
            }
            long silence = now - columns.heardAt[slot];
            int state =
                    silence < Liveness.ONLINE.toMillis()
                            ? 0
                            : silence < Liveness.STALE.toMillis() ? 1 : 2;
            states[state]++;
            if (state == 0) {
                rate += columns.rate[slot];
                SignedHeartbeat beat = columns.beat[slot];
                sessions += beat == null ? 0 : beat.heartbeat().sessions();
            }
        }

        Matching.Yardstick yardstick() {
            return Matching.Yardstick.of(prices.all(), stakes.all());
        }

        MarketSummary summary(Instant now, int wallets, long beats, MarketSummary before) {
            double[] sorted = prices.all();
            Arrays.sort(sorted);
            int last = sorted.length - 1;
            Map<String, Integer> named = new TreeMap<>();
            for (short code = 0; code < countries.length; code++) {
                if (countries[code] > 0) {
                    named.put(
                            Columns.country(code).map(Country::code).orElse(NO_COUNTRY),
                            countries[code]);
                }
            }
            double seconds = Duration.between(before.at(), now).toMillis() / 1000.0;
            return new MarketSummary(
                    now,
                    offers,
                    states[0],
                    states[1],
                    states[2],
                    unheard,
                    wallets,
                    seconds <= 0 || before.at().equals(Instant.EPOCH) ? 0 : beats / seconds,
                    named,
                    last < 0
                            ? List.of()
                            : List.of(
                                    sorted[0],
                                    sorted[last / 4],
                                    sorted[last / 2],
                                    sorted[last * 3 / 4],
                                    sorted[last]),
                    rate,
                    sessions,
                    stake);
        }
    }

    /** A list of numbers that grows. */
    private static final class Numbers {

        private double[] values = new double[FIRST_CAPACITY];
        private int size;

        void add(double value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        double[] all() {
            return Arrays.copyOf(values, size);
        }
    }

    // ---- the disk ----

    /**
     * Writes what the disk does not have yet.
     *
     * @param withPulse also when providers were heard of: much, and worth little
     * @throws IOException if that can't be; it is kept, and tried again the next time
     */
    public void save(boolean withPulse) throws IOException {
        long block = nextBlock(); // before what it is about is looked for
        while (saveSome()) {
            // until nothing is left
        }
        if (block != savedBlock) {
            store.setNextBlock(block);
            savedBlock = block;
        }
        while (withPulse && savePulse()) {
            // the same
        }
    }

    private boolean saveSome() throws IOException {
        Map<Integer, ByteString> batch = new LinkedHashMap<>();
        List<Store.Saved> come = new ArrayList<>();
        List<Integer> gone = new ArrayList<>();
        lock.lock();
        try {
            for (Map.Entry<Integer, ByteString> each : unsaved.entrySet()) {
                if (batch.size() == BATCH) {
                    break;
                }
                batch.put(each.getKey(), each.getValue());
                if (each.getValue().isEmpty()) {
                    gone.add(each.getKey());
                } else {
                    come.add(new Store.Saved(row(each.getKey()), each.getValue()));
                }
            }
        } finally {
            lock.unlock();
        }
        if (batch.isEmpty()) {
            return false;
        }
        store.write(come, gone, List.of());
        lock.lock();
        try {
            // What changed meanwhile stays.
            batch.forEach(
                    (slot, bytes) ->
                            unsaved.computeIfPresent(
                                    slot, (_, now) -> now.equals(bytes) ? null : now));
            saved.signalAll();
        } finally {
            lock.unlock();
        }
        return true;
    }

    private boolean savePulse() throws IOException {
        List<Row> batch = new ArrayList<>();
        lock.lock();
        try {
            for (int slot = heard.nextSetBit(0);
                    slot >= 0 && batch.size() < BATCH;
                    slot = heard.nextSetBit(slot + 1)) {
                batch.add(row(slot));
                heard.clear(slot);
            }
        } finally {
            lock.unlock();
        }
        if (batch.isEmpty()) {
            return false;
        }
        store.write(List.of(), List.of(), batch);
        return true;
    }

    private Row row(int slot) {
        return new Row(
                slot,
                nodeOf(slot),
                Objects.requireNonNull(columns.wallet[slot]),
                price(slot),
                columns.rate[slot],
                columns.country[slot],
                columns.validUntil[slot],
                columns.offerSequence[slot],
                columns.whereSequence[slot],
                Objects.requireNonNull(columns.stake[slot]),
                columns.heardAt[slot],
                columns.watchedSince[slot],
                columns.up[slot]);
    }

    private TokenAmount price(int slot) {
        return Columns.amount(columns.price[slot], columns.priceRest[slot]);
    }

    /** Saves and closes. */
    @Override
    public void close() throws IOException {
        try (store) {
            save(true);
        }
    }
}
