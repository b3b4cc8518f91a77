package org.flowshield.node.cli.p2p;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.noise.NoiseTransport;
import org.flowshield.libp2p.security.tls.TlsTransport;

/** A security protocol that can be asked for. */
enum Security {
    TLS,
    NOISE;

    /** TLS is the faster one. */
    static final List<Security> PREFERENCE = List.of(TLS, NOISE);

    SecureTransport transport(PrivateKey key, SecureRandom random) {
        return switch (this) {
            case TLS -> new TlsTransport(key, random, Clock.systemUTC());
            case NOISE -> new NoiseTransport(key, random);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
