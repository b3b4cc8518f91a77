package org.flowshield.libp2p.security.noise;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.security.SecureTransport;
import org.flowshield.libp2p.security.Secured;
import org.jspecify.annotations.Nullable;

/**
 * The {@code /noise} security protocol. Safe for use by any thread.
 *
 * <p>Its static key is made when it is built and never leaves memory. The host key signs it once;
 * it is not needed any more after that.
 */
public final class NoiseTransport implements SecureTransport {

    public static final ProtocolId ID = new ProtocolId("/noise");

    private final PublicKey identity;
    private final DhKey staticKey;
    private final byte[] signature;
    private final Supplier<DhKey> ephemerals;

    public NoiseTransport(PrivateKey host, SecureRandom random) {
        this(host, DhKey.generate(random), () -> DhKey.generate(random));
    }

    /** For tests with fixed keys. */
    NoiseTransport(PrivateKey host, DhKey staticKey, Supplier<DhKey> ephemerals) {
        this.identity = host.publicKey();
        this.staticKey = staticKey;
        this.signature = HandshakePayload.sign(host, staticKey.publicBytes());
        this.ephemerals = ephemerals;
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
        var handshake = new XxHandshake(initiator, staticKey, ephemerals.get());
        byte[] payload = HandshakePayload.encode(identity, signature, muxers);
        channel.pipeline()
                .addLast(
                        new NoiseHandshakeHandler(
                                handshake, initiator, payload, expected, muxers, outcome));
        return outcome;
    }
}
