package org.flowshield.tun.windows;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.flowshield.tun.NativeStub;
import org.jspecify.annotations.Nullable;

/** The other side of a device on the stub of Windows, and what the stub counted. */
final class WindowsStub {

    static final int REFUSE_CREATE = 0;
    static final int REFUSE_SESSION = 1;
    static final int DRIVER_VERSION = 2;
    static final int REFUSE_ADDRESS = 3;
    static final int SETTINGS_AFTER = 4;
    static final int WITHOUT_IPV6 = 5;

    static final int MISUSES = 0;
    static final int TAKEN = 1;
    static final int RELEASED = 2;
    static final int ADAPTERS = 3;
    static final int SESSIONS = 4;
    static final int EVENTS = 5;
    static final int INTERFACES_SET = 6;
    static final int ADDRESSES_SET = 7;
    static final int CAPACITY = 8;
    static final int LUID = 9;
    static final int READER_WAITS = 10;

    static final int REMOVED = 1;
    static final int DAMAGED = 2;

    /** What a size of zero is called. */
    static final int SIZE_ZERO = 0xFFFFFFF0;

    private static @Nullable Path library;

    private WindowsStub() {}

    static native int stub_inject(byte[] packet, int size);

    static native int stub_take(byte[] packet, int room);

    static native void stub_lie_about_size(int size);

    static native void stub_break(int how);

    static native void stub_break_wait();

    static native void stub_log(int level, long message);

    static native void stub_set(int what, int value);

    static native long stub_count(int what);

    static native long stub_interface(int n, int[] fields);

    static native long stub_address(int n, int[] fields, byte[] address);

    static native int stub_layout(int what);

    static native void stub_reset();

    /** The library, with the driver's calls bound to it. Without gcc the test is skipped. */
    static synchronized Path load() throws Exception {
        if (library == null) {
            Path compiled = NativeStub.compile(WindowsStub.class, "wintun_stub.c");
            NativeLibrary stub = NativeLibrary.getInstance(compiled.toString());
            Native.register(WindowsStub.class, stub);
            WindowsCalls.bind(stub, stub);
            Wintun.load(compiled);
            library = compiled;
        }
        stub_reset();
        return library;
    }

    /** UTF-16 with a closing zero. */
    static void log(int level, String message) {
        byte[] bytes = (message + '\0').getBytes(UTF_16LE);
        try (Memory memory = new Memory(bytes.length)) {
            memory.write(0, bytes, 0, bytes.length);
            stub_log(level, Pointer.nativeValue(memory));
        }
    }
}
