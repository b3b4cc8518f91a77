package org.flowshield.node.tunnel.path;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.flowshield.tun.Drops;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.MemoryTun;
import org.flowshield.tun.MemoryTun.Overflow;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.PacketLayout;

/**
 * Whatever a peer sends, what comes out of the device is a packet of the session's own address that
 * holds together, and a super-packet only if the device takes it and its segments are real.
 */
final class LaneReceiverFuzzTest {

    private static final int MTU = 1420;

    /** Longer inputs say nothing new; the lane and the device have room for one. */
    private static final int LONGEST = 512 * 1024;

    private static final InnerAddresses SESSION = TestFrames.addresses("100.64.0.2", "fd00::2");

    private final AddressCheck check = new AddressCheck(SESSION);
    private final PacketLayout layout = new PacketLayout();

    @FuzzTest
    void a_stream_of_bytes_never_reaches_the_device_as_anything_but_sound_packets(byte[] input)
            throws IOException {
        byte[] stream = Arrays.copyOf(input, Math.min(input.length, LONGEST));
        for (Offloads takes : new Offloads[] {Offloads.ALL, Offloads.NONE}) {
            long allowed = Math.max(1, stream.length / (Frame.HEADER + 1));
            try (MemoryTun.Pair tun =
                            MemoryTun.pair(MTU, takes, takes, Overflow.DROP, 2 * LONGEST);
                    MemoryLane.Pair lane = MemoryLane.pair(LONGEST, seed(stream))) {
                LaneReceiver receiver = new LaneReceiver(lane.right(), tun.left(), check::isSource);
                lane.left().feedPeer(stream);
                lane.left().close();
                run(receiver);
                long arrived = checkArrived(tun.right(), takes);
                long dropped = tun.left().drops().total();
                long received = receiver.receivedPackets();
                require(received == arrived + dropped, "packets got lost without being counted");
                require(received + receiver.refused() <= allowed, "packets came from nowhere");
            }
        }
    }

    /** The pieces in which the stream arrives depend on nothing but the input. */
    private static long seed(byte[] stream) {
        CRC32 crc = new CRC32();
        crc.update(stream);
        return crc.getValue();
    }

    private static void run(LaneReceiver receiver) throws IOException {
        try {
            receiver.run();
            throw new AssertionError("a receiver ends with its stream");
        } catch (EOFException | MalformedFrameException expected) {
            require(expected.getMessage() == null || !expected.getMessage().isEmpty(), "no reason");
        }
    }

    private long checkArrived(MemoryTun device, Offloads takes) throws IOException {
        long packets = 0;
        ByteBuffer batch = ByteBuffer.allocateDirect(2 * Frame.MAX).order(ByteOrder.BIG_ENDIAN);
        while (device.read(batch.clear(), false) > 0) {
            batch.flip();
            for (int at = 0; at < batch.limit(); packets++) {
                checkFrame(batch, at, takes);
                at += Frame.HEADER + Frame.length(batch, at);
            }
        }
        return packets;
    }

    private void checkFrame(ByteBuffer batch, int at, Offloads takes) {
        int length = Frame.length(batch, at);
        require(check.isSource(batch, at + Frame.HEADER, length), "a forged source has passed");
        Drops.Reason broken = layout.parseFrame(batch, at, MTU, takes);
        require(broken == null, "an unsound frame has passed: " + broken);
        if (Frame.kind(batch, at) == Frame.PLAIN) {
            require(length <= MTU, "a plain packet longer than the MTU has passed");
            return;
        }
        require(!takes.equals(Offloads.NONE), "a super-packet has passed that nobody takes");
        int size = Frame.segmentSize(batch, at);
        require(size > 0 && size <= MTU - layout.headers(), "a hostile segment size has passed");
        require(
                layout.transport() + layout.checksum() + Short.BYTES <= length,
                "a checksum outside the packet has passed");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
