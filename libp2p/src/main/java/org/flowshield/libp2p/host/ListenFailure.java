package org.flowshield.libp2p.host;

import java.io.IOException;
import java.util.Locale;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/** Why a host can't listen, in words that say what to do. The kernel's own names differ little. */
final class ListenFailure {

    private ListenFailure() {}

    static IOException of(Multiaddr address, Throwable cause) {
        String said = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        String reason;
        if (said.contains("in use")) {
            reason = "another program uses the port; stop it, or choose another port";
        } else if (said.contains("permission denied") || said.contains("not permitted")) {
            reason = "not allowed; ports below 1024 take root or CAP_NET_BIND_SERVICE";
        } else if (said.contains("cannot assign") || said.contains("can't assign")) {
            reason = "this machine does not have that address; listen on one that it has";
        } else {
            reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        }
        return new IOException("cannot listen on " + address + ": " + reason, cause);
    }
}
