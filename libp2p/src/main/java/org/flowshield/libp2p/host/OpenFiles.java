package org.flowshield.libp2p.host;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.flowshield.libp2p.resource.Limit;
import org.flowshield.libp2p.resource.Limits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fits a host's limits to the files that its process may open. */
final class OpenFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    private OpenFiles() {}

    /**
     * The limits with no more sockets than three quarters of the files that can still be opened.
     */
    static Limits fit(Limits limits) {
        return fit(limits, left());
    }

    static Limits fit(Limits limits, long left) {
        long most = Math.max(1, left / 4 * 3);
        long wanted = limits.of(Limit.SOCKETS);
        if (wanted <= most) {
            return limits;
        }
        LOG.warn(
                "this process may open {} more files: the limit sockets is lowered from {} to {}."
                        + " Raise the limit of open files (ulimit -n, LimitNOFILE=) to serve more",
                left,
                wanted,
                most);
        return limits.with(Limit.SOCKETS, most);
    }

    private static long left() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                && unix.getMaxFileDescriptorCount() > 0) {
            return unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount();
        }
        return Long.MAX_VALUE;
    }
}
