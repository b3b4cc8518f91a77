package org.flowshield.node.tunnel;

import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.transport.DialOptions;
import org.flowshield.node.tunnel.control.Lane;
import org.flowshield.tun.Offloads;

/**
 * What a client wants of a session. Immutable.
 *
 * @param provider its address; with its id, only that peer is accepted
 * @param lanes bulk lanes, 1 to 4
 * @param datagramLane whether UDP and ICMP get a lane of their own
 * @param takes super-packets that the client's device will take
 * @param control for the control connection's socket
 * @param lane for the lanes' sockets
 */
public record TunnelSettings(
        Multiaddr provider,
        int lanes,
        boolean datagramLane,
        Offloads takes,
        DialOptions control,
        DialOptions lane) {

    public TunnelSettings {
        if (lanes < 1 || lanes > Lane.MAX_BULK) {
            throw new IllegalArgumentException("1 to " + Lane.MAX_BULK + " lanes");
        }
    }
}
