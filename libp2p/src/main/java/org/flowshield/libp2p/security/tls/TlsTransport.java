package org.flowshield.libp2p.security.tls;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.Secured;
import org.jspecify.annotations.Nullable;

/**
 * The {@code /tls/1.0.0} security protocol: TLS 1.3 with certificates on both sides, no tickets and
 * no early data. Safe for use by any thread.
 *
 * <p>The certificate and its key are made when this is built and never leave memory. The host key
 * signs them once; it is not needed any more after that.
 */
public final class TlsTransport implements SecureTransport {

    public static final ProtocolId ID = new ProtocolId("/tls/1.0.0");

    /** Agreed on by ALPN where no muxer is; always our last offer. */
    private static final String LIBP2P = "libp2p";

    /**
     * How much plaintext is sealed into one buffer: several records in one write cost fewer system
     * calls and allocations than one each.
     */
    private static final int SEALED_AT_ONCE = 8 * TlsRecordCipher.MAX_PLAINTEXT;

    private final PeerVerifier verifier;
    private final TlsEngines engines;

    public TlsTransport(PrivateKey host, SecureRandom random, InstantSource clock) {
        this(host, random, clock, TlsProvider.best());
    }

    public TlsTransport(
            PrivateKey host, SecureRandom random, InstantSource clock, TlsProvider provider) {
        this(OwnCertificate.create(host, random, clock.instant()), random, clock, provider);
    }

    /** For tests that show another certificate. */
    TlsTransport(
            OwnCertificate certificate,
            SecureRandom random,
            InstantSource clock,
            TlsProvider provider) {
        this.verifier = new PeerVerifier(clock);
        this.engines =
                switch (provider) {
                    case BORINGSSL -> new BoringSslEngines(certificate, verifier);
                    case JDK -> new JdkEngines(certificate, verifier, random);
                };
    }

    @Override
    public ProtocolId id() {
        return ID;
    }

    @Override
    public Future<Secured> secure(
            Channel channel,
            boolean initiator,
            @Nullable PeerId expected,
            List<ProtocolId> muxers) {
        Promise<Secured> outcome = channel.eventLoop().newPromise();
        if (!channel.isActive()) {
            return outcome.setFailure(new EOFException("the connection closed before TLS began"));
        }
        SSLEngine engine = engines.create(initiator, alpn(muxers), channel.alloc());
        PeerVerifier.Check check = verifier.expect(engine, expected);
        var records = new TlsRecordLayer(engine, outcome::tryFailure);
        records.setHandshakeTimeoutMillis(0);
        records.setWrapDataSize(SEALED_AT_ONCE);
        records.handshakeFuture()
                .addListener(
                        done -> {
                            check.close();
                            try {
                                outcome.trySuccess(secured(done, check, engine, muxers, records));
                            } catch (IOException e) {
                                outcome.tryFailure(e);
                                channel.close();
                            }
                        });
        channel.pipeline().addLast(records);
        return outcome;
    }

    private static List<String> alpn(List<ProtocolId> muxers) {
        return Stream.concat(muxers.stream().map(ProtocolId::value), Stream.of(LIBP2P)).toList();
    }

    private static Secured secured(
            Future<?> done,
            PeerVerifier.Check check,
            SSLEngine engine,
            List<ProtocolId> muxers,
            TlsRecordLayer records)
            throws IOException {
        IOException refusal = check.refusal();
        if (refusal != null) {
            throw refusal;
        }
        if (!done.isSuccess()) {
            throw failure(done.cause());
        }
        PublicKey key = check.key();
        if (key == null || !engine.getSession().getProtocol().equals(TlsEngines.VERSION)) {
            throw new SSLHandshakeException("the peer proved no identity");
        }
        return new Secured(PeerId.of(key), key, muxer(engine, muxers), records);
    }

    private static IOException failure(@Nullable Throwable cause) {
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    private static Optional<ProtocolId> muxer(SSLEngine engine, List<ProtocolId> muxers) {
        String agreed = engine.getApplicationProtocol();
        return muxers.stream().filter(muxer -> muxer.value().equals(agreed)).findFirst();
    }
}
