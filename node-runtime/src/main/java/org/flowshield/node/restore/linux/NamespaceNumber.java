package org.flowshield.node.restore.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What network namespaces are told apart by. The kernel gives each a cookie that no other one ever
 * has; the number of its file in {@code /proc}, by which tools know it, goes to the next namespace
 * that is made once it is gone.
 */
final class NamespaceNumber {

    /** From asm-generic/socket.h; since Linux 5.14. */
    private static final int SOL_SOCKET = 1;

    private static final int SO_NETNS_COOKIE = 71;

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int CLONE_NEWNET = 0x4000_0000;

    /** Files of namespaces are numbered from here on, and no system makes so many namespaces. */
    private static final long FIRST_FILE = 0xF000_0000L;

    static {
        Native.register(NamespaceNumber.class, NativeLibrary.getInstance("c"));
    }

    private NamespaceNumber() {}

    /** Of the namespace that this process is in: its cookie, or its file's number before 5.14. */
    static long own(Path file) throws IOException {
        OptionalLong cookie = cookie();
        return cookie.isPresent() ? cookie.getAsLong() : fileNumber(file);
    }

    /** Of the namespace that a name stands for; the same as in the processes that are in it. */
    static long named(Path name) throws IOException {
        OptionalLong cookie = cookieOf(name);
        return cookie.isPresent() ? cookie.getAsLong() : fileNumber(name);
    }

    /** Whether a record of this number may be about the file of a namespace. */
    static boolean isFileNumber(long number) {
        return number >= FIRST_FILE;
    }

    static long fileNumber(Path file) throws IOException {
        return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
    }

    /** By a thread that goes there and ends: the others stay where they are. */
    private static OptionalLong cookieOf(Path name) throws IOException {
        CompletableFuture<OptionalLong> found = new CompletableFuture<>();
        Thread visitor =
                Thread.ofPlatform()
                        .name("namespace-visitor")
                        .start(
                                () -> {
                                    try {
                                        enter(name);
                                        found.complete(cookie());
                                    } catch (IOException | RuntimeException e) {
                                        found.completeExceptionally(e);
                                    }
                                });
        try {
            OptionalLong cookie = found.join();
            visitor.join();
            return cookie;
        } catch (CompletionException e) {
            throw new IOException("the namespace " + name + " can't be looked at", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return found.join();
        }
    }

    private static void enter(Path name) throws IOException {
        int descriptor = open(name.toString(), O_RDONLY_CLOEXEC);
        if (descriptor < 0) {
            throw failed("can't open " + name);
        }
        try {
            if (setns(descriptor, CLONE_NEWNET) != 0) {
                throw failed("can't enter " + name);
            }
        } finally {
            int _ = close(descriptor);
        }
    }

    /** Of the namespace that this thread is in; empty if the kernel has no cookies. */
    private static OptionalLong cookie() throws IOException {
        int socket = socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
        if (socket < 0) {
            throw failed("can't open a socket");
        }
        try {
            LongByReference value = new LongByReference();
            IntByReference length = new IntByReference(Long.BYTES);
            return getsockopt(socket, SOL_SOCKET, SO_NETNS_COOKIE, value, length) == 0
                    ? OptionalLong.of(value.getValue())
                    : OptionalLong.empty();
        } finally {
            int _ = close(socket);
        }
    }

    private static IOException failed(String what) {
        return new IOException(what + " (error " + Native.getLastError() + ")");
    }

    private static native int open(String path, int flags);

    private static native int close(int descriptor);

    private static native int setns(int descriptor, int kind);

    private static native int socket(int family, int kind, int protocol);

    private static native int getsockopt(
            int socket, int level, int option, LongByReference value, IntByReference length);
}
