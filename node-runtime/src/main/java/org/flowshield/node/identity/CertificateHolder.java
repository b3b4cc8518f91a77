package org.flowshield.node.identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of this node, made anew in time: whoever asks gets one that is valid for hours.
 * Safe for use by any thread.
 */
public final class CertificateHolder implements Supplier<IdentityCertificate> {

    /** A third of its life is left when it is replaced. */
    private static final Duration RENEWED_BEFORE = IdentityCertificate.LIFETIME.dividedBy(3);

    private final PrivateKey key;
    private final EvmAddress wallet;
    private final ChainId chain;
    private final SecureRandom random;
    private final InstantSource time;

    /** Guarded by this. */
    private @Nullable IdentityCertificate current;

    /**
     * @param key stays the caller's
     */
    public CertificateHolder(
            PrivateKey key,
            EvmAddress wallet,
            ChainId chain,
            SecureRandom random,
            InstantSource time) {
        this.key = key;
        this.wallet = wallet;
        this.chain = chain;
        this.random = random;
        this.time = time;
    }

    @Override
    public synchronized IdentityCertificate get() {
        Instant now = time.instant();
        if (current == null || !isFresh(current, now)) {
            current = IdentityCertificate.issue(key, wallet, chain, random, now);
        }
        return current;
    }

    /** A clock that was set back makes one that is not valid yet: it is replaced as well. */
    private static boolean isFresh(IdentityCertificate certificate, Instant now) {
        Duration left = Duration.between(now, certificate.notAfter());
        return left.compareTo(RENEWED_BEFORE) > 0
                && left.compareTo(IdentityCertificate.LIFETIME) <= 0;
    }
}
