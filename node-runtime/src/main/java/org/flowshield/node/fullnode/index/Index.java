package org.flowshield.node.fullnode.index;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.Liveness;
import org.flowshield.node.market.heartbeat.Pulse;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.market.matching.Query;
import org.flowshield.node.payment.Offer;
import org.jspecify.annotations.Nullable;

/**
 * Every provider that is known, searched in memory and kept on disk. What comes in was verified by
 * whoever brings it. Bounded. Safe for use by any thread; a search runs beside all else and takes
 * some milliseconds of a processor among a million.
 *
 * <pre>
 *  listings, heartbeats, the chain's word --&gt; Rows --+--&gt; Scan --&gt; what is found
 *                                             |      `--&gt; Tree: digests, to be compared
 *                          Unsaved, Store &lt;---+--&gt; Census --&gt; Scores
 * </pre>
 *
 * <p>{@link #upkeep} and {@link #save} are for one thread, again and again.
 */
public final class Index implements AutoCloseable {

    static final int MILLION = 1_000_000;

    /**
     * Rows that are looked through at once, so that nobody waits for the lock: under a millisecond.
     */
    private static final int SLICE = 4_096;

    /** After so long what was counted before counts half. */
    private static final long FORGET_HALF = Duration.ofDays(7).toMillis();

    private final Store store;
    private final Bounds bounds;
    private final ReentrantLock lock = new ReentrantLock();

    // ---- all below is guarded by the lock; columns are read without it, too ----

    private final Rows rows = new Rows();
    private final Unsaved unsaved = new Unsaved(lock);
    private final Scores scores = new Scores();
    private final Pulse pulse = new Pulse();

    /** Up to where the chain was heard; negative: nowhere. */
    private long nextBlock = -1;

    private long beats;

