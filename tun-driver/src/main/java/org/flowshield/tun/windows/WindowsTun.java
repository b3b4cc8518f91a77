package org.flowshield.tun.windows;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import org.flowshield.tun.Drops;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.NativeBatch;
import org.flowshield.tun.Occupancy;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.PlainPackets;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.windows.WindowsCalls.Kernel32;

/**
 * A session with a wintun adapter: two rings in memory that this process shares with the driver.
 * The driver gives and takes plain packets with complete checksums; super-packets that are written
 * are cut here. A full ring drops, and nobody waits for it.
 *
 * <p>One thread reads; any number write.
 */
final class WindowsTun implements Tun {

    private final TunSettings settings;
    private final Handles handles;
    private final Drops drops = new Drops();
    private final PlainPackets packets;
    private final Occupancy occupancy = new Occupancy(this::release);
    private final PlainPackets.Sink sink = this::send;

    // Windows and the driver reach this memory by its raw address: the field, and the fence at the
    // end of read, keep it alive.
    private final Memory waitMemory = new Memory(2 * Long.BYTES);
    private final long waited = Pointer.nativeValue(waitMemory);
    private final Memory sizeMemory = new Memory(Integer.BYTES);
    private final long size = Pointer.nativeValue(sizeMemory);

    /**
     * What a device holds.
     *
     * @param adapter the adapter, which goes when this is closed
     * @param session the rings
     * @param readWait the driver rings it; belongs to the session
     * @param stop an event that stays set once {@link #close} has rung it
     */
    record Handles(long adapter, long session, long readWait, long stop) {}

    /** Takes the handles over. */
    WindowsTun(TunSettings settings, Handles handles) {
        this.settings = settings;
        this.handles = handles;
        packets = new PlainPackets(settings.mtu(), settings.offloads(), drops);
        waitMemory.setLong(0, handles.readWait());
        waitMemory.setLong(Long.BYTES, handles.stop());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int mtu() {
        return settings.mtu();
    }

    /** All that were wished for are taken, none is given. */
    @Override
    public Offloads offloads() {
        return settings.offloads();
    }

    @Override
    public Drops drops() {
        return drops;
    }

    /** Windows has no poll that takes it. */
    @Override
    public int descriptor() {
        return -1;
    }

    @Override
    public int read(ByteBuffer batch, boolean block) throws IOException {
        NativeBatch.requireRoom(batch);
        occupancy.enter();
        try {
            int read = 0;
            long base = NativeBatch.address(batch);
            while (batch.remaining() >= Frame.MAX) {
                long packet = Wintun.WintunReceivePacket(handles.session(), size);
                if (packet != 0) {
                    read += take(batch, base, packet) ? 1 : 0;
                    continue;
                }
                int error = Native.getLastError();
                if (error != WindowsCalls.ERROR_NO_MORE_ITEMS) {
                    throw broken("reading", error);
                }
                if (read > 0 || !block) {
                    return read;
                }
                awaitPacket();
            }
            return read;
        } finally {
            occupancy.leave();
            Reference.reachabilityFence(batch);
            Reference.reachabilityFence(this);
        }
    }

    /** Copies one packet out of the ring and gives its place back. */
    private boolean take(ByteBuffer batch, long base, long packet) {
        int at = batch.position();
        int length = RawMemory.getInt(size);
        Drops.Reason dropped = null;
        if (length <= 0 || length > Wintun.MAX_PACKET) {
            dropped = Drops.Reason.BAD_LENGTH;
        } else if (length > settings.mtu()) {
            dropped = Drops.Reason.LONGER_THAN_MTU;
        } else {
            RawMemory.copy(packet, base + at + Frame.HEADER, length);
        }
        Wintun.WintunReleaseReceivePacket(handles.session(), packet);
        if (dropped == null) {
            int version = (batch.get(at + Frame.HEADER) & 0xf0) >> 4;
            dropped = version == 4 || version == 6 ? null : Drops.Reason.NOT_IP;
        }
        if (dropped != null) {
            drops.add(dropped);
            return false;
        }
        Frame.put(batch, at, Frame.PLAIN, (byte) 0, 0, length);
        batch.position(at + Frame.HEADER + length);
        return true;
    }

    private void awaitPacket() throws IOException {
        int woken = Kernel32.WaitForMultipleObjects(2, waited, 0, WindowsCalls.INFINITE);
        if (woken == WindowsCalls.WAIT_FAILED) {
            throw broken("waiting", Native.getLastError());
        }
        if (occupancy.isClosed()) {
            throw new AsynchronousCloseException();
        }
    }

    @Override
    public int write(ByteBuffer batch) throws IOException, MalformedFrameException {
        NativeBatch.requireUsable(batch);
        occupancy.enter();
        try {
            return packets.write(batch, sink);
        } finally {
            occupancy.leave();
            Reference.reachabilityFence(batch);
            Reference.reachabilityFence(this);
        }
    }

    private boolean send(ByteBuffer buffer, int at, long frame, int length) throws IOException {
        long packet = Wintun.WintunAllocateSendPacket(handles.session(), length);
        if (packet != 0) {
            // Nothing between may fail: a place that is never sent holds up all that come later.
            RawMemory.copy(frame + Frame.HEADER, packet, length);
            Wintun.WintunSendPacket(handles.session(), packet);
            return true;
        }
        int error = Native.getLastError();
        switch (error) {
            case WindowsCalls.ERROR_BUFFER_OVERFLOW -> drops.add(Drops.Reason.NO_ROOM);
            case WindowsCalls.ERROR_HANDLE_EOF -> throw broken("writing", error);
            default -> drops.add(Drops.Reason.REFUSED_BY_SYSTEM);
        }
        return false;
    }

    private IOException broken(String what, int error) {
        String why =
                error == WindowsCalls.ERROR_HANDLE_EOF
                        ? "somebody removed it"
                        : what + " failed, " + WindowsCalls.words(error);
        return new IOException(
                "The network device "
                        + settings.name()
                        + " does not work any more ("
                        + why
                        + "): no traffic goes through it. Connect again.");
    }

    @Override
    public void close() {
        occupancy.close(() -> Kernel32.SetEvent(handles.stop()));
    }

    private void release() {
        Wintun.WintunEndSession(handles.session());
        Wintun.WintunCloseAdapter(handles.adapter());
        Kernel32.CloseHandle(handles.stop());
    }
}
