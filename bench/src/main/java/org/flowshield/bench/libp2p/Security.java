package org.flowshield.bench.libp2p;

import java.util.Locale;

/** What protects the connection; above it is yamux in every case. */
enum Security {
    TLS,
    NOISE;

    String argument() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return argument() + "+yamux";
    }
}
