package org.flowshield.libp2p.security.tls;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** Makes the engines of one {@link TlsTransport}. Safe for use by any thread. */
interface TlsEngines {

    /** TLS_AES_128_GCM_SHA256 is the fastest on every CPU with AES instructions. */
    List<String> CIPHERS =
            List.of(
                    "TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256");

    String VERSION = "TLSv1.3";

    /**
     * A new engine for TLS 1.3 that demands a certificate of the peer.
     *
     * @param protocols what we offer or accept by ALPN, the preferred first
     */
    SSLEngine create(boolean initiator, List<String> protocols, ByteBufAllocator allocator);
}
