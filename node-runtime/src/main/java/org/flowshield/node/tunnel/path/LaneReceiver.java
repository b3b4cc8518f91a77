package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.flowshield.libp2p.detached.DetachedStream;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.Tun;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of a lane: one thread reads the socket, opens the records and writes the
 * packets to the device, from one buffer and without a hand-over. Packets that the session has no
 * right to are dropped and counted.
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
    private final LongAdder bytes = new LongAdder();
    private final LongAdder packets = new LongAdder();
    private final LongAdder refused = new LongAdder();

    LaneReceiver(DetachedStream stream, Tun tun, Gate gate) {
        this(stream, tun, gate, null);
    }

    /**
     * @param pace null if no rate is to be kept
     */
    LaneReceiver(DetachedStream stream, Tun tun, Gate gate, @Nullable UploadPace pace) {
        this.stream = stream;
        this.tun = tun;
        this.gate = gate;
        this.pace = pace;
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
     * -1 at the end.
     */
    private int passAdmitted(ByteBuffer view, int start) throws MalformedFrameException {
        int count = 0;
        int length;
        while ((length = Frame.wholePacketLength(view)) >= 0
                && gate.admits(view, view.position() + Frame.HEADER, length)) {
            view.position(view.position() + Frame.HEADER + length);
            count++;
        }
        packets.add(count);
        bytes.add(view.position() - start - (long) count * Frame.HEADER);
        return length;
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
