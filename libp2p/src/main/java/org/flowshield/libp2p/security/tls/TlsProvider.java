package org.flowshield.libp2p.security.tls;

import io.netty.handler.ssl.SslProvider;

/** Whose TLS runs beneath. */
public enum TlsProvider {
    /** BoringSSL by netty-tcnative: fast, on direct buffers. */
    BORINGSSL,
    /**
     * The JDK's own: several times slower, and its certificate parser refuses peers whose
     * certificates have an empty name (rust-libp2p's). For platforms without the native library.
     */
    JDK;

    /** The fastest that runs here. */
    public static TlsProvider best() {
        return SslProvider.isTlsv13Supported(SslProvider.OPENSSL) ? BORINGSSL : JDK;
    }
}
