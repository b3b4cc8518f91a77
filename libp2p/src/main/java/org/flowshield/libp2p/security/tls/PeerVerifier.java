package org.flowshield.libp2p.security.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.WrongPeerException;
import org.flowshield.libp2p.security.tls.MalformedCertificateException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Trusts a certificate if it is libp2p's and of the peer that this handshake expects; asks no
 * authority and looks at no name. Holds one {@link Check} for each handshake under way. Safe for
 * use by any thread.
 */
final class PeerVerifier extends X509ExtendedTrustManager {

    private final Map<SSLEngine, Check> checks = new ConcurrentHashMap<>();
    private final InstantSource clock;

    PeerVerifier(InstantSource clock) {
        this.clock = clock;
    }

    /** Expects a handshake; {@link Check#close} when it is over. */
    Check expect(SSLEngine engine, @Nullable PeerId expected) {
        Check check = new Check(engine, expected);
        checks.put(engine, check);
        return check;
    }

    /** What one handshake found out about its peer. */
    final class Check implements AutoCloseable {

        private final SSLEngine engine;
        private final @Nullable PeerId expected;
        private volatile @Nullable PublicKey key;
        private volatile @Nullable IOException refusal;

        private Check(SSLEngine engine, @Nullable PeerId expected) {
            this.engine = engine;
            this.expected = expected;
        }

        /** The host key of the peer, null unless its certificate was accepted. */
        @Nullable PublicKey key() {
            return key;
        }

        /** Why the peer was refused, null if it was not, or not by us. */
        @Nullable IOException refusal() {
            return refusal;
        }

        private void certificate(X509Certificate[] chain) throws CertificateException {
            try {
                PublicKey shown = hostKey(chain);
                PeerId actual = PeerId.of(shown);
                if (expected != null && !expected.equals(actual)) {
                    var wrong = new WrongPeerException(expected, actual);
                    refusal = wrong;
                    throw new CertificateException(wrong);
                }
                key = shown;
            } catch (MalformedCertificateException e) {
                var failure =
                        new SSLHandshakeException("the peer's certificate: " + e.getMessage());
                failure.initCause(e);
                refusal = failure;
                throw e;
            }
        }

        private PublicKey hostKey(X509Certificate[] chain) throws CertificateException {
            if (chain.length != 1) {
                throw new MalformedCertificateException(
                        Reason.NOT_ONE_CERTIFICATE, chain.length + " certificates instead of one");
            }
            return PeerCertificate.parse(chain[0].getEncoded(), clock.instant()).hostKey();
        }

        @Override
        public void close() {
            checks.remove(engine);
        }
    }

    private void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
        Check check = checks.get(engine);
        if (check == null) {
            throw new CertificateException("no handshake expects this certificate");
        }
        check.certificate(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw withoutEngine();
    }

    /** Without its engine nobody knows which peer a handshake expects. */
    private static CertificateException withoutEngine() {
        return new CertificateException("only engines are served");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
