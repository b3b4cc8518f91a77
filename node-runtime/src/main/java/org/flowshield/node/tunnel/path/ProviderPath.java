package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.queue.BacklogMemory;
import org.flowshield.node.tunnel.queue.Shaper;
import org.flowshield.node.tunnel.queue.UploadPace;
import org.flowshield.tun.Frame;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.jspecify.annotations.Nullable;

/**
 * A provider's packet path: one device, many sessions. One platform thread reads the device, finds
 * each packet's session by its destination, seals and writes; it never waits for a client.
 */
public final class ProviderPath implements AutoCloseable {

    /** An inner IPv6 address as a key. */
    private record V6(long high, long low) {
        static V6 of(Inet6Address address) {
            return new V6(AddressCheck.bits(address, 0), AddressCheck.bits(address, Long.BYTES));
        }
    }

    /** Sessions that said nothing for so long do not suffer if another waits for its socket. */
    private static final long ALONE_AFTER = Duration.ofMillis(100).toNanos();

    private final Tun tun;
    private final BacklogMemory memory;

    /** Null if there are no rates to keep. */
    private final SessionPath.@Nullable Shaping shaping;

    private final Consumer<PathEnd> onEnd;
    private final Map<Integer, SessionPath> byV4 = new ConcurrentHashMap<>();
    private final Map<V6, SessionPath> byV6 = new ConcurrentHashMap<>();
    private final LongAdder unroutable = new LongAdder();

    /** Whom the reader served last; its thread only. */
    private @Nullable SessionPath lastServed;

