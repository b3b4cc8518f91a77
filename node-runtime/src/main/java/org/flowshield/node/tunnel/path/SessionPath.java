package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.queue.BacklogMemory;
import org.flowshield.node.tunnel.queue.FairQueues;
import org.flowshield.node.tunnel.queue.Shaper;
import org.flowshield.node.tunnel.queue.UploadPace;
import org.flowshield.tun.Drops;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Segmenter;
import org.flowshield.tun.Tun;
import org.jspecify.annotations.Nullable;

/**
 * One session's share of a provider's packet path. A platform thread for each lane carries packets
 * to the device; the provider's device reader carries them back. Any thread may call the public
 * methods.
 */
public final class SessionPath implements AutoCloseable {

    private final Tun tun;
    private final InnerAddresses addresses;
    private final AddressCheck check;
    private final @Nullable Cutter cutter;

    /** True while no other session would wait with this one. */
    private final BooleanSupplier alone;

    private final BacklogMemory memory;
    private final @Nullable CreditGate credit;
    private final @Nullable Rates rates;
    private final Consumer<SessionPath> onRemoved;
    private final Consumer<PathEnd> onEnd;
    private final List<LaneReceiver> receivers = new CopyOnWriteArrayList<>();
    private final LongAdder unroutable = new LongAdder();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Guards changes of {@link #lanes}; readers take it as it is. */
    private final Object attaching = new Object();

    private volatile LaneSet lanes = LaneSet.EMPTY;

    /**
     * Cuts the device's super-packets for a client that does not take them. One thread at a time.
     */
    private static final class Cutter {
        private final Drops drops = new Drops();
        private final Segmenter segmenter;
        private final ByteBuffer out =
                ByteBuffer.allocateDirect(DetachedStream.HEADROOM + DetachedStream.MAX_SEND)
                        .order(ByteOrder.BIG_ENDIAN);

        Cutter(Tun tun, Offloads clientTakes) {
            segmenter = new Segmenter(tun.mtu(), tun.offloads(), clientTakes, drops);
        }
    }

    /** What keeps the rates of a path: one for each direction. */
    record Shaping(PathLimits limits, Shaper down, UploadPace.Total up) {}

    /** What keeps this session's. */
    private static final class Rates {
        private final Shaper shaper;
        private final FairQueues<Shaper.Destination>.Queue down;
        private final UploadPace up;

        Rates(Shaping shaping, SessionPath session) {
            shaper = shaping.down();
            down = shaper.open(session::send);
            up = new UploadPace(shaping.limits().session(), shaping.up(), System::nanoTime);
        }

        void close() {
            shaper.close(down);
            up.close();
        }
    }

    SessionPath(
            Tun tun,
            InnerAddresses addresses,
            Offloads clientTakes,
            BooleanSupplier alone,
            BacklogMemory memory,
            @Nullable CreditGate credit,
            @Nullable Shaping shaping,
            Consumer<SessionPath> onRemoved,
            Consumer<PathEnd> onEnd) {
        this.tun = tun;
        this.addresses = addresses;
        this.alone = alone;
        this.memory = memory;
        this.credit = credit;
        this.rates = shaping == null ? null : new Rates(shaping, this);
        this.onRemoved = onRemoved;
        this.onEnd = onEnd;
        check = new AddressCheck(addresses);
        boolean takesAll = tun.offloads().and(clientTakes).equals(tun.offloads());
        cutter = takesAll ? null : new Cutter(tun, clientTakes);
    }

    public InnerAddresses addresses() {
        return addresses;
    }

    /**
     * Adds a lane and starts to read it. Its packets must come from the session's own addresses.
     *
     * @param index 0 for the first bulk lane; of no meaning for the datagram lane
     * @return false if the session has that lane already or is over; the stream is closed then
     */
    public boolean attach(int index, boolean datagrams, DetachedStream stream) {
        LaneKind kind = datagrams ? LaneKind.DATAGRAM : LaneKind.BULK;
        LaneSender sender =
                new LaneSender(
                        stream,
                        kind,
                        tun.mtu(),
                        memory,
                        credit,
                        () -> alone.getAsBoolean() ? kind.patience() : 0,
                        System::nanoTime,
                        this::end);
        LaneReceiver receiver =
                new LaneReceiver(
                        stream,
                        tun,
                        check::isSource,
                        rates == null ? null : rates.up,
                        credit,
                        null);
        boolean added = false;
        synchronized (attaching) {
            if (datagrams ? !lanes.hasDatagrams() : !lanes.hasBulk(index)) {
                lanes = datagrams ? lanes.withDatagrams(sender) : lanes.withBulk(index, sender);
                receivers.add(receiver);
                added = true;
            }
        }
        if (!added || ended.get()) {
            sender.close();
            return false;
        }
        Thread.ofPlatform()
                .daemon()
                .name("session-receive")
                .start(() -> PathEnds.run(receiver::run, this::end));
        return true;
    }

    /** Sends frames as the session's rates allow; the device reader's thread. Consumes them. */
    void sendByRate(ByteBuffer frames) {
        Rates kept = rates;
        if (kept == null) {
            send(frames);
        } else {
            kept.shaper.send(kept.down, frames);
        }
    }

    /**
     * Sends frames to the client; one thread at a time. The frames are consumed whatever becomes of
     * them.
     */
    void send(ByteBuffer frames) {
        int limit = frames.limit();
        try {
            if (cutter == null) {
                unroutable.add(lanes.send(frames));
            } else {
                sendCut(cutter, frames);
            }
        } catch (IOException e) {
            frames.limit(limit).position(limit);
            end(PathEnds.broken(e));
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("our own device gave a malformed frame", e);
        }
    }

    private void sendCut(Cutter with, ByteBuffer frames)
            throws IOException, MalformedFrameException {
        boolean all;
        do {
            with.out.clear().position(DetachedStream.HEADROOM);
            all = with.segmenter.adapt(frames, with.out);
            with.out.flip().position(DetachedStream.HEADROOM);
            unroutable.add(lanes.send(with.out));
        } while (!all);
    }

    /** What was carried so far; "sent" is to the client. */
    public PathCounters counters() {
        long uncut = cutter == null ? 0 : cutter.drops.total();
        long above = rates == null ? 0 : rates.shaper.dropped(rates.down);
        return PathCounters.of(lanes.all(), receivers, unroutable.sum() + uncut + above);
    }

    void end(PathEnd why) {
        if (ended.compareAndSet(false, true)) {
            onRemoved.accept(this);
            if (rates != null) {
                rates.close();
            }
            if (credit != null) {
                credit.close();
            }
            lanes.all().forEach(LaneSender::close);
            onEnd.accept(why);
        }
    }

    /** Ends the session's lanes; the device stays. Idempotent. */
    @Override
    public void close() {
        end(new PathEnd(PathEnd.Reason.CLOSED, "closed by us"));
    }
}
