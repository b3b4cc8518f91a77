package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.FlowTable;
import org.flowshield.node.tunnel.queue.UploadPace;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.Tun;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a lane: one thread reads the socket, opens the records and writes the
 * packets to the device, from one buffer and without a hand-over. Packets that the session has no
 * right to are dropped and counted. A session without credit is not read on.
 */
final class LaneReceiver {

    /** Says which packets may pass. */
    @FunctionalInterface
    interface Gate {
        boolean admits(ByteBuffer batch, int packet, int length);
    }

    private final DetachedStream stream;
    private final Tun tun;
    private final Gate gate;
    private final @Nullable UploadPace pace;

    /** Null if the session is free. */
    private final @Nullable CreditGate credit;

    /** What of it is to be paid; null if all. */
    private final FlowTable.@Nullable View flows;

    /** True if the next packet waits for credit; the thread's. */
    private boolean heldUp;

    private final LongAdder bytes = new LongAdder();
    private final LongAdder packets = new LongAdder();
    private final LongAdder refused = new LongAdder();

    LaneReceiver(DetachedStream stream, Tun tun, Gate gate) {
        this(stream, tun, gate, null, null, null);
    }

    /**
     * @param pace null if no rate is to be kept
     * @param credit what may be delivered; null if that is all
     * @param flows null if all is to be paid
     */
    LaneReceiver(
            DetachedStream stream,
            Tun tun,
            Gate gate,
            @Nullable UploadPace pace,
            @Nullable CreditGate credit,
            FlowTable.@Nullable View flows) {
        this.stream = stream;
        this.tun = tun;
        this.gate = gate;
        this.pace = pace;
        this.credit = credit;
        this.flows = flows;
    }

    /** Runs until the stream or the device ends; always throws. */
    void run() throws IOException, MalformedFrameException {
        if (pace != null) {
            stream.readAtMost(pace.size());
        }
        int wanted = Frame.HEADER;
        while (true) {
            ByteBuffer view = stream.receive(wanted, true);
            if (view != null) {
                int before = view.remaining();
                wanted = deliver(view);
                if (pace != null) {
                    pace.await((long) before - view.remaining(), stream::rest);
                }
                if (heldUp && credit != null) {
                    heldUp = false;
                    stream.rest();
                    credit.awaitOpen();
                }
            }
        }
    }

    /** Writes the whole frames of the view; returns how many bytes the next one needs. */
    private int deliver(ByteBuffer view) throws IOException, MalformedFrameException {
        int limit = view.limit();
        while (true) {
            int start = view.position();
            int length = passAdmitted(view, start);
            int end = view.position();
            if (end > start) {
                view.position(start).limit(end);
                write(view);
                view.limit(limit).position(end);
            }
            if (length < 0) {
                break;
            }
            refused.increment();
            view.position(end + Frame.HEADER + length);
        }
        if (view.remaining() < Frame.HEADER) {
            return Frame.HEADER;
        }
        return Frame.HEADER + Frame.length(view, view.position());
    }

    private void write(ByteBuffer frames) throws IOException, MalformedFrameException {
        try {
            tun.write(frames);
        } catch (IOException e) {
            throw PathEnds.ofDevice(e);
        }
    }

    /**
     * Moves the position behind the frames that may pass; the length of the first that may not, or
     * -1 at the end, which is also where the credit ends.
     */
    private int passAdmitted(ByteBuffer view, int start) throws MalformedFrameException {
        if (flows != null) {
            flows.tick();
        }
        int count = 0;
        long free = 0;
        int length;
        while ((length = Frame.wholePacketLength(view)) >= 0
                && gate.admits(view, view.position() + Frame.HEADER, length)) {
            free += isFree(view, length) ? length : 0;
            view.position(view.position() + Frame.HEADER + length);
            count++;
        }
        long run = view.position() - start - (long) count * Frame.HEADER;
        if (credit != null && !credit.takeAll(run - free)) {
            view.position(start);
            return passPaid(view, credit);
        }
        count(count, run, free);
        return length;
    }

    private boolean isFree(ByteBuffer view, int length) {
        return flows != null && !flows.isSolicited(view, view.position() + Frame.HEADER, length);
    }

    /** The same, frame by frame, where the credit ends. */
    private int passPaid(ByteBuffer view, CreditGate from) throws MalformedFrameException {
        int length;
        while ((length = Frame.wholePacketLength(view)) >= 0
                && gate.admits(view, view.position() + Frame.HEADER, length)) {
            boolean free = isFree(view, length);
            if (!free && !from.takeOne(length)) {
                heldUp = true;
                return -1;
            }
            view.position(view.position() + Frame.HEADER + length);
            count(1, length, free ? length : 0);
        }
        return length;
    }

    private void count(int frames, long run, long free) {
        packets.add(frames);
        bytes.add(run);
        if (credit != null) {
            credit.received(run - free);
            credit.unsolicited(free);
        }
    }

    long receivedBytes() {
        return bytes.sum();
    }

    long receivedPackets() {
        return packets.sum();
    }

    long refused() {
        return refused.sum();
    }
}
