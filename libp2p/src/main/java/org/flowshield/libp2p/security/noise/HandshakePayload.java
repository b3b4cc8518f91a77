package org.flowshield.libp2p.security.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.security.noise.MalformedNoiseException.Reason;

/**
 * What the second and third handshake messages carry: who speaks, as verified, and which muxers it
 * offers. Immutable.
 *
 * @param muxers in order of preference; empty if the peer leaves the choice to multistream-select
 */
record HandshakePayload(PublicKey identity, List<String> muxers) {

    /** go-libp2p ignores longer lists, too. */
    private static final int MAX_MUXERS = 100;

    private static final byte[] SIGNED_PREFIX =
            "noise-libp2p-static-key:".getBytes(StandardCharsets.UTF_8);

    HandshakePayload {
        muxers = List.copyOf(muxers);
    }

    /** The host key's signature over our static key. */
    static byte[] sign(PrivateKey host, byte[] staticKey) {
        return host.sign(signed(staticKey));
    }

    static byte[] encode(PublicKey identity, byte[] signature, List<ProtocolId> muxers) {
        var payload =
                NoiseProtos.NoiseHandshakePayload.newBuilder()
                        .setIdentityKey(ByteString.copyFrom(identity.encoded()))
                        .setIdentitySig(ByteString.copyFrom(signature));
        if (!muxers.isEmpty()) {
            muxers.forEach(muxer -> payload.getExtensionsBuilder().addStreamMuxers(muxer.value()));
        }
        return payload.build().toByteArray();
    }

    /**
     * Parses and verifies.
     *
     * @param staticKey the static key that the peer proved to own in this very handshake
     */
    static HandshakePayload parse(byte[] encoded, byte[] staticKey) throws MalformedNoiseException {
        NoiseProtos.NoiseHandshakePayload payload;
        try {
            payload = NoiseProtos.NoiseHandshakePayload.parseFrom(encoded);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedNoiseException(
                    Reason.BAD_PAYLOAD, "no handshake payload: " + e.getMessage());
        }
        PublicKey identity;
        try {
            identity = PublicKey.parse(payload.getIdentityKey().toByteArray());
        } catch (MalformedKeyException e) {
            throw new MalformedNoiseException(
                    Reason.BAD_IDENTITY_KEY, "no identity key: " + e.getMessage());
        }
        if (!identity.verify(signed(staticKey), payload.getIdentitySig().toByteArray())) {
            throw new MalformedNoiseException(
                    Reason.BAD_IDENTITY_SIGNATURE,
                    "the identity key did not sign the static key of this handshake");
        }
        List<String> muxers = payload.getExtensions().getStreamMuxersList();
        return new HandshakePayload(identity, muxers.size() > MAX_MUXERS ? List.of() : muxers);
    }

    /**
     * The first of the initiator's muxers that the responder has, too. Empty leaves the choice to
     * multistream-select: the specification would fail here, go-libp2p does not.
     */
    Optional<ProtocolId> muxer(boolean initiator, List<ProtocolId> ours) {
        if (initiator) {
            return ours.stream().filter(our -> muxers.contains(our.value())).findFirst();
        }
        return muxers.stream()
                .flatMap(their -> ours.stream().filter(our -> our.value().equals(their)))
                .findFirst();
    }

    private static byte[] signed(byte[] staticKey) {
        byte[] signed = new byte[SIGNED_PREFIX.length + staticKey.length];
        System.arraycopy(SIGNED_PREFIX, 0, signed, 0, SIGNED_PREFIX.length);
        System.arraycopy(staticKey, 0, signed, SIGNED_PREFIX.length, staticKey.length);
        return signed;
    }
}
