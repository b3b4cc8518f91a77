package org.flowshield.tun.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.locks.ReentrantLock;
import org.flowshield.tun.Drops;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.NativeBatch;
import org.flowshield.tun.Occupancy;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunSettings;

/**
 * One queue of a TUN device. One {@code read(2)} or {@code write(2)} per packet, straight from and
 * to the caller's buffer: the kernel's ten bytes take the place of the frame header's eight and of
 * two more, which are put back.
 *
 * <p>One thread reads; any number write.
 */
final class LinuxTun implements Tun {

    /** {@code struct pollfd}: int fd, short events, short revents. */
    private static final int POLLFD = 8;

    /** {@code struct iovec}: address, length. */
    private static final int IOVEC = 16;

    private final TunSettings settings;
    private final Offloads offloads;
    private final int descriptor;

    /** An eventfd that {@link #close} rings. */
    private final int wake;

    private final Drops drops = new Drops();
    private final Occupancy occupancy = new Occupancy(this::release);

    // The kernel reaches this memory by its raw address: the field, and the fences at the end of
    // read and write, keep it alive.
    private final Memory pollMemory = new Memory(2 * POLLFD);
    private final long poll = address(pollMemory);

    private final Vectors readVectors = new Vectors();
    private final VirtioHeader readHeader;

    /** Guards {@link #writeVectors}, which only frames at the very front of a buffer need. */
    private final ReentrantLock frontLock = new ReentrantLock();

    private final Vectors writeVectors = new Vectors();

    /** Takes both descriptors over: the queue's and an eventfd. */
    LinuxTun(TunSettings settings, Offloads offloads, int descriptor, int wake) {
        this.settings = settings;
        this.offloads = offloads;
        this.descriptor = descriptor;
        this.wake = wake;
        readHeader = new VirtioHeader(settings.mtu(), offloads);
        pollMemory.clear();
        pollMemory.setInt(0, descriptor);
        pollMemory.setShort(4, LibC.POLLIN);
        pollMemory.setInt(POLLFD, wake);
        pollMemory.setShort(POLLFD + 4, LibC.POLLIN);
    }

    /** A header beside its packet, for the frames that have no room before them. */
    private static final class Vectors {
        private final Memory memory = new Memory(2 * IOVEC + VirtioHeader.SIZE);
        private final long address = LinuxTun.address(memory);
        private final ByteBuffer header =
                memory.getByteBuffer(2 * IOVEC, VirtioHeader.SIZE).order(ByteOrder.BIG_ENDIAN);

        Vectors() {
            memory.setLong(0, address + 2 * IOVEC);
            memory.setLong(8, VirtioHeader.SIZE);
        }

        void packet(long packet, int length) {
            memory.setLong(IOVEC, packet);
            memory.setLong(IOVEC + 8, length);
        }
    }

