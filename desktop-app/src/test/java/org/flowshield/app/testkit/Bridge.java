package org.flowshield.app.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes connections on, byte for byte. Two of them lead from this machine's loopback into a
 * namespace of a lab: a socket with a path is the same on both sides. One virtual thread for each
 * connection and direction.
 */
public final class Bridge implements AutoCloseable {

    /** Printed when a bridge that runs alone listens. */
    public static final String READY = "bridge ready";

    private static final int CHUNK = 1 << 16;

    private final ServerSocketChannel server;
    private final SocketAddress to;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private Bridge(ServerSocketChannel server, SocketAddress to) {
        this.server = server;
        this.to = to;
    }

    /** From a free port of this machine's loopback to a socket with a path. */
    public static Bridge fromLoopback(Path socket) throws IOException {
        return fromLoopback(0, UnixDomainSocketAddress.of(socket));
    }

    /**
     * From a port of this machine's loopback.
     *
     * @param port 0: a free one
     */
    public static Bridge fromLoopback(int port, SocketAddress to) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new Bridge(server, to).start();
    }

    /** Arguments: the path of the socket to listen at, host and port to lead to. */
    public static void main(String[] arguments) throws Exception {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(arguments[0]));
        InetSocketAddress to = new InetSocketAddress(arguments[1], Integer.parseInt(arguments[2]));
        System.out.println(READY);
        new Bridge(server, to).serve();
    }

    private Bridge start() {
        Thread _ = Thread.ofVirtual().name("bridge").start(this::serve);
        return this;
    }

    /** Of one that begins at the loopback. */
    public int port() {
        try {
            return ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel near = server.accept();
                open.add(near);
                Thread _ = Thread.ofVirtual().name("bridge-in").start(() -> join(near));
            }
        } catch (ClosedChannelException e) {
            open.forEach(Bridge::end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void join(SocketChannel near) {
        try (near;
                SocketChannel far = SocketChannel.open(to)) {
            open.add(far);
            Thread back = Thread.ofVirtual().name("bridge-out").start(() -> pump(far, near));
            pump(near, far);
            back.join();
            open.remove(far);
        } catch (IOException e) {
            System.err.println("bridge: nobody at " + to + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(near);
        }
    }

    /** Until one of them ends; the other is told that nothing more comes. */
    private static void pump(SocketChannel from, SocketChannel into) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try {
            while (from.read(chunk) >= 0) {
                chunk.flip();
                while (chunk.hasRemaining()) {
                    int _ = into.write(chunk);
                }
                chunk.clear();
            }
            into.shutdownOutput();
        } catch (IOException e) {
            end(from); // one side is gone, and so is the other
            end(into);
        }
    }

    private static void end(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody gets to the other side any more; connections that are open end. */
    @Override
    public void close() throws IOException {
        server.close();
        open.forEach(Bridge::end);
    }
}
