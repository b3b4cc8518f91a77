package org.flowshield.libp2p.detached;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * poll(2) on one descriptor. Its memory belongs to this object and is passed as a segment, so that
 * it outlives every call that the kernel writes to it. One thread at a time.
 */
@SuppressWarnings("restricted") // The one native call of this module; every JVM of ours allows it.
final class Poll {

    static final short POLLIN = 1;
    static final short POLLOUT = 4;

    private static final int EINTR = 4;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_VALUE =
            ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle POLL =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("poll"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT),
                    Linker.Option.captureCallState("errno"));

    /** struct pollfd: int fd; short events; short revents. */
    private static final long SIZE = 8;

    private static final long EVENTS = 4;

    private final MemorySegment descriptor = Arena.ofAuto().allocate(SIZE, Integer.BYTES);
    private final MemorySegment errno = Arena.ofAuto().allocate(ERRNO);

    Poll(int fd) {
        descriptor.set(ValueLayout.JAVA_INT, 0, fd);
    }

    /**
     * Waits for one of the events, an error or a hang-up.
     *
     * @param millis at the most, or {@link DetachedSocket#FOREVER}
     * @return false if none came in that time
     */
    boolean await(short events, int millis) throws IOException {
        descriptor.set(ValueLayout.JAVA_SHORT, EVENTS, events);
        int ready;
        while ((ready = call(millis)) < 0) {
            int error = (int) ERRNO_VALUE.get(errno, 0L);
            if (error != EINTR) {
                throw new IOException("poll failed with error " + error);
            }
        }
        return ready > 0;
    }

    private int call(int millis) {
        try {
            return (int) POLL.invokeExact(errno, descriptor, 1L, millis);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
