package org.flowshield.node.ledger.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.node.ledger.LedgerException;

/**
 * The second copy of every voucher, in a file of its own: slots of one length, each with all that
 * it takes to claim the money. SQLite drops what follows a torn page of its own log without a word;
 * here it is still written, and here is written how far the database must have come.
 *
 * <pre>
 *   0    32   what the file is
 *  32    48   anchor: how many changes (8), the last voucher (8), seal (32)
 *  80    48   anchor: the two are written in turn, a torn one leaves the other
 * 128   266   slot of voucher 1, and so on
 * </pre>
 *
 * Used by one thread.
 */
final class VoucherLog implements AutoCloseable {

    private static final byte[] MAGIC =
            Arrays.copyOf(
                    "FlowShield vouchers, format 1\n".getBytes(StandardCharsets.US_ASCII), 32);

    private static final int ANCHORS = 2;
    private static final int ANCHOR_LENGTH = 2 * Long.BYTES + Bytes32.LENGTH;
    static final int HEADER_LENGTH = 32 + ANCHORS * ANCHOR_LENGTH;

    private static final String ANCHOR_KIND = "FlowShield ledger anchor 1";

    /**
     * How far the ledger had come. Immutable.
     *
     * @param changes of the database
     * @param seq of the last voucher
     */
    record Anchor(long changes, long seq) {

        static final Anchor NONE = new Anchor(0, 0);
    }

    private final Path file;
    private final FileChannel channel;
    private final boolean force;

    private VoucherLog(Path file, FileChannel channel, boolean force) {
        this.file = file;
        this.channel = channel;
        this.force = force;
    }

    static VoucherLog open(Path file, Durability durability) throws LedgerException {
        try {
            return new VoucherLog(
                    file,
                    FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    durability == Durability.FULL);
        } catch (IOException e) {
            throw Failures.ofFile(e, file);
        }
    }

    Path file() {
        return file;
    }

    // ------------------------------------------------------------ reading

    /** Whether nothing was ever written to it. */
    boolean isEmpty() {
        return size() == 0;
    }

    /** How many whole slots there are. */
    long slots() {
        return Math.max(0, size() - HEADER_LENGTH) / Slot.LENGTH;
    }

    /** Whether it ends where a slot ends. */
    boolean endsEvenly() {
        long size = size();
        return size >= HEADER_LENGTH && (size - HEADER_LENGTH) % Slot.LENGTH == 0;
    }

    boolean hasHeader() {
        return Arrays.equals(read(0, MAGIC.length), MAGIC);
    }

    /** The further one of the anchors that are whole. */
    Anchor anchor() {
        Anchor furthest = Anchor.NONE;
        for (int i = 0; i < ANCHORS; i++) {
            Anchor anchor = anchor(i).orElse(Anchor.NONE);
            furthest = anchor.changes() > furthest.changes() ? anchor : furthest;
        }
        return furthest;
    }

    /** Whether every anchor that was ever written is whole. */
    boolean hasSoundAnchors(long changes) {
        for (int i = 0; i < ANCHORS; i++) {
            if (anchor(i).isEmpty() && changes >= (i == 0 ? ANCHORS : 1)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Anchor> anchor(int index) {
        byte[] bytes = read(MAGIC.length + (long) index * ANCHOR_LENGTH, ANCHOR_LENGTH);
        if (bytes.length < ANCHOR_LENGTH) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Anchor anchor = new Anchor(buffer.getLong(), buffer.getLong());
        byte[] seal = new byte[Bytes32.LENGTH];
        buffer.get(seal);
        return Arrays.equals(seal, seal(anchor)) ? Optional.of(anchor) : Optional.empty();
    }

    /** The bytes of so many slots from a voucher on; fewer where the file ends. */
    byte[] slots(long seq, int count) {
        return read(position(seq), count * Slot.LENGTH);
    }

    private byte[] read(long position, int length) {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            int read = 0;
            while (read >= 0 && buffer.hasRemaining()) {
                read = channel.read(buffer, position + buffer.position());
            }
            return Arrays.copyOf(buffer.array(), buffer.position());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ------------------------------------------------------------ writing

    /** Writes what the file is, with no anchors. Not flushed. */
    void writeHeader() throws IOException {
        write(0, ByteBuffer.wrap(Arrays.copyOf(MAGIC, HEADER_LENGTH)));
    }

    /** Writes slots in their places, whatever was there. Not flushed. */
    void write(List<Slot> slots) throws IOException {
        if (slots.isEmpty()) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(slots.size() * Slot.LENGTH);
        slots.forEach(slot -> bytes.put(slot.encode()));
        write(position(slots.getFirst().row().seq()), bytes.flip());
    }

    /** Cuts off what follows a voucher. Not flushed. */
    void truncateAfter(long seq) throws IOException {
        channel.truncate(position(seq + 1));
    }

    /** Writes how far the ledger has come. Not flushed. */
    void write(Anchor anchor) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(ANCHOR_LENGTH)
                        .putLong(anchor.changes())
                        .putLong(anchor.seq())
                        .put(seal(anchor));
        write(MAGIC.length + anchor.changes() % ANCHORS * ANCHOR_LENGTH, bytes.flip());
    }

    /** Everything written is on the disk when this returns. */
    void flush() throws IOException {
        if (force) {
            channel.force(false);
        }
    }

    private void write(long position, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    private static long position(long seq) {
        return HEADER_LENGTH + (seq - 1) * Slot.LENGTH;
    }

    private static byte[] seal(Anchor anchor) {
        return new Seal(ANCHOR_KIND).put(anchor.changes()).put(anchor.seq()).hash().bytes();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
