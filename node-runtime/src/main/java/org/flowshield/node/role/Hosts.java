package org.flowshield.node.role;

import java.security.SecureRandom;
import java.time.Clock;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.host.HostBuilder;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.flowshield.libp2p.security.tls.TlsTransport;

/** Builds the libp2p hosts of nodes. */
public final class Hosts {

    private Hosts() {}

    /** TLS first: it is the faster one. */
    public static HostBuilder builder(PrivateKey key, SecureRandom random) {
        return new HostBuilder(key)
                .security(
                        new TlsTransport(key, random, Clock.systemUTC()),
                        new NoiseTransport(key, random));
    }
}
