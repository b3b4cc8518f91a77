package org.flowshield.node.fullnode.index;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Item;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.listing.SignedListing;
import org.flowshield.node.payment.Offer;
import org.jspecify.annotations.Nullable;

/**
 * A row for each provider, and how it is found: by its node, by its wallet, by its place among all.
 * Guarded by the index's lock; columns are read without it, too.
 */
final class Rows {

    /** Rows to begin with. */
    private static final int FIRST_CAPACITY = 1024;

    /**
     * How many of those that are gone are remembered, so that what they said before does not count.
     */
    private static final int MOST_BURIED = 100_000;

    private static final int[] NONE = {};

    private Columns columns = new Columns(FIRST_CAPACITY);

    /** Slots below this were used. */
    private int end;

    private final Deque<Integer> free = new ArrayDeque<>();
    private final Map<NodeKey, Integer> slots = new HashMap<>();
    private final Map<EvmAddress, int[]> wallets = new HashMap<>();
    private final Tree tree =
            new Tree(
                    new Tree.Slots() {
                        @Override
                        public NodeKey node(int slot) {
                            return Rows.this.node(slot);
                        }

                        @Override
                        public long place(int slot) {
                            return columns.place[slot];
                        }

                        @Override
                        public Item item(int slot) {
                            return said(slot);
                        }
                    });

    /** The last sequences of nodes that were swept. */
    private final Map<NodeKey, Item> buried =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<NodeKey, Item> eldest) {
                    return size() > MOST_BURIED;
                }
            };

    // ---- what is there ----

    /** What is known; another object when there are more rows. */
    Columns columns() {
        return columns;
    }

    /** Slots below this were used. */
    int end() {
        return end;
    }

    /** How many providers there are. */
    int size() {
        return slots.size();
    }

    /** The slot of a node; null if it has none. */
    @Nullable Integer slotOf(NodeKey node) {
        return slots.get(node);
    }

    /** Whose row that is, which is not free. */
    NodeKey node(int slot) {
        return Objects.requireNonNull(columns.node[slot]);
    }

    /** Who stands behind it. */
    EvmAddress wallet(int slot) {
        return Objects.requireNonNull(columns.wallet[slot]);
    }

    /** All wallets that stand behind some offer. */
    List<EvmAddress> wallets() {
        return List.copyOf(wallets.keySet());
    }

    /** How many of them there are. */
    int walletCount() {
        return wallets.size();
    }

    /** The slots of a wallet's nodes; not to be written to. */
    int[] slotsOf(EvmAddress wallet) {
        return wallets.getOrDefault(wallet, NONE);
    }

    Branch branch(Prefix prefix) {
        return tree.branch(prefix);
    }

    ByteString digest(Prefix prefix) {
        return tree.digest(prefix);
    }

    private Item said(int slot) {
        return new Item(node(slot), columns.offerSequence[slot], columns.sequence[slot]);
    }

    /** As {@link SignedListing#supersedes}: nothing older than is known, and something newer. */
    boolean isNewer(NodeKey node, long offer, long where) {
        Integer slot = slots.get(node);
        Item known = slot == null ? buried.get(node) : said(slot);
        if (known == null) {
            return true;
        }
        int place = Long.compareUnsigned(where, known.where());
        return offer >= known.offer() && place >= 0 && (offer > known.offer() || place > 0);
    }

    /** As it is kept on disk. */
    Row row(int slot) {
        return new Row(
                slot,
                node(slot),
                wallet(slot),
                Columns.amount(columns.price[slot], columns.priceRest[slot]),
                columns.rate[slot],
                columns.country[slot],
                columns.validUntil[slot],
                columns.offerSequence[slot],
                columns.sequence[slot],
                Objects.requireNonNull(columns.stake[slot]),
                columns.heardAt[slot],
                columns.watchedSince[slot],
                columns.up[slot]);
    }

    // ---- what changes ----

    /** Takes in a row that was kept; {@link #findFree} follows the last of them. */
    void load(Row row) {
        reserve(row.slot());
        end = Math.max(end, row.slot() + 1);
        set(row);
        slots.put(row.node(), row.slot());
        joined(row.wallet(), row.slot());
        tree.add(row.slot());
    }

    /** Looks for slots between those that were loaded. */
    void findFree() {
        for (int slot = end - 1; slot >= 0; slot--) {
            if (columns.node[slot] == null) {
                free.push(slot);
            }
        }
    }

    /**
     * Takes in a listing.
     *
     * @param known the slot of the node; null if it has none
     * @return its slot
     */
    int put(SignedListing listing, TokenAmount stake, @Nullable Integer known, Instant now) {
        Offer offer = listing.offer();
        int slot = known == null ? newSlot() : known;
        if (known != null) {
            left(wallet(slot), slot);
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
        joined(offer.payee(), slot);
        if (known == null) {
            slots.put(listing.node(), slot);
            buried.remove(listing.node());
            tree.add(slot);
        } else {
            tree.replaced(slot);
        }
        return slot;
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
        columns.sequence[slot] = row.sequence();
        columns.heardAt[slot] = row.heardAt();
        columns.watchedSince[slot] = row.watchedSince();
        columns.sign[slot] = row.heardAt() == 0 ? row.watchedSince() : row.heardAt();
        columns.up[slot] = row.up();
        columns.place[slot] = tree.placeOf(row.node());
        columns.validUntil[slot] = row.validUntil(); // last: now it is found
    }

    private int newSlot() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        reserve(end);
        return end++;
    }

    private void reserve(int slot) {
        if (slot >= columns.capacity()) {
            columns = columns.grown(Math.max(slot + 1, 2 * columns.capacity()));
        }
    }

    private void joined(EvmAddress wallet, int slot) {
        int[] before = slotsOf(wallet);
        int[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = slot;
        wallets.put(wallet, after);
    }

    private void left(EvmAddress wallet, int slot) {
        int[] rest = Arrays.stream(slotsOf(wallet)).filter(each -> each != slot).toArray();
        if (rest.length == 0) {
            wallets.remove(wallet);
        } else {
            wallets.put(wallet, rest);
        }
    }

    /** Remembers what a node said last, and frees its slot. */
    void bury(int slot) {
        buried.put(node(slot), said(slot));
        remove(slot);
    }

    /** Frees a slot. */
    void remove(int slot) {
        NodeKey node = node(slot);
        tree.remove(slot);
        slots.remove(node);
        left(wallet(slot), slot);
        columns.clear(slot);
        free.push(slot);
    }
}
