package org.flowshield.tun.macos;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The C library's calls on macOS, whose numbers are not Linux's, by direct mapping. Addresses that
 * are passed as {@code long} must belong to memory that stays strongly reachable until the call
 * returns. {@code size_t} is a {@code long}, {@code nfds_t} and {@code socklen_t} are an {@code
 * int}: 64-bit systems only.
 *
 * <p>{@code ioctl} and {@code fcntl} have variable arguments, which Apple's processors pass in
 * another place than named ones: direct mapping can't do that, so they go through {@link Variadic}.
 */
final class Darwin {

    static final int AF_INET = 2;
    static final int AF_INET6 = 30;
    static final int PF_SYSTEM = 32;
    static final int AF_SYS_CONTROL = 2;
    static final int SOCK_DGRAM = 2;
    static final int SYSPROTO_CONTROL = 2;
    static final int UTUN_OPT_IFNAME = 2;

    static final long CTLIOCGINFO = 0xC064_4E03L;
    static final long SIOCSIFFLAGS = 0x8020_6910L;
    static final long SIOCGIFFLAGS = 0xC020_6911L;
    static final long SIOCAIFADDR = 0x8040_691AL;
    static final long SIOCAIFADDR_IN6 = 0x8080_691AL;
    static final long SIOCSIFMTU = 0x8020_6934L;

    static final int IFF_UP = 0x1;

    static final int F_SETFD = 2;
    static final int F_SETFL = 4;
    static final int FD_CLOEXEC = 1;
    static final int O_NONBLOCK = 0x4;

    static final short POLLIN = 0x1;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EBADF = 9;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int ENODEV = 19;
    static final int EAGAIN = 35;
    static final int EAFNOSUPPORT = 47;
    static final int ENETDOWN = 50;
    static final int ECONNRESET = 54;
    static final int ENOBUFS = 55;
    static final int ENOTCONN = 57;

    /** The calls with variable arguments. */
    interface Variadic extends Library {
        int ioctl(int descriptor, long request, Object... argument);

        int fcntl(int descriptor, int command, Object... argument);
    }

    private static @Nullable Variadic variadic;

    private Darwin() {}

    static native int socket(int domain, int type, int protocol);

    static native int connect(int socket, long address, int length);

    static native int getsockopt(int socket, int level, int option, long value, long length);

    static native int pipe(long descriptors);

    static native int close(int descriptor);

    static native long read(int descriptor, long buffer, long length);

    static native long write(int descriptor, long buffer, long length);

    static native int poll(long descriptors, int count, int timeoutMillis);

    static native String strerror(int error);

    /** Binds to the system's library, once. */
    static synchronized void bind() {
        if (variadic == null) {
            bind("c", Map.of());
        }
    }

    /** Binds to this library. */
    static synchronized void bind(String library, Map<String, Object> options) {
        Native.register(Darwin.class, NativeLibrary.getInstance(library, options));
        variadic = Native.load(library, Variadic.class, options);
    }

    private static synchronized Variadic variadic() {
        if (variadic == null) {
            throw new IllegalStateException("a driver binds before it calls");
        }
        return variadic;
    }

    static int ioctl(int descriptor, long request, Pointer argument) {
        return variadic().ioctl(descriptor, request, argument);
    }

    static int fcntl(int descriptor, int command, int argument) {
        return variadic().fcntl(descriptor, command, argument);
    }

    /** What a failed call left behind, in the system's words. */
    static String words(int error) {
        return strerror(error) + " (errno " + error + ")";
    }
}
