package org.flowshield.libp2p.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sockets of people who never say who they are. Each comes from an address of its own. */
final class Strangers implements AutoCloseable {

    private final InetSocketAddress victim;
    private final List<SocketChannel> sockets = new ArrayList<>();

    Strangers(InetSocketAddress victim) {
        this.victim = victim;
    }

    /** One more connection. */
    SocketChannel connect() throws IOException {
        SocketChannel socket = SocketChannel.open();
        sockets.add(socket);
        socket.bind(new InetSocketAddress(Siege.stranger(sockets.size()), 0));
        socket.connect(victim);
        socket.configureBlocking(false);
        return socket;
    }

    int count() {
        return sockets.size();
    }

    /** Those that the victim has not closed; what it has said is forgotten. */
    int stillOpen() {
        int open = 0;
        for (SocketChannel socket : sockets) {
            if (socket.isOpen() && isOpen(socket)) {
                open++;
            }
        }
        return open;
    }

    private static boolean isOpen(SocketChannel socket) {
        try {
            ByteBuffer heard = ByteBuffer.allocate(4096);
            int count = socket.read(heard);
            while (count > 0) {
                count = socket.read(heard.clear());
            }
            if (count == 0) {
                return true;
            }
            socket.close();
            return false;
        } catch (IOException e) {
            // Reset by the victim: what a refused stranger sees.
            return closed(socket);
        }
    }

    private static boolean closed(SocketChannel socket) {
        try {
            socket.close();
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends what the socket takes; nothing if the victim is gone. */
    static void say(SocketChannel socket, byte... bytes) {
        try {
            if (socket.isOpen()) {
                socket.write(ByteBuffer.wrap(bytes));
            }
        } catch (IOException e) {
            closed(socket);
        }
    }

    /** A message of multistream-select. */
    static byte[] message(String text) {
        byte[] line = (text + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + line.length).put((byte) line.length).put(line).array();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }
}
