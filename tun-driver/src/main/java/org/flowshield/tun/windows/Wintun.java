package org.flowshield.tun.windows;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * wintun.dll's calls (wintun.h of version 0.14) by direct mapping. Handles and pointers are {@code
 * long}: 64-bit systems only, where Windows has one calling convention. Why a call failed says
 * {@link Native#getLastError}.
 *
 * <p>The DLL is loaded once in a process, from the file that is named and from nowhere else.
 */
final class Wintun {

    /** The driver writes its own messages here. Called by any of its threads. */
    @FunctionalInterface
    interface Logger extends Callback {

        /**
         * Takes one message.
         *
         * @param level 0 information, 1 warning, 2 error
         * @param timestamp in 100 ns since 1601
         * @param message address of UTF-16 text that ends with a zero
         */
        void invoke(int level, long timestamp, long message);
    }

    /** The DLL can't be used; the message says why. */
    static final class NotLoadedException extends Exception {
        NotLoadedException(String message) {
            super(message);
        }
    }

    static final int MIN_RING_CAPACITY = 0x20000;
    static final int MAX_RING_CAPACITY = 0x4000000;
    static final int MAX_PACKET = 0xFFFF;

    /**
     * LoadLibraryEx: what the DLL itself needs comes from the system's own folder. The DLL is given
     * by its whole path, for which nothing is searched.
     */
    static final int LOAD_LIBRARY_SEARCH_SYSTEM32 = 0x800;

    private static @Nullable Path loaded;

    private Wintun() {}

    static native long WintunCreateAdapter(long name, long tunnelType, long guid);

    static native long WintunOpenAdapter(long name);

    static native void WintunCloseAdapter(long adapter);

    static native void WintunGetAdapterLUID(long adapter, long luid);

    static native int WintunGetRunningDriverVersion();

    static native void WintunSetLogger(Logger logger);

    static native long WintunStartSession(long adapter, int capacity);

    static native void WintunEndSession(long session);

    static native long WintunGetReadWaitEvent(long session);

    static native long WintunReceivePacket(long session, long size);

    static native void WintunReleaseReceivePacket(long session, long packet);

    static native long WintunAllocateSendPacket(long session, int size);

    static native void WintunSendPacket(long session, long packet);

    /**
     * Loads the DLL, unless it was loaded already.
     *
     * @throws NotLoadedException if it can't be used; nothing of it was called then
     */
    static synchronized void load(Path dll) throws NotLoadedException {
        if (dll.equals(loaded)) {
            return;
        }
        if (loaded != null) {
            throw new NotLoadedException(
                    "this process uses the one at " + loaded + " already, not that at " + dll);
        }
        requireFile(dll);
        NativeLibrary library = open(dll);
        Native.register(Wintun.class, library);
        loaded = dll;
    }

    /** Checks that the path means one file and nothing else. */
    static void requireFile(Path dll) throws NotLoadedException {
        if (!dll.isAbsolute() || !dll.equals(dll.normalize())) {
            throw new NotLoadedException(
                    "'"
                            + dll
                            + "' is not an absolute path without detours, and the DLL is never"
                            + " searched for");
        }
        if (!Files.isRegularFile(dll, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotLoadedException("there is no file " + dll);
        }
    }

    /** Loads a DLL that has all the calls. */
    static NativeLibrary open(Path dll) throws NotLoadedException {
        NativeLibrary library = load(dll, options());
        requireCalls(library, dll);
        return library;
    }

    private static Map<String, Object> options() {
        return Platform.isWindows()
                ? Map.of(Library.OPTION_OPEN_FLAGS, LOAD_LIBRARY_SEARCH_SYSTEM32)
                : Map.of();
    }

    private static NativeLibrary load(Path dll, Map<String, Object> options)
            throws NotLoadedException {
        try {
            return NativeLibrary.getInstance(dll.toString(), options);
        } catch (UnsatisfiedLinkError e) {
            NotLoadedException failed =
                    new NotLoadedException(
                            dll + " does not load; is it for another processor? " + e.getMessage());
            failed.initCause(e);
            throw failed;
        }
    }

    /** Other versions have other calls, some with the same name and other parameters. */
    private static void requireCalls(NativeLibrary library, Path dll) throws NotLoadedException {
        List<String> missing = new ArrayList<>();
        for (Method method : Wintun.class.getDeclaredMethods()) {
            if (Modifier.isNative(method.getModifiers()) && !has(library, method.getName())) {
                missing.add(method.getName());
            }
        }
        if (!missing.isEmpty()) {
            missing.sort(null);
            library.close();
            throw new NotLoadedException(
                    dll + " is another version: it lacks " + String.join(", ", missing));
        }
    }

    private static boolean has(NativeLibrary library, String name) {
        try {
            library.getFunction(name);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }
}
