package org.flowshield.tun.windows;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.util.Map;

/**
 * The calls of Windows itself, by direct mapping: events (kernel32) and the addresses and settings
 * of devices (iphlpapi). Handles and pointers are {@code long}: 64-bit systems only. Calls of
 * kernel32 leave their error to {@link Native#getLastError}; those of iphlpapi return it.
 */
final class WindowsCalls {

    static final int INFINITE = -1;
    static final int WAIT_OBJECT_0 = 0;
    static final int WAIT_FAILED = -1;

    static final int ERROR_FILE_NOT_FOUND = 2;
    static final int ERROR_ACCESS_DENIED = 5;
    static final int ERROR_INVALID_DATA = 13;
    static final int ERROR_HANDLE_EOF = 38;
    static final int ERROR_NOT_SUPPORTED = 50;
    static final int ERROR_INVALID_PARAMETER = 87;
    static final int ERROR_BUFFER_OVERFLOW = 111;
    static final int ERROR_ALREADY_EXISTS = 183;
    static final int ERROR_NO_MORE_ITEMS = 259;
    static final int ERROR_INVALID_IMAGE_HASH = 577;
    static final int ERROR_NOT_FOUND = 1168;
    static final int ERROR_DRIVER_BLOCKED = 1275;
    static final int ERROR_OBJECT_ALREADY_EXISTS = 5010;

    private static boolean bound;

    /** Events. */
    static final class Kernel32 {
        private Kernel32() {}

        static native long CreateEventW(long security, int manualReset, int initial, long name);

        static native int SetEvent(long event);

        static native int CloseHandle(long handle);

        static native int WaitForMultipleObjects(int count, long handles, int all, int millis);
    }

    /** Devices. Each takes the address of one row. */
    static final class IpHelper {
        private IpHelper() {}

        static native void InitializeIpInterfaceEntry(long row);

        static native int GetIpInterfaceEntry(long row);

        static native int SetIpInterfaceEntry(long row);

        static native void InitializeUnicastIpAddressEntry(long row);

        static native int CreateUnicastIpAddressEntry(long row);
    }

    private WindowsCalls() {}

    /** Binds to the system's own libraries, once. */
    static synchronized void bind() {
        if (!bound) {
            bind(system("kernel32"), system("iphlpapi"));
        }
    }

    /** Binds to these libraries. */
    static synchronized void bind(NativeLibrary kernel, NativeLibrary ipHelper) {
        Native.register(Kernel32.class, kernel);
        Native.register(IpHelper.class, ipHelper);
        bound = true;
    }

    private static NativeLibrary system(String name) {
        if (!Platform.isWindows()) {
            throw new IllegalStateException(name + " is a library of Windows");
        }
        return NativeLibrary.getInstance(
                name, Map.of(Library.OPTION_OPEN_FLAGS, Wintun.LOAD_LIBRARY_SEARCH_SYSTEM32));
    }

    /** An error in words. */
    static String words(int error) {
        String meaning =
                switch (error) {
                    case ERROR_FILE_NOT_FOUND -> "something that it needs is missing";
                    case ERROR_ACCESS_DENIED -> "access is denied";
                    case ERROR_INVALID_DATA -> "the ring is damaged";
                    case ERROR_HANDLE_EOF -> "the adapter is going away";
                    case ERROR_NOT_SUPPORTED -> "not supported here";
                    case ERROR_INVALID_PARAMETER -> "a value that it does not take";
                    case ERROR_ALREADY_EXISTS, ERROR_OBJECT_ALREADY_EXISTS -> "it exists already";
                    case ERROR_INVALID_IMAGE_HASH -> "the driver's signature is not accepted";
                    case ERROR_NOT_FOUND -> "there is no such thing";
                    case ERROR_DRIVER_BLOCKED -> "the driver is blocked on this machine";
                    default -> "`net helpmsg " + error + "` explains it";
                };
        return "error " + error + ": " + meaning;
    }
}
