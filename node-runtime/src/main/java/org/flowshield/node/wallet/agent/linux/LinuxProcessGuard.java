package org.flowshield.node.wallet.agent.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Structure;
import java.io.IOException;
import java.util.List;
import org.flowshield.node.wallet.agent.ProcessGuard;

/**
 * By prctl, setrlimit and setsid. What is not prevented: root reads all memory, and pages may be
 * swapped out.
 */
public final class LinuxProcessGuard implements ProcessGuard {

    /** From linux/prctl.h. */
    private static final int PR_SET_DUMPABLE = 4;

    /** From asm-generic/resource.h. */
    private static final int RLIMIT_CORE = 4;

    private static final int EPERM = 1;

    static {
        Native.register("c");
    }

    @Override
    public void protect() throws IOException {
        // Not dumpable: no core image, no ptrace, no /proc/PID/mem for others of the same user.
        NativeLong zero = new NativeLong(0);
        if (prctl(PR_SET_DUMPABLE, zero, zero, zero, zero) != 0) {
            throw failed("the process's memory can't be kept from others");
        }
        if (setrlimit(RLIMIT_CORE, new Limit()) != 0) {
            throw failed("core images can't be switched off");
        }
        // A session of its own: closing the terminal does not end it. Its leader has one already.
        if (setsid() < 0 && Native.getLastError() != EPERM) {
            throw failed("the process can't leave its terminal's session");
        }
    }

    private static IOException failed(String what) {
        return new IOException(what + " (error " + Native.getLastError() + ")");
    }

    private static native int prctl(
            int option, NativeLong two, NativeLong three, NativeLong four, NativeLong five);

    private static native int setrlimit(int resource, Limit limit);

    private static native int setsid();

    /** struct rlimit: both 0. */
    public static final class Limit extends Structure {
        public NativeLong current = new NativeLong(0);
        public NativeLong most = new NativeLong(0);

        @Override
        protected List<String> getFieldOrder() {
            return List.of("current", "most");
        }
    }
}
