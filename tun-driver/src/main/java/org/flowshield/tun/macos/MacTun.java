package org.flowshield.tun.macos;

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

/**
 * A utun device: a socket whose other end is a network interface. One {@code read(2)} or {@code
 * write(2)} per packet, straight from and to the caller's buffer: the four bytes of address family
 * that the kernel puts before each packet take the place of the frame header's last four. The
 * kernel gives and takes plain packets with complete checksums; super-packets that are written are
 * cut here.
 *
 * <p>One thread reads; any number write.
 */
final class MacTun implements Tun {

    /** Before each packet: the address family, big-endian. */
    private static final int FAMILY = 4;

    private static final int FAMILY_AT = Frame.HEADER - FAMILY;

    /** {@code struct pollfd}: int fd, short events, short revents. */
    private static final int POLLFD = 8;

    private final TunSettings settings;
    private final Handles handles;
    private final Drops drops = new Drops();
    private final PlainPackets packets;
    private final Occupancy occupancy = new Occupancy(this::release);
    private final PlainPackets.Sink sink = this::send;

    // The kernel reaches this memory by its raw address: the field, and the fence at the end of
    // read, keep it alive.
    private final Memory pollMemory = new Memory(2 * POLLFD);
    private final long poll = Pointer.nativeValue(pollMemory);

    /**
     * What a device holds.
     *
     * @param name as the kernel chose it
     * @param socket the device, which goes when this is closed; does not block
     * @param awake the end of a pipe that {@link #close} makes readable
     * @param bell the other end
     */
    record Handles(String name, int socket, int awake, int bell) {}

    /** Takes the descriptors over. */
    MacTun(TunSettings settings, Handles handles) {
        this.settings = settings;
        this.handles = handles;
        packets = new PlainPackets(settings.mtu(), settings.offloads(), drops);
        pollMemory.clear();
        pollMemory.setInt(0, handles.socket());
        pollMemory.setShort(4, Darwin.POLLIN);
        pollMemory.setInt(POLLFD, handles.awake());
        pollMemory.setShort(POLLFD + 4, Darwin.POLLIN);
    }

    /** The name that the kernel chose, {@code utun} and a number. */
    @Override
    public String name() {
        return handles.name();
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

    @Override
    public int descriptor() {
        return handles.socket();
    }

    @Override
    public int read(ByteBuffer batch, boolean block) throws IOException {
        NativeBatch.requireRoom(batch);
        occupancy.enter();
        try {
            int read = 0;
            long base = NativeBatch.address(batch);
            while (batch.remaining() >= Frame.MAX) {
                int length = readPacket(batch, base);
                if (length >= 0) {
                    read += length > 0 ? 1 : 0;
                } else if (read > 0 || !block) {
                    return read;
                } else {
                    awaitPacket();
                }
            }
            return read;
        } finally {
            occupancy.leave();
            Reference.reachabilityFence(batch);
            Reference.reachabilityFence(this);
        }
    }

    /** One packet: its length, 0 if it was dropped, -1 if the device has none. */
    private int readPacket(ByteBuffer batch, long base) throws IOException {
        int at = batch.position();
        long read =
                Darwin.read(
                        handles.socket(), base + at + FAMILY_AT, (long) FAMILY + Frame.MAX_PACKET);
        if (read < 0) {
            int error = Native.getLastError();
            return switch (error) {
                case Darwin.EAGAIN -> -1;
                case Darwin.EINTR -> 0;
                default -> throw broken("reading", error);
            };
        }
        if (read == 0) {
            throw broken("somebody removed it");
        }
        int length = (int) read - FAMILY;
        Drops.Reason dropped = null;
        if (length <= 0) {
            dropped = Drops.Reason.BAD_LENGTH;
        } else if (length > settings.mtu()) {
            dropped = Drops.Reason.LONGER_THAN_MTU;
        } else if (batch.getInt(at + FAMILY_AT) != family(batch, at)) {
            dropped = Drops.Reason.NOT_IP;
        }
        if (dropped != null) {
            drops.add(dropped);
            return 0;
        }
        Frame.put(batch, at, Frame.PLAIN, (byte) 0, 0, length);
        batch.position(at + Frame.HEADER + length);
        return length;
    }

    /** The address family by the packet's own version; no family's number if it has neither. */
    private static int family(ByteBuffer batch, int at) {
        return switch ((batch.get(at + Frame.HEADER) & 0xf0) >> 4) {
            case 4 -> Darwin.AF_INET;
            case 6 -> Darwin.AF_INET6;
            default -> -1;
        };
    }

    private void awaitPacket() throws IOException {
        int ready = Darwin.poll(poll, 2, -1);
        if (ready < 0) {
            int error = Native.getLastError();
            if (error != Darwin.EINTR) {
                throw broken("waiting", error);
            }
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
        buffer.putInt(at + FAMILY_AT, family(buffer, at));
        long written = Darwin.write(handles.socket(), frame + FAMILY_AT, (long) FAMILY + length);
        return written >= 0 || refused(Native.getLastError());
    }

    /** Counts a packet that the kernel did not take; always false. */
    private boolean refused(int error) throws IOException {
        switch (error) {
            case Darwin.EBADF, Darwin.ENOTCONN, Darwin.ECONNRESET, Darwin.ENXIO ->
                    throw broken("writing", error);
            case Darwin.EAGAIN, Darwin.EINTR, Darwin.ENOMEM, Darwin.ENOBUFS, Darwin.ENETDOWN ->
                    drops.add(Drops.Reason.NO_ROOM);
            default -> drops.add(Drops.Reason.REFUSED_BY_SYSTEM);
        }
        return false;
    }

    private IOException broken(String what, int error) {
        return broken(what + " failed: " + Darwin.words(error));
    }

    private IOException broken(String why) {
        return new IOException(
                "The network device "
                        + handles.name()
                        + " does not work any more ("
                        + why
                        + "): no traffic goes through it. Connect again.");
    }

    @Override
    public void close() {
        occupancy.close(this::ring);
    }

    private void ring() {
        try (Memory one = new Memory(1)) {
            one.clear();
            Darwin.write(handles.bell(), Pointer.nativeValue(one), 1);
        }
    }

    private void release() {
        Darwin.close(handles.socket());
        Darwin.close(handles.bell());
        Darwin.close(handles.awake());
    }
}
