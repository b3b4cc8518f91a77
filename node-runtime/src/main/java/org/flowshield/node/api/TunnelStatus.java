package org.flowshield.node.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tunnel of a connected client. Immutable.
 *
 * @param ipv4 inner address, if the provider gave one
 * @param ipv6 inner address, if the provider gave one
 * @param dns who answers names inside of the tunnel
 * @param mtu of the device, in bytes
 * @param lanes bulk lanes
 * @param datagramLane whether UDP and ICMP have a lane of their own
 */
public record TunnelStatus(
        String device,
        @Nullable String ipv4,
        @Nullable String ipv6,
        List<String> dns,
        int mtu,
        int lanes,
        boolean datagramLane) {

    public TunnelStatus {
        dns = List.copyOf(dns);
    }
}
