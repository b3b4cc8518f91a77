package org.flowshield.node.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tunnel of a connected client. Immutable.
 *
 * @param ipv4 inner address, if the provider gave one
 * @param ipv6 inner address, if the provider gave one
 * @param dns who is asked for names, through the tunnel: the provider's servers, or those that were
 *     chosen and to which it leads; empty if nobody is
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

    /** The same with others who answer names. */
    public TunnelStatus withDns(List<String> others) {
        return new TunnelStatus(device, ipv4, ipv6, others, mtu, lanes, datagramLane);
    }
}
