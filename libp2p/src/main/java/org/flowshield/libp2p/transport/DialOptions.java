package org.flowshield.libp2p.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of one TCP socket beyond the default. Immutable.
 *
 * @param local the address to dial from, or null for the system's choice
 * @param mark the firewall mark (Linux SO_MARK), by which routes tell the tunnel's own sockets from
 *     the traffic inside it; 0 for none. Where it cannot be set, dialling fails: an unmarked socket
 *     would loop through the tunnel
 * @param congestion the congestion control (Linux TCP_CONGESTION), for instance {@code bbr}; used
 *     where the kernel has it; null for the system's choice
 * @param notSentLowat bytes that may wait unsent in the kernel (TCP_NOTSENT_LOWAT), so that queues
 *     stay in our hands; 0 for the system's choice
 */
public record DialOptions(
        @Nullable InetSocketAddress local,
        int mark,
        @Nullable String congestion,
        int notSentLowat) {

    /** Nothing special. */
    public static final DialOptions DEFAULT = new DialOptions(null, 0, null, 0);

    /** The longest name that the kernel takes (TCP_CA_NAME_MAX), without its final zero. */
    private static final int MAX_CONGESTION_NAME = 15;

    public DialOptions {
        if (congestion != null
                && (congestion.isEmpty() || congestion.length() > MAX_CONGESTION_NAME)) {
            throw new IllegalArgumentException("no congestion control: " + congestion);
        }
        if (notSentLowat < 0) {
            throw new IllegalArgumentException("notSentLowat is negative");
        }
    }

    public DialOptions withLocal(InetSocketAddress address) {
        return new DialOptions(address, mark, congestion, notSentLowat);
    }

    public DialOptions withMark(int firewallMark) {
        return new DialOptions(local, firewallMark, congestion, notSentLowat);
    }

    public DialOptions withCongestion(String name) {
        return new DialOptions(local, mark, name, notSentLowat);
    }

    public DialOptions withNotSentLowat(int bytes) {
        return new DialOptions(local, mark, congestion, bytes);
    }
}
