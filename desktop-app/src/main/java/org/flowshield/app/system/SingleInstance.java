package org.flowshield.app.system;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One window for each person: the first start holds a lock and listens on a socket beside it; a
 * later one asks there for the window to be raised, and ends. The lock dies with its process, so
 * that a crash leaves nothing that has to be cleaned up. Safe for use by any thread.
 */
public final class SingleInstance implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SingleInstance.class);

    private final FileChannel channel;
    private final FileLock lock;
    private final ServerSocketChannel server;
    private final Path socket;
    private final AtomicReference<Runnable> raise = new AtomicReference<>(SingleInstance::nobody);

    private SingleInstance(
            FileChannel channel, FileLock lock, ServerSocketChannel server, Path socket) {
        this.channel = channel;
        this.lock = lock;
        this.server = server;
        this.socket = socket;
        Thread.ofVirtual().name("single-instance").start(this::listen);
    }

    /**
     * Becomes the one; empty if there is one already, whose window was raised.
     *
     * @param folder of the person alone, such as in XDG_RUNTIME_DIR
     * @throws IOException if the folder can't be used
     */
    public static Optional<SingleInstance> begin(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path socket = folder.resolve("app.sock");
        FileChannel channel =
                FileChannel.open(
                        folder.resolve("app.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            raise(socket);
            return Optional.empty();
        }
        Files.deleteIfExists(socket); // of one that died: we hold the lock
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return Optional.of(new SingleInstance(channel, lock, server, socket));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    /** The first one may be about to end: then nobody answers, and that is no failure of ours. */
    private static void raise(Path socket) {
        try (SocketChannel asking = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            int _ = asking.write(ByteBuffer.wrap(new byte[] {1}));
        } catch (IOException e) {
            LOG.info("another window is open and can't be raised: {}", e.getMessage());
        }
    }

    /** What raises the window; called by a thread of this object. */
    public void onRaise(Runnable what) {
        raise.set(what);
    }

    /** Until there is a window. */
    private static void nobody() {}

    private void listen() {
        ByteBuffer one = ByteBuffer.allocate(1);
        while (server.isOpen()) {
            try (SocketChannel asking = server.accept()) {
                one.clear();
                if (asking.read(one) == 1) {
                    raise.get().run();
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.info("a second start was not heard", e);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(socket);
            lock.release();
            channel.close();
        } catch (IOException e) {
            LOG.info("the lock on the window is left to the system", e);
        }
    }
}