    private volatile long turnedAt = System.nanoTime() - ALONE_AFTER;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** A path with the usual limits; {@link #start} sets it going. */
    public ProviderPath(Tun tun, Consumer<PathEnd> onEnd) {
        this(tun, PathLimits.DEFAULT, onEnd);
    }

    /**
     * Prepares a path; {@link #start} sets it going.
     *
     * @param tun closed with the path
     * @param onEnd told once why the path ended
     */
    public ProviderPath(Tun tun, PathLimits limits, Consumer<PathEnd> onEnd) {
        this.tun = tun;
        this.memory = new BacklogMemory(limits.backlogBytes());
        this.shaping = limits.hasRates() ? shaping(limits) : null;
        this.onEnd = onEnd;
    }

    private SessionPath.Shaping shaping(PathLimits limits) {
        return new SessionPath.Shaping(
                limits,
                new Shaper(
                        limits.session(),
                        limits.total(),
                        tun.mtu(),
                        () -> LaneKind.BULK.newBacklog(memory),
                        System::nanoTime),
                new UploadPace.Total(limits.total(), System.nanoTime()));
    }

    /** Starts to read the device; once. */
    public void start() {
        if (shaping != null) {
            Shaper shaper = shaping.down();
            Thread.ofPlatform()
                    .daemon()
                    .name("path-shaper")
                    .start(() -> PathEnds.run(shaper::run, this::end));
        }
        Thread.ofPlatform()
                .daemon()
                .name("path-send")
                .start(() -> PathEnds.run(this::sendLoop, this::end));
    }

    /** Makes room for a session that is free. */
    public SessionPath add(
            InnerAddresses addresses, Offloads clientTakes, Consumer<PathEnd> onSessionEnd) {
        return join(addresses, clientTakes, null, onSessionEnd);
    }

    /**
     * Makes room for a session that pays.
     *
     * @param addresses not in use by another session
     * @param clientTakes the super-packets that the client takes; others are cut for it
     * @param credit what it may carry; closed with the session
     * @param onSessionEnd told once why the session's path ended
     */
    public SessionPath add(
            InnerAddresses addresses,
            Offloads clientTakes,
            CreditGate credit,
            Consumer<PathEnd> onSessionEnd) {
        return join(addresses, clientTakes, credit, onSessionEnd);
    }

    private SessionPath join(
            InnerAddresses addresses,
            Offloads clientTakes,
            @Nullable CreditGate credit,
            Consumer<PathEnd> onSessionEnd) {
        SessionPath session =
                new SessionPath(
                        tun,
                        addresses,
                        clientTakes,
                        this::isAlone,
                        memory,
                        credit,
                        shaping,
                        this::remove,
                        onSessionEnd);
        addresses.v4().ifPresent(address -> byV4.put(AddressCheck.bits(address), session));
        addresses.v6().ifPresent(address -> byV6.put(V6.of(address), session));
        if (ended.get()) {
            session.close();
        }
        return session;
    }

    private void remove(SessionPath session) {
        InnerAddresses addresses = session.addresses();
        addresses.v4().ifPresent(address -> byV4.remove(AddressCheck.bits(address), session));
        addresses.v6().ifPresent(address -> byV6.remove(V6.of(address), session));
    }

    private void sendLoop() throws IOException {
        ByteBuffer batch =
                ByteBuffer.allocateDirect(DetachedStream.HEADROOM + DetachedStream.MAX_SEND)
                        .order(ByteOrder.BIG_ENDIAN);
        while (true) {
            batch.clear().position(DetachedStream.HEADROOM);
            PathEnds.device(() -> tun.read(batch, true));
            batch.flip().position(DetachedStream.HEADROOM);
            distribute(batch);
        }
    }

    /** Sends each run of frames for one session together. */
    private void distribute(ByteBuffer batch) {
        int limit = batch.limit();
        int start = batch.position();
        int at = start;
        int previous = -1;
        SessionPath session = null;
        while (at < limit) {
            int packet = at + Frame.HEADER;
            int length = Frame.length(batch, at);
            if (previous < 0 || !sameDestination(batch, previous, packet, length)) {
                SessionPath next = sessionOf(batch, packet, length);
                if (next != session && at > start) {
                    sendRun(session, batch, start, at);
                    start = at;
                }
                session = next;
            }
            previous = packet;
            at += Frame.HEADER + length;
        }
        if (at > start) {
            sendRun(session, batch, start, at);
        }
    }

    private void sendRun(@Nullable SessionPath session, ByteBuffer batch, int start, int end) {
        if (session == null) {
            unroutable.increment();
            return;
        }
        batch.limit(end).position(start);
        if (!session.equals(lastServed)) {
            lastServed = session;
            turnedAt = System.nanoTime();
        }
        session.sendByRate(batch);
        batch.limit(batch.capacity());
    }

    /** True if the reader has served nobody but one session for a while. */
    private boolean isAlone() {
        return System.nanoTime() - turnedAt > ALONE_AFTER;
    }

    private static boolean sameDestination(ByteBuffer batch, int one, int other, int length) {
        return InnerPacket.version(batch, other, length) == 4
                && batch.get(one) >>> 4 == 4
                && InnerPacket.destinationV4(batch, one) == InnerPacket.destinationV4(batch, other);
    }

    private @Nullable SessionPath sessionOf(ByteBuffer batch, int packet, int length) {
        return switch (InnerPacket.version(batch, packet, length)) {
            case 4 -> byV4.get(InnerPacket.destinationV4(batch, packet));
            case 6 -> {
                int at = InnerPacket.destinationV6(packet);
                yield byV6.get(new V6(batch.getLong(at), batch.getLong(at + Long.BYTES)));
            }
            default -> null;
        };
    }

    /** Runs of packets from the device that belonged to no session. */
    public long unroutable() {
        return unroutable.sum();
    }

    /** Bytes that wait for clients which read too slowly, of those that may. */
    public long backlogBytes() {
        return memory.used();
    }

    private void end(PathEnd why) {
        if (ended.compareAndSet(false, true)) {
            byV4.values().forEach(session -> session.end(why));
            byV6.values().forEach(session -> session.end(why));
            if (shaping != null) {
                shaping.down().close();
            }
            tun.close();
            onEnd.accept(why);
        }
    }

    /** Ends all sessions and the device. Idempotent. */
    @Override
    public void close() {
        end(new PathEnd(PathEnd.Reason.CLOSED, "closed by us"));
    }
}
