package org.flowshield.node.fullnode.index;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.node.directory.DirectoryAnswer.Branch;
import org.flowshield.node.directory.DirectoryAnswer.Item;
import org.flowshield.node.directory.Prefix;
import org.flowshield.node.identity.NodeKey;
import org.jspecify.annotations.Nullable;

/**
 * All records in 65,536 parts by the hash of their nodes' keys, each part with its digest, so that
 * two fullnodes find out in a few questions where they differ (directory.proto). Digests are made
 * when somebody asks, and kept until something changes. For one thread.
 */
final class Tree {

    /** Whose part a slot is in, and what its record says. */
    interface Slots {

        NodeKey node(int slot);

        long place(int slot);

        Item item(int slot);
    }

    private static final int[] NONE = {};
    private static final ByteString EMPTY = ByteString.EMPTY;
    private static final int PARTS = Prefix.FAN * Prefix.FAN;
    private static final int PART_BITS = 16;

    /** Bytes of a record in a digest: a hash and two numbers. */
    private static final int RECORD = Bytes32.LENGTH + 2 * Long.BYTES;

    private final Slots slots;
    private final MessageDigest sha256 = sha256();

    /** Slots in each part. */
    private final int[][] parts = new int[PARTS][];

    private final @Nullable ByteString[] digests = new ByteString[PARTS];
    private final @Nullable ByteString[] above = new ByteString[Prefix.FAN];
    private final int[] counts = new int[Prefix.FAN];

    Tree(Slots slots) {
        this.slots = slots;
        Arrays.fill(parts, NONE);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The first 8 bytes of SHA-256 of a node's key. */
    long placeOf(NodeKey node) {
        return ByteBuffer.wrap(sha256.digest(node.bytes().bytes())).getLong();
    }

    private static int part(long place) {
        return (int) (place >>> (Long.SIZE - PART_BITS));
    }

    void add(int slot) {
        int part = part(slots.place(slot));
        int[] before = parts[part];
        parts[part] = Arrays.copyOf(before, before.length + 1);
        parts[part][before.length] = slot;
        counts[part / Prefix.FAN]++;
        changed(part);
    }

    void remove(int slot) {
        int part = part(slots.place(slot));
        parts[part] = Arrays.stream(parts[part]).filter(each -> each != slot).toArray();
        counts[part / Prefix.FAN]--;
        changed(part);
    }

    /** A record was replaced. */
    void replaced(int slot) {
        changed(part(slots.place(slot)));
    }

    private void changed(int part) {
        digests[part] = null;
        above[part / Prefix.FAN] = null;
    }

    /** What is known below a prefix. */
    Branch branch(Prefix prefix) {
        int first = 0;
        int count = PARTS;
        for (int i = 0; i < prefix.bytes().size(); i++) {
            count /= Prefix.FAN;
            first += (prefix.bytes().byteAt(i) & 0xff) * count;
        }
        int records = records(first, count);
        if (records <= Branch.Items.MOST || prefix.isDeepest()) {
            return new Branch.Items(items(first, count));
        }
        List<ByteString> below = new ArrayList<>(Prefix.FAN);
        for (int i = 0; i < Prefix.FAN; i++) {
            below.add(count == PARTS ? above(i) : digest(first + i));
        }
        return new Branch.Parts(below);
    }

    /** The digest of what is known below a prefix of a byte or two, as a branch above tells it. */
    ByteString digest(Prefix prefix) {
        int first = prefix.bytes().byteAt(0) & 0xff;
        return prefix.isDeepest()
                ? digest(first * Prefix.FAN + (prefix.bytes().byteAt(1) & 0xff))
                : above(first);
    }

    private int records(int first, int count) {
        int records = 0;
        if (count >= Prefix.FAN) {
            for (int i = first / Prefix.FAN; i < (first + count) / Prefix.FAN; i++) {
                records += counts[i];
            }
        } else {
            for (int i = first; i < first + count; i++) {
                records += parts[i].length;
            }
        }
        return records;
    }

    /**
     * In order; more than a message holds of one part nobody could make without trying for years.
     */
    private List<Item> items(int first, int count) {
        List<Item> items = new ArrayList<>();
        for (int part = first; part < first + count; part++) {
            for (int slot : sorted(part)) {
                if (items.size() < Branch.Items.MOST) {
                    items.add(slots.item(slot));
                }
            }
        }
        return items;
    }

    private List<Integer> sorted(int part) {
        List<Integer> sorted = new ArrayList<>(Arrays.stream(parts[part]).boxed().toList());
        sorted.sort(
                Comparator.comparing(
                        slot -> sha256.digest(slots.node(slot).bytes().bytes()),
                        Arrays::compareUnsigned));
        return sorted;
    }

    private ByteString digest(int part) {
        ByteString known = digests[part];
        if (known == null) {
            known = digestOf(part, 1);
            digests[part] = known;
        }
        return known;
    }

    private ByteString above(int index) {
        ByteString known = above[index];
        if (known == null) {
            known = digestOf(index * Prefix.FAN, Prefix.FAN);
            above[index] = known;
        }
        return known;
    }

    private ByteString digestOf(int first, int count) {
        List<byte[]> records = new ArrayList<>();
        for (int part = first; part < first + count; part++) {
            for (int slot : sorted(part)) {
                Item item = slots.item(slot);
                records.add(
                        ByteBuffer.allocate(RECORD)
                                .put(sha256.digest(item.node().bytes().bytes()))
                                .putLong(item.offer())
                                .putLong(item.where())
                                .array());
            }
        }
        if (records.isEmpty()) {
            return EMPTY;
        }
        records.forEach(sha256::update);
        return ByteString.copyFrom(sha256.digest(), 0, Branch.Parts.DIGEST_LENGTH);
    }
}
