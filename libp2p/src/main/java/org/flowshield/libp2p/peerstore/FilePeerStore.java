package org.flowshield.libp2p.peerstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.SignedPeerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link PeerStore} in one file, written anew each time and put in place of the old one at once:
 * after a crash there is the one or the other. A file that can't be read is set aside, and nothing
 * is remembered but what comes. A virtual thread writes.
 */
public final class FilePeerStore implements PeerStore {

    private static final Logger LOG = LoggerFactory.getLogger(FilePeerStore.class);

    /** What a crash may cost. A write of the whole file takes some milliseconds. */
    private static final Duration SAVE_EVERY = Duration.ofSeconds(30);

    private final Path file;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Guards the book and what follows it. */
    private final ReentrantLock lock = new ReentrantLock();

    private final PeerBook book;
    private boolean changed;

    /** Held while the file is written, never together with the other. */
    private final ReentrantLock writing = new ReentrantLock();

    private FilePeerStore(Path file, StoreLimits limits, Clock clock) {
        this.file = file;
        this.clock = clock;
        this.book = new PeerBook(limits);
    }

    /**
     * Opens a store, or begins one where there is no such file. One that is broken is moved to
     * {@code FILE.broken}, with a warning.
     *
     * @throws IOException if the file can't be read, or the broken one not be moved
     */
    public static FilePeerStore open(Path file, StoreLimits limits, Clock clock)
            throws IOException {
        FilePeerStore store = new FilePeerStore(file, limits, clock);
        store.book.restore(remembered(file), clock.instant());
        Thread.ofVirtual().name("peer-store").start(store::saveNowAndThen);
        return store;
    }

    private static List<KnownPeer> remembered(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(PeerFile.MAX_LENGTH + 1);
        }
        try {
            return PeerFile.parse(content);
        } catch (MalformedPeerFileException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".broken");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn(
                    "the peers of earlier runs can't be read from {}: {}. It was moved to {}, and"
                            + " this node begins with none: it needs a bootstrap peer once",
                    file,
                    e.getMessage(),
                    aside);
            return List.of();
        }
    }

    @Override
    public void met(
            PeerId peer,
            Multiaddr remote,
            Optional<SignedPeerRecord> signed,
            List<ProtocolId> protocols) {
        lock.lock();
        try {
            changed |= book.met(peer, bare(remote), signed, protocols, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reached(PeerId peer, Multiaddr address) {
        lock.lock();
        try {
            changed |= book.reached(peer, bare(address), clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private static Multiaddr bare(Multiaddr address) {
        return address.peerId().isPresent() ? address.withoutPeer() : address;
    }

    @Override
    public void failed(PeerId peer) {
        lock.lock();
        try {
            changed |= book.failed(peer);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<KnownPeer> find(PeerId peer) {
        lock.lock();
        try {
            return book.find(peer);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<KnownPeer> candidates(ProtocolId serving, int count) {
        lock.lock();
        try {
            book.expire(clock.instant());
            return book.candidates(serving, count);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return book.size();
        } finally {
            lock.unlock();
        }
    }

    private void saveNowAndThen() {
        try {
            while (!closed.await(SAVE_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    save();
                } catch (IOException e) {
                    LOG.warn(
                            "peers can't be written to {} ({}); it is tried again in {} s",
                            file,
                            e.getMessage(),
                            SAVE_EVERY.toSeconds());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void save() throws IOException {
        writing.lock();
        try {
            write();
        } finally {
            writing.unlock();
        }
    }

    private void write() throws IOException {
        List<KnownPeer> peers;
        lock.lock();
        try {
            if (!changed) {
                return;
            }
            changed = false;
            book.expire(clock.instant());
            peers = book.all();
        } finally {
            lock.unlock();
        }
        try {
            replace(PeerFile.encode(peers));
        } catch (IOException e) {
            lock.lock();
            try {
                changed = true;
            } finally {
                lock.unlock();
            }
            throw e;
        }
    }

    /** Made with mode 0600 where files have modes: whom one knows is nobody's business. */
    private void replace(byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(folder, file.getFileName() + ".", ".new");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer source = ByteBuffer.wrap(content);
                while (source.hasRemaining()) {
                    channel.write(source);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        save();
    }
}
