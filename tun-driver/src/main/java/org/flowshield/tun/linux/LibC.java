package org.flowshield.tun.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;

/**
 * The C library's calls, by direct mapping. Addresses that are passed as {@code long} must belong
 * to memory that stays strongly reachable until the call returns. {@code size_t} is a {@code long}
 * here: 64-bit systems only.
 */
final class LibC {

    static final int O_RDWR = 0x2;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EIO = 5;
    static final int ENXIO = 6;
    static final int EBADF = 9;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EEXIST = 17;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int EBADFD = 77;
    static final int EOPNOTSUPP = 95;
    static final int EAFNOSUPPORT = 97;
    static final int ENETUNREACH = 101;
    static final int ENOBUFS = 105;
    static final int EHOSTUNREACH = 113;

    static final short POLLIN = 0x1;

    static final int EFD_CLOEXEC = O_CLOEXEC;
    static final int EFD_NONBLOCK = O_NONBLOCK;

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = O_CLOEXEC;
    static final int NETLINK_ROUTE = 0;
    static final int MSG_DONTWAIT = 0x40;

    static {
        Native.register(LibC.class, NativeLibrary.getInstance("c"));
    }

    private LibC() {}

    static native int open(String path, int flags);

    static native int close(int descriptor);

    static native long read(int descriptor, long buffer, long length);

    static native long write(int descriptor, long buffer, long length);

    static native long readv(int descriptor, long vectors, int count);

    static native long writev(int descriptor, long vectors, int count);

    static native int poll(long descriptors, long count, int timeoutMillis);

    static native int eventfd(int initial, int flags);

    static native int ioctl(int descriptor, long request, Pointer argument);

    static native int ioctl(int descriptor, long request, long argument);

    static native int socket(int domain, int type, int protocol);

    static native long send(int socket, byte[] message, long length, int flags);

    static native long recv(int socket, byte[] buffer, long length, int flags);

    static native int if_nametoindex(String name);

    static native String strerror(int error);

    /** What a failed call left behind, in the system's words. */
    static String words(int error) {
        return strerror(error) + " (errno " + error + ")";
    }
}
