package org.flowshield.node.client;

import org.flowshield.tun.Tun;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.TunUnavailableException;

/** Makes the tunnel's device. */
@FunctionalInterface
public interface Devices {

    Tun open(TunSettings settings) throws TunUnavailableException;
}
