package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.FlowTable;
import org.flowshield.node.tunnel.queue.BacklogMemory;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.Tun;
import org.jspecify.annotations.Nullable;

/**
 * A client's packet path: its device on one side, the lanes to its provider on the other.
 *
 * <p>One platform thread reads the device, seals and writes the lanes; one for each lane reads the
 * socket, opens and writes the device. Any thread may call the methods.
 */
public final class ClientPath implements AutoCloseable {

    private final Tun tun;
    private final LaneSet lanes;
    private final List<LaneReceiver> receivers = new ArrayList<>();
    private final LongAdder unroutable = new LongAdder();
    private final Consumer<PathEnd> onEnd;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Null if the path is free, as are the flows. */
    private final @Nullable CreditGate credit;

    private final @Nullable FlowTable flows;

    private final BacklogMemory memory = new BacklogMemory(PathLimits.BACKLOG_BYTES);

    /** Prepares a path that is free. */
    public ClientPath(
            Tun tun,
            InnerAddresses addresses,
            List<DetachedStream> bulk,
            @Nullable DetachedStream datagrams,
            Consumer<PathEnd> onEnd) {
        this(tun, addresses, bulk, datagrams, null, onEnd);
    }

    /**
     * Prepares a path; {@link #start} sets it going.
     *
     * @param tun closed with the path
     * @param addresses packets from the provider to any other address are dropped
     * @param bulk one to four, closed with the path
     * @param datagrams for all but TCP; null lets it share the bulk lanes
     * @param credit what it may carry: all that is sent, and what comes of flows that began here;
     *     closed with the path; null if it is free
     * @param onEnd told once, from a thread of the path, why it ended
     */
    public ClientPath(
            Tun tun,
            InnerAddresses addresses,
            List<DetachedStream> bulk,
            @Nullable DetachedStream datagrams,
            @Nullable CreditGate credit,
            Consumer<PathEnd> onEnd) {
        this.tun = tun;
        this.credit = credit;
        this.flows = credit == null ? null : new FlowTable(System::nanoTime);
        this.onEnd = onEnd;
        AddressCheck check = new AddressCheck(addresses);
        LaneSet set = LaneSet.EMPTY;
        for (DetachedStream lane : bulk) {
            set = set.withBulk(receivers.size(), sender(lane, LaneKind.BULK));
            receivers.add(receiver(lane, check));
        }
        if (datagrams != null) {
            set = set.withDatagrams(sender(datagrams, LaneKind.DATAGRAM));
            receivers.add(receiver(datagrams, check));
        }
        lanes = set;
    }

    private LaneSender sender(DetachedStream lane, LaneKind kind) {
        return new LaneSender(
                lane, kind, tun.mtu(), memory, credit, kind::patience, System::nanoTime, this::end);
    }

    private LaneReceiver receiver(DetachedStream lane, AddressCheck check) {
        FlowTable.View view = flows == null ? null : flows.new View();
        return new LaneReceiver(lane, tun, check::isDestination, null, credit, view);
    }

    /** Starts the threads; once. */
    public void start() {
        spawn("path-send", this::sendLoop);
        for (LaneReceiver receiver : receivers) {
            spawn("path-receive", receiver::run);
        }
    }

    /** What a thread of the path does until it can't. */
    @FunctionalInterface
    interface Loop {
        void run() throws IOException, MalformedFrameException;
    }

    private void spawn(String name, Loop loop) {
        Thread.ofPlatform().daemon().name(name).start(() -> PathEnds.run(loop, this::end));
    }

    private void sendLoop() throws IOException {
        ByteBuffer batch =
                ByteBuffer.allocateDirect(DetachedStream.HEADROOM + DetachedStream.MAX_SEND)
                        .order(ByteOrder.BIG_ENDIAN);
        FlowTable.View marking = flows == null ? null : flows.new View();
        while (true) {
            batch.clear().position(DetachedStream.HEADROOM);
            PathEnds.device(() -> tun.read(batch, true));
            batch.flip().position(DetachedStream.HEADROOM);
            if (marking != null) {
                marking.mark(batch);
            }
            unroutable.add(lanes.send(batch));
        }
    }

    /** What was carried so far. */
    public PathCounters counters() {
        return PathCounters.of(lanes.all(), receivers, unroutable.sum());
    }

    private void end(PathEnd why) {
        if (ended.compareAndSet(false, true)) {
            if (credit != null) {
                credit.close();
            }
            lanes.all().forEach(LaneSender::close);
            tun.close();
            onEnd.accept(why);
        }
    }

    /** Ends the path, its lanes and its device. Idempotent. */
    @Override
    public void close() {
        end(new PathEnd(PathEnd.Reason.CLOSED, "closed by us"));
    }
}
