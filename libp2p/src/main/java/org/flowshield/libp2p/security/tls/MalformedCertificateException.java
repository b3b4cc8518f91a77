package org.flowshield.libp2p.security.tls;

import java.security.cert.CertificateException;

/** What the peer showed is no acceptable certificate of libp2p. */
public final class MalformedCertificateException extends CertificateException {

    /** What is wrong. */
    public enum Reason {
        /** None or several certificates instead of one. */
        NOT_ONE_CERTIFICATE,
        TOO_LONG,
        /** Not the DER of an X.509 certificate, version 3. */
        BAD_ENCODING,
        NOT_YET_VALID,
        EXPIRED,
        /** Signed in a way that we do not verify, or with a key that is none. */
        UNKNOWN_ALGORITHM,
        /** The certificate's own key did not sign it. */
        BAD_SELF_SIGNATURE,
        /** A critical extension that we do not know. */
        UNKNOWN_CRITICAL_EXTENSION,
        /** The libp2p extension is missing. */
        NO_HOST_KEY,
        /** The libp2p extension holds no host key, or is there twice. */
        BAD_HOST_KEY,
        /** The host key did not sign the certificate's key. */
        BAD_HOST_SIGNATURE
    }

    private final Reason reason;

    MalformedCertificateException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
