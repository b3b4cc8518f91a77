package org.flowshield.libp2p.security.tls;

import io.netty.buffer.ByteBufAllocator;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** The JDK's engines. Safe for use by any thread. */
final class JdkEngines implements TlsEngines {

    private final SSLContext context;

    JdkEngines(OwnCertificate certificate, PeerVerifier verifier, SecureRandom random) {
        try {
            context = SSLContext.getInstance(VERSION);
            context.init(
                    new KeyManager[] {new OwnKey(certificate)},
                    new TrustManager[] {verifier},
                    random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS 1.3", e);
        }
    }

    /** Without a host and port the JDK resumes no session. */
    @Override
    public SSLEngine create(boolean initiator, List<String> protocols, ByteBufAllocator allocator) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(initiator);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {VERSION});
        parameters.setCipherSuites(CIPHERS.toArray(String[]::new));
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        parameters.setNeedClientAuth(!initiator);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Always shows the one certificate there is. */
    private static final class OwnKey extends X509ExtendedKeyManager {

        private static final String ALIAS = "libp2p";
        private static final String KEY_TYPE = "EC";

        private final OwnCertificate certificate;

        OwnKey(OwnCertificate certificate) {
            this.certificate = certificate;
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return List.of(types).contains(KEY_TYPE) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return type.equals(KEY_TYPE) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return chooseEngineClientAlias(types, issuers, null);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return chooseEngineServerAlias(type, issuers, null);
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return certificate.key();
        }
    }
}
