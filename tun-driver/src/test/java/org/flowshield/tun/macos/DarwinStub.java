package org.flowshield.tun.macos;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import java.util.Map;
import org.flowshield.tun.NativeStub;

/** The other side of a device on the stub of Darwin, and what the stub counted. */
final class DarwinStub {

    static final int REFUSE_CONNECT = 0;
    static final int REFUSE_ADDRESS = 1;
    static final int REFUSE_WRITE = 2;
    static final int REFUSE_READ = 3;
    static final int REFUSE_POLL = 4;
    static final int WITHOUT_IPV6 = 5;
    static final int WITHOUT_UTUN = 6;

    static final int MISUSES = 0;
    static final int DESCRIPTORS = 1;
    static final int MTU = 2;
    static final int FLAGS = 3;
    static final int ADDRESSES = 4;
    static final int ADDRESSES6 = 5;
    static final int ADDRESS6_FLAGS = 6;

    private static boolean loaded;

    private DarwinStub() {}

    static native int stub_inject(byte[] packet, int size);

    static native int stub_take(byte[] packet, int room);

    static native void stub_remove();

    static native void stub_set(int what, int value);

    static native long stub_count(int what);

    static native void stub_alias(byte[] bytes);

    static native void stub_alias6(byte[] bytes);

    static native long stub_layout(int what);

    static native void stub_reset();

    /** Binds the driver's calls to the stub's. Without gcc the test is skipped. */
    static synchronized void load() throws Exception {
        if (!loaded) {
            Path library = NativeStub.compile(DarwinStub.class, "darwin_stub.c", "-D_GNU_SOURCE");
            Native.register(DarwinStub.class, NativeLibrary.getInstance(library.toString()));
            FunctionMapper prefixed = (of, method) -> "darwin_" + method.getName();
            Darwin.bind(library.toString(), Map.of(Library.OPTION_FUNCTION_MAPPER, prefixed));
            loaded = true;
        }
        stub_reset();
    }
}
