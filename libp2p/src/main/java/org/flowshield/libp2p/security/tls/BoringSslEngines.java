package org.flowshield.libp2p.security.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.SSL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** BoringSSL's engines. Safe for use by any thread. */
final class BoringSslEngines implements TlsEngines {

    private record Offer(boolean initiator, List<String> protocols) {}

    private final OwnCertificate certificate;
    private final PeerVerifier verifier;

    /** ALPN belongs to the context; a host makes one or two different offers in its life. */
    private final Map<Offer, SslContext> contexts = new ConcurrentHashMap<>();

    BoringSslEngines(OwnCertificate certificate, PeerVerifier verifier) {
        this.certificate = certificate;
        this.verifier = verifier;
    }

    /**
     * An engine as Netty's own handlers use it: it takes and gives several records in one call,
     * which one made by {@code newEngine} does not.
     */
    @Override
    public SSLEngine create(boolean initiator, List<String> protocols, ByteBufAllocator allocator) {
        SslContext context =
                contexts.computeIfAbsent(new Offer(initiator, protocols), this::context);
        var engine = (ReferenceCountedOpenSslEngine) context.newHandler(allocator).engine();
        SSL.setOptions(engine.sslPointer(), SSL.SSL_OP_NO_TICKET);
        return engine;
    }

    private SslContext context(Offer offer) {
        SslContextBuilder builder =
                offer.initiator()
                        ? SslContextBuilder.forClient()
                                .keyManager(certificate.key(), certificate.certificate())
                                .endpointIdentificationAlgorithm(null)
                        : SslContextBuilder.forServer(certificate.key(), certificate.certificate())
                                .clientAuth(ClientAuth.REQUIRE);
        try {
            SslContext context =
                    builder.sslProvider(SslProvider.OPENSSL)
                            .protocols(VERSION)
                            .ciphers(CIPHERS)
                            .trustManager(verifier)
                            .applicationProtocolConfig(alpn(offer.protocols()))
                            .build();
            ((OpenSslSessionContext) context.sessionContext()).setSessionCacheEnabled(false);
            return context;
        } catch (SSLException e) {
            throw new IllegalStateException("BoringSSL refuses its own configuration", e);
        }
    }

    /** The only behaviours that BoringSSL offers: what nobody has in common is not agreed on. */
    private static ApplicationProtocolConfig alpn(List<String> protocols) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                protocols);
    }
}
