package org.flowshield.tun;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The device in memory, whose far end is another one that takes plain packets alone. */
class MemoryTunContractTest extends TunContract {

    private static final int QUEUE = 16 * Frame.MAX;

    private MemoryTun.@Nullable Pair pair;
    private final ByteBuffer batch = batch();
    private final Deque<byte[]> received = new ArrayDeque<>();

    @AfterEach
    void close() {
        if (pair != null) {
            pair.close();
        }
    }

    @Override
    protected Tun open() {
        close();
        received.clear();
        pair = MemoryTun.pair(MTU, Offloads.ALL, Offloads.NONE, MemoryTun.Overflow.DROP, QUEUE);
        return pair.left();
    }

    private MemoryTun far() {
        if (pair == null) {
            throw new IllegalStateException("nothing is open");
        }
        return pair.right();
    }

    @Override
    protected boolean send(byte[] packet) throws Exception {
        return far().write(Packets.frame(Frame.PLAIN, 0, 0, packet)) == 1;
    }

    @Override
    protected byte @Nullable [] receive() throws Exception {
        if (received.isEmpty()) {
            far().read(batch.clear(), false);
            received.addAll(plainPackets(batch.flip()));
        }
        return received.poll();
    }
}
