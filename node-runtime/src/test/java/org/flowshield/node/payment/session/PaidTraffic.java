package org.flowshield.node.payment.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.flowshield.node.tunnel.TestPackets;
import org.flowshield.node.tunnel.control.Grant;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MemoryTun;

/** Packets of one TCP flow through a session, with as much under way as a modest TCP has. */
final class PaidTraffic implements AutoCloseable {

    private static final int PAYLOAD = 1380;
    private static final int PACKET = PAYLOAD + TestPackets.HEADERS;
    private static final int BATCH = 20;

    /** Far less than the sockets hold. */
    private static final long WINDOW = 96 * 1024;

    /** Longer than anything is under way, unless the session is held. */
    private static final Duration RESEND = Duration.ofSeconds(2);

    private final Grant grant;
    private final MemoryTun client;
    private final PaidProvider provider;
    private final long before;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong arrivedDown = new AtomicLong();

    /** Begins to read at the client's end; the provider reads its own. */
    PaidTraffic(PaidClient.Session session, PaidProvider provider) {
        this.grant = session.grant();
        this.client = session.device().right();
        this.provider = provider;
        this.before = provider.arrived();
        read(client, arrivedDown, over::get);
    }

    static void read(MemoryTun device, AtomicLong arrived, BooleanSupplier over) {
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            ByteBuffer batch = ByteBuffer.allocateDirect(4 * Frame.MAX);
                            try {
                                while (!over.getAsBoolean()) {
                                    device.read(batch.clear(), true);
                                    batch.flip();
                                    long bytes = 0;
                                    for (int at = 0; at < batch.limit(); ) {
                                        int length = Frame.length(batch, at);
                                        bytes += length;
                                        at += Frame.HEADER + length;
                                    }
                                    arrived.addAndGet(bytes);
                                }
                            } catch (IOException e) {
                                return; // the device is closed
                            }
                        });
    }

    long up() {
        return provider.arrived() - before;
    }

    long down() {
        return arrivedDown.get();
    }

    /**
     * Sends at least so many bytes; ends when as many have arrived, or this is closed. What a held
     * session drops is sent again, as by TCP.
     */
    FutureTask<Long> send(boolean up, long bytes) {
        MemoryTun from = up ? client : provider.internet();
        LongSupplier arrived = up ? this::up : this::down;
        long already = arrived.getAsLong();
        FutureTask<Long> task =
                new FutureTask<>(
                        () -> {
                            ByteBuffer batch =
                                    ByteBuffer.allocateDirect(BATCH * (PACKET + Frame.HEADER));
                            long sent = 0;
                            do {
                                batch.clear();
                                for (int i = 0; i < BATCH && sent < bytes; i++) {
                                    TestPackets.append(batch, grant, up, TestPackets.TCP, PAYLOAD);
                                    sent += PACKET;
                                }
                                from.write(batch.flip());
                                long ahead = sent < bytes ? WINDOW : 0;
                                if (!await(arrived, already + sent - ahead)) {
                                    sent = arrived.getAsLong() - already; // the rest is lost
                                }
                            } while (sent < bytes && !over.get());
                            return sent;
                        });
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    /** Whether so many arrive without a pause in which TCP would think that they are lost. */
    private boolean await(LongSupplier arrived, long total) {
        long before = arrived.getAsLong();
        long lost = System.nanoTime() + RESEND.toNanos();
        while (before < total && !over.get()) {
            LockSupport.parkNanos(50_000);
            long now = arrived.getAsLong();
            if (now != before) {
                before = now;
                lost = System.nanoTime() + RESEND.toNanos();
            } else if (System.nanoTime() - lost > 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        over.set(true);
    }
}