    private static long address(Memory memory) {
        return Pointer.nativeValue(memory);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public int mtu() {
        return settings.mtu();
    }

    @Override
    public Offloads offloads() {
        return offloads;
    }

    @Override
    public Drops drops() {
        return drops;
    }

    @Override
    public int descriptor() {
        return descriptor;
    }

    @Override
    public int read(ByteBuffer batch, boolean block) throws IOException {
        NativeBatch.requireRoom(batch);
        occupancy.enter();
        try {
            int packets = 0;
            long base = NativeBatch.address(batch);
            while (batch.remaining() >= Frame.MAX) {
                int length = readPacket(batch, base);
                if (length >= 0) {
                    packets += length > 0 ? 1 : 0;
                } else if (packets > 0 || !block) {
                    return packets;
                } else {
                    awaitPacket();
                }
            }
            return packets;
        } finally {
            occupancy.leave();
            Reference.reachabilityFence(batch);
            Reference.reachabilityFence(this);
        }
    }

    /** One packet: its length, 0 if it was dropped, -1 if the device has none. */
    private int readPacket(ByteBuffer batch, long base) throws IOException {
        int at = batch.position();
        if (at < VirtioHeader.OVERHANG) {
            readVectors.packet(base + at + Frame.HEADER, Frame.MAX_PACKET);
            long read = LibC.readv(descriptor, readVectors.address, 2);
            return translated(batch, readVectors.header, 0, read);
        }
        int from = at - VirtioHeader.OVERHANG;
        short before = batch.getShort(from);
        long read = LibC.read(descriptor, base + from, VirtioHeader.SIZE + Frame.MAX_PACKET);
        int length = translated(batch, batch, from, read);
        batch.putShort(from, before);
        return length;
    }

    private int translated(ByteBuffer batch, ByteBuffer header, int from, long read)
            throws IOException {
        if (read < 0) {
            int error = Native.getLastError();
            return switch (error) {
                case LibC.EAGAIN -> -1;
                case LibC.EINTR -> 0;
                default -> throw broken("reading", error);
            };
        }
        int length = (int) read - VirtioHeader.SIZE;
        Drops.Reason dropped =
                length <= 0
                        ? Drops.Reason.BAD_LENGTH
                        : readHeader.translate(batch, batch.position(), header, from, length);
        if (dropped != null) {
            drops.add(dropped);
            return 0;
        }
        batch.position(batch.position() + Frame.HEADER + length);
        return length;
    }

    private void awaitPacket() throws IOException {
        int ready = LibC.poll(poll, 2, -1);
        if (ready < 0) {
            int error = Native.getLastError();
            if (error != LibC.EINTR) {
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
            VirtioHeader header = new VirtioHeader(settings.mtu(), offloads);
            long base = NativeBatch.address(batch);
            int packets = 0;
            int length;
            while ((length = Frame.wholePacketLength(batch)) > 0) {
                packets += writePacket(batch, base, length, header) ? 1 : 0;
                batch.position(batch.position() + Frame.HEADER + length);
            }
            return packets;
        } finally {
            occupancy.leave();
            Reference.reachabilityFence(batch);
            Reference.reachabilityFence(this);
        }
    }

    private boolean writePacket(ByteBuffer batch, long base, int length, VirtioHeader header)
            throws IOException {
        int at = batch.position();
        if (at < VirtioHeader.OVERHANG) {
            return writeFront(batch, base, length, header);
        }
        int to = at - VirtioHeader.OVERHANG;
        short before = batch.getShort(to);
        Drops.Reason dropped = header.build(batch, at, batch, to);
        if (dropped != null) {
            drops.add(dropped);
            return false;
        }
        long written = LibC.write(descriptor, base + to, VirtioHeader.SIZE + length);
        // The error is this thread's last call's: ask before anything else is called.
        boolean taken = written >= 0 || refused(Native.getLastError());
        batch.putShort(to, before);
        return taken;
    }

    private boolean writeFront(ByteBuffer batch, long base, int length, VirtioHeader header)
            throws IOException {
        frontLock.lock();
        try {
            int at = batch.position();
            Drops.Reason dropped = header.build(batch, at, writeVectors.header, 0);
            if (dropped != null) {
                drops.add(dropped);
                return false;
            }
            writeVectors.packet(base + at + Frame.HEADER, length);
            long written = LibC.writev(descriptor, writeVectors.address, 2);
            return written >= 0 || refused(Native.getLastError());
        } finally {
            frontLock.unlock();
        }
    }

    /** Counts a packet that the kernel did not take; always false. */
    private boolean refused(int error) throws IOException {
        switch (error) {
            case LibC.EBADFD, LibC.EBADF -> throw broken("writing", error);
            case LibC.EAGAIN, LibC.EINTR, LibC.EIO, LibC.ENOMEM, LibC.ENOBUFS ->
                    drops.add(Drops.Reason.NO_ROOM);
            default -> drops.add(Drops.Reason.REFUSED_BY_SYSTEM);
        }
        return false;
    }

    private IOException broken(String what, int error) {
        String why =
                error == LibC.EBADFD
                        ? "somebody removed it"
                        : what + " failed: " + LibC.words(error);
        return new IOException(
                "The network device "
                        + settings.name()
                        + " does not work any more ("
                        + why
                        + "): no traffic goes through it. Connect again.");
    }

    @Override
    public void close() {
        occupancy.close(this::ring);
    }

    private void ring() {
        try (Memory one = new Memory(Long.BYTES)) {
            one.setLong(0, 1);
            LibC.write(wake, address(one), Long.BYTES);
        }
    }

    private void release() {
        LibC.close(descriptor);
        LibC.close(wake);
    }
}
