package org.flowshield.libp2p.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.flowshield.libp2p.crypto.KeyProtos;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multiformats.Uvarint;
import org.flowshield.libp2p.record.MalformedRecordException.Reason;

/**
 * A payload with the signature of the peer that made it (libp2p RFC 0002). Immutable; an envelope
 * that exists has a valid signature for its type.
 */
public final class SignedEnvelope {

    /** An identify message, the largest thing that carries an envelope, has at most 8 KiB. */
    public static final int MAX_LENGTH = 8 * 1024;

    private final PublicKey signer;
    private final RecordType type;
    private final byte[] payload;
    private final byte[] encoded;

    private SignedEnvelope(PublicKey signer, RecordType type, byte[] payload, byte[] encoded) {
        this.signer = signer;
        this.type = type;
        this.payload = payload;
        this.encoded = encoded;
    }

    /** Signs a payload. */
    public static SignedEnvelope seal(PrivateKey key, RecordType type, byte[] payload) {
        byte[] signature = key.sign(signedBytes(type, payload));
        byte[] encoded =
                RecordProtos.Envelope.newBuilder()
                        .setPublicKey(protobuf(key.publicKey()))
                        .setPayloadType(ByteString.copyFrom(type.code()))
                        .setPayload(ByteString.copyFrom(payload))
                        .setSignature(ByteString.copyFrom(signature))
                        .build()
                        .toByteArray();
        if (encoded.length > MAX_LENGTH) {
            throw new IllegalArgumentException("an envelope has at most " + MAX_LENGTH + " bytes");
        }
        return new SignedEnvelope(key.publicKey(), type, payload.clone(), encoded);
    }

    /** Parses an envelope and verifies that it was signed as this type; the payload comes after. */
    public static SignedEnvelope open(byte[] encoded, RecordType type)
            throws MalformedRecordException {
        if (encoded.length > MAX_LENGTH) {
            throw new MalformedRecordException(
                    Reason.TOO_LONG,
                    "envelope of " + encoded.length + " bytes, at most " + MAX_LENGTH);
        }
        RecordProtos.Envelope envelope = protobuf(encoded);
        if (!Arrays.equals(envelope.getPayloadType().toByteArray(), type.code())) {
            throw new MalformedRecordException(Reason.WRONG_TYPE, "the envelope holds no " + type);
        }
        PublicKey signer = key(envelope.getPublicKey());
        byte[] payload = envelope.getPayload().toByteArray();
        if (!signer.verify(signedBytes(type, payload), envelope.getSignature().toByteArray())) {
            throw new MalformedRecordException(
                    Reason.BAD_SIGNATURE, "the envelope's signature is not that of its key");
        }
        return new SignedEnvelope(signer, type, payload, encoded.clone());
    }

    private static RecordProtos.Envelope protobuf(byte[] encoded) throws MalformedRecordException {
        try {
            return RecordProtos.Envelope.parseFrom(encoded);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRecordException(
                    Reason.BAD_ENCODING, "no envelope: " + e.getMessage());
        }
    }

    private static KeyProtos.PublicKey protobuf(PublicKey key) {
        try {
            return KeyProtos.PublicKey.parseFrom(key.encoded());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a key's encoding is that protobuf", e);
        }
    }

    /** Fields that are unknown to the schema come back when it is written, and are refused. */
    private static PublicKey key(KeyProtos.PublicKey key) throws MalformedRecordException {
        try {
            return PublicKey.parse(key.toByteArray());
        } catch (MalformedKeyException e) {
            throw new MalformedRecordException(
                    Reason.BAD_KEY, "the envelope's key: " + e.getMessage());
        }
    }

    private static byte[] signedBytes(RecordType type, byte[] payload) {
        byte[][] parts = {type.domainBytes(), type.code(), payload};
        int length = 0;
        for (byte[] part : parts) {
            length += Uvarint.size(part.length) + part.length;
        }
        ByteBuffer signed = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            Uvarint.write(part.length, signed);
            signed.put(part);
        }
        return signed.array();
    }

    public PublicKey signer() {
        return signer;
    }

    public RecordType type() {
        return type;
    }

    public byte[] payload() {
        return payload.clone();
    }

    /** The bytes as they came, to be passed on. */
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public String toString() {
        return "SignedEnvelope[" + type + " by " + signer + "]";
    }
}