    /** Of the thread that saves. */
    private long savedBlock = -1;

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
                store.load(index.rows::load);
                index.rows.findFree();
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
            unsaved.awaitRoom();
            Integer known = rows.slotOf(listing.node());
            if (!rows.isNewer(listing.node(), offer.sequence(), listing.sequence())) {
                return Admitted.OLD;
            }
            if (!hasRoom(offer.payee(), known)) {
                return Admitted.WALLET_FULL;
            }
            if (known == null && rows.size() >= bounds.offers()) {
                return Admitted.FULL;
            }
            int slot = rows.put(listing, stake, known, now);
            scores.score(rows.columns(), slot, now);
            unsaved.put(slot, ByteString.copyFrom(listing.encoded()));
            return known == null ? Admitted.NEW : Admitted.REPLACED;
        } finally {
            lock.unlock();
        }
    }

    /** A node that moves to another wallet counts there. */
    private boolean hasRoom(EvmAddress wallet, @Nullable Integer known) {
        return (known != null && wallet.equals(rows.wallet(known)))
                || rows.slotsOf(wallet).length < bounds.perWallet();
    }

    /** Whether this would be news: nothing older in it than is known, and something newer. */
    public boolean wants(NodeKey node, long offer, long where) {
        lock.lock();
        try {
            return rows.isNewer(node, offer, where);
        } finally {
            lock.unlock();
        }
    }

    public boolean knows(NodeKey node) {
        lock.lock();
        try {
            return rows.slotOf(node) != null;
        } finally {
            lock.unlock();
        }
    }

    /** Hears a heartbeat of a provider; those of others are {@link Pulse.Outcome#FULL}. */
    public Pulse.Outcome hear(SignedHeartbeat signed, Instant now) {
        lock.lock();
        try {
            Integer slot = rows.slotOf(signed.node());
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
        Columns columns = rows.columns();
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
        scores.score(columns, slot, now);
        unsaved.beats(slot);
    }

    /** The chain says otherwise: what a node listed for a wallet is worth nothing any more. */
    public boolean remove(NodeId node) {
        lock.lock();
        try {
            Integer slot = rows.slotOf(node.key());
            if (slot == null || !node.wallet().equals(rows.wallet(slot))) {
                return false;
            }
            rows.remove(slot);
            unsaved.freed(slot);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The chain has spoken of a wallet: its stake is this now. */
    public void setStake(EvmAddress wallet, TokenAmount stake) {
        lock.lock();
        try {
            for (int slot : rows.slotsOf(wallet)) {
                rows.columns().stake[slot] = stake;
                unsaved.beats(slot);
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
            return Arrays.stream(rows.slotsOf(wallet))
                    .mapToObj(slot -> new NodeId(wallet, rows.node(slot)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** All wallets that stand behind some offer. */
    public List<EvmAddress> wallets() {
        lock.lock();
        try {
            return rows.wallets();
        } finally {
            lock.unlock();
        }
    }

    public int size() {
        lock.lock();
        try {
            return rows.size();
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
        int end;
        lock.lockInterruptibly();
        try {
            read = rows.columns();
            end = rows.end();
        } finally {
            lock.unlock();
        }
        Best best = new Best(query.limit() + 1);
        Scan scan = new Scan(query, now);
        scan.run(read, end, after, best);
        return page(query, scan, best.sorted(), now);
    }

    /** What was found is looked at again: it may have changed meanwhile. */
    private Found page(Query query, Scan scan, int[] order, Instant now)
            throws IOException, InterruptedException {
        List<Candidate> candidates = new ArrayList<>();
        Optional<String> next = Optional.empty();
        lock.lockInterruptibly();
        try {
            Columns columns = rows.columns();
            int most = Math.min(order.length, query.limit());
            for (int i = 0; i < most; i++) {
                if (columns.node[order[i]] != null && scan.fits(columns, order[i])) {
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
        Columns columns = rows.columns();
        return new Cursor(
                        sort,
                        columns.major(sort, slot),
                        columns.minor(sort, slot),
                        columns.place[slot],
                        slot)
                .encode();
    }

    private Candidate candidate(int slot, Instant now) {
        Columns columns = rows.columns();
        NodeKey node = rows.node(slot);
        ByteString waiting = unsaved.listing(slot);
        return new Candidate(
                slot,
                node,
                waiting,
                new Listed(
                        node,
                        ByteString.EMPTY,
                        Optional.ofNullable(columns.beat[slot]),
                        columns.heardAt(slot),
                        Objects.requireNonNull(columns.stake[slot]),
                        (double) columns.score[slot] / MILLION,
                        scores.reasons(columns, slot, now)));
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
            Integer slot = rows.slotOf(node);
            if (slot == null || rows.columns().validUntil[slot] <= now.toEpochMilli()) {
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
            return rows.branch(prefix);
        } finally {
            lock.unlock();
        }
    }

    /** The digest of what is known below a prefix of a byte or two. */
    public ByteString digest(Prefix prefix) {
        lock.lock();
        try {
            return rows.digest(prefix);
        } finally {
            lock.unlock();
        }
    }

    /** How the market stood at the last upkeep. */
    public MarketSummary summary() {
        return summary;
    }

    // ---- upkeep ----

    /** Sweeps what has expired, counts the market, and scores everybody by it. */
    public void upkeep(Instant now) {
        Census census = new Census();
        slice((from, to) -> count(from, to, now, census));
        lock.lock();
        try {
            scores.by(census.yardstick());
            summary = census.summary(now, rows.walletCount(), beats, summary);
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
                if (from >= rows.end()) {
                    return;
                }
                slice.work(from, Math.min(rows.end(), from + SLICE));
            } finally {
                lock.unlock();
            }
        }
    }

    private void score(int from, int to, Instant now) {
        Columns columns = rows.columns();
        for (int slot = from; slot < to; slot++) {
            if (columns.node[slot] != null) {
                scores.score(columns, slot, now);
            }
        }
    }

    private void count(int from, int to, Instant now, Census census) {
        Columns columns = rows.columns();
        long at = now.toEpochMilli();
        for (int slot = from; slot < to; slot++) {
            if (columns.node[slot] == null) {
                continue;
            }
            if (columns.validUntil[slot] <= at) {
                rows.bury(slot);
                unsaved.freed(slot);
            } else {
                census.count(columns, slot, rows.slotsOf(rows.wallet(slot)).length, at);
            }
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
        while (unsaved.saveSome(store, rows)) {
            // until nothing is left
        }
        if (block != savedBlock) {
            store.setNextBlock(block);
            savedBlock = block;
        }
        while (withPulse && unsaved.savePulse(store, rows)) {
            // the same
        }
    }

    /** Saves and closes. */
    @Override
    public void close() throws IOException {
        try (store) {
            save(true);
        }
    }
}
