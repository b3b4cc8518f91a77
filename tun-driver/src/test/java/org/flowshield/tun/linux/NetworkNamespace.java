package org.flowshield.tun.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * A network namespace of its own: one thread that left the machine's. What is opened on it
 * (devices, sockets, processes) is in the namespace and may be used from anywhere. It has no name
 * and goes, with every device in it, when the thread and the last descriptor are gone.
 */
final class NetworkNamespace implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x40000000;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

    /** The C library's calls that only tests need. */
    private static final class Calls {
        static {
            Native.register(Calls.class, NativeLibrary.getInstance("c"));
        }

        private Calls() {}

        static native int unshare(int flags);

        static native int capset(Pointer header, Pointer data);
    }

    /** Makes one; without the right to, the test is skipped. */
    static NetworkNamespace create() throws Exception {
        NetworkNamespace namespace = new NetworkNamespace();
        int error =
                namespace.call(() -> Calls.unshare(CLONE_NEWNET) == 0 ? 0 : Native.getLastError());
        if (error != 0) {
            namespace.close();
            throw new TestAbortedException(
                    "needs root to make a network namespace: " + LibC.words(error));
        }
        namespace.run("ip", "link", "set", "lo", "up");
        return namespace;
    }

    <T> T call(Callable<T> task) throws Exception {
        try {
            return thread.submit(task).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Runs a command in the namespace. */
    void run(String... command) throws Exception {
        call(
                () -> {
                    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
                    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
                    if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                        throw new IOException(String.join(" ", command) + ": " + output);
                    }
                    return output;
                });
    }

    /** Takes every right from the thread, for good. */
    void dropRights() throws Exception {
        call(
                () -> {
                    try (Memory header = new Memory(8);
                            Memory none = new Memory(24)) {
                        none.clear();
                        header.setInt(0, CAPABILITY_VERSION_3);
                        header.setInt(4, 0);
                        if (Calls.capset(header, none) != 0) {
                            throw new IOException(LibC.words(Native.getLastError()));
                        }
                    }
                    return null;
                });
    }

    @Override
    public void close() {
        thread.close();
    }
}
