package org.flowshield.tun.plan;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A provider's address, which is reached beside the tunnel that runs through it. Immutable.
 *
 * @param endpoint the provider's address
 * @param device the way to it now: on macOS a device's name, on Windows its index
 * @param gateway the next router on that way, null if the provider is on the link itself
 */
public record Detour(InetAddress endpoint, String device, @Nullable InetAddress gateway) {

    public Detour {
        TunnelNetwork.requireDevice(device);
        if (gateway != null && gateway.getClass() != endpoint.getClass()) {
            throw new IllegalArgumentException("address and gateway are of one family");
        }
    }
}
