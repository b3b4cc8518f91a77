package org.flowshield.node.market.heartbeat;

import static org.flowshield.node.market.heartbeat.MalformedHeartbeatException.Reason;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Instant;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.record.MalformedRecordException;
import org.flowshield.libp2p.record.RecordType;
import org.flowshield.libp2p.record.SignedEnvelope;
import org.flowshield.node.identity.NodeKey;

/**
 * A heartbeat that the node which it speaks of has signed; one that exists was verified. Immutable.
 */
public final class SignedHeartbeat {

    /** Bytes with the envelope: a heartbeat has some 70, its signature and key 110. */
    public static final int MAX_LENGTH = 512;

    private static final RecordType TYPE =
            new RecordType("flowshield-heartbeat", new byte[] {0x66, 0x68});

    private final NodeKey node;
    private final Heartbeat heartbeat;
    private final byte[] encoded;

    private SignedHeartbeat(NodeKey node, Heartbeat heartbeat, byte[] encoded) {
        this.node = node;
        this.heartbeat = heartbeat;
        this.encoded = encoded;
    }

    /** Signs a heartbeat of the key's node. */
    public static SignedHeartbeat sign(Heartbeat heartbeat, PrivateKey key) {
        NodeKey node = NodeKey.of(key.publicKey()).orElseThrow();
        byte[] payload =
                HeartbeatProtos.Heartbeat.newBuilder()
                        .setOfferHash(ByteString.copyFrom(heartbeat.offerHash().bytes()))
                        .setSentAt(heartbeat.sentAt().toEpochMilli())
                        .setSequence(heartbeat.sequence())
                        .setSessions(heartbeat.sessions())
                        .setFreeBitsPerSecond(heartbeat.freeBitsPerSecond())
                        .build()
                        .toByteArray();
        return new SignedHeartbeat(
                node, heartbeat, SignedEnvelope.seal(key, TYPE, payload).encoded());
    }

    /** Opens an envelope and verifies it. */
    public static SignedHeartbeat open(byte[] encoded) throws MalformedHeartbeatException {
        if (encoded.length > MAX_LENGTH) {
            throw new MalformedHeartbeatException(Reason.TOO_LONG);
        }
        SignedEnvelope envelope;
        try {
            envelope = SignedEnvelope.open(encoded, TYPE);
        } catch (MalformedRecordException e) {
            throw new MalformedHeartbeatException(Reason.ENVELOPE);
        }
        NodeKey node =
                NodeKey.of(envelope.signer())
                        .orElseThrow(() -> new MalformedHeartbeatException(Reason.KEY));
        return new SignedHeartbeat(node, parse(envelope.payload()), encoded.clone());
    }

    private static Heartbeat parse(byte[] payload) throws MalformedHeartbeatException {
        HeartbeatProtos.Heartbeat message;
        try {
            message = HeartbeatProtos.Heartbeat.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedHeartbeatException(Reason.NOT_PROTOBUF);
        }
        if (message.getOfferHash().size() != Bytes32.LENGTH) {
            throw new MalformedHeartbeatException(Reason.HASH_LENGTH);
        }
        if (message.getSentAt() < 0 || message.getSentAt() >= Heartbeat.MAX_TIME) {
            throw new MalformedHeartbeatException(Reason.OUT_OF_RANGE);
        }
        try {
            return new Heartbeat(
                    new Bytes32(message.getOfferHash().toByteArray()),
                    Instant.ofEpochMilli(message.getSentAt()),
                    message.getSequence(),
                    message.getSessions(),
                    message.getFreeBitsPerSecond());
        } catch (IllegalArgumentException e) {
            throw new MalformedHeartbeatException(Reason.OUT_OF_RANGE);
        }
    }

    /** Who lives. */
    public NodeKey node() {
        return node;
    }

    public Heartbeat heartbeat() {
        return heartbeat;
    }

    /** The envelope, to be passed on. */
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public String toString() {
        return "SignedHeartbeat[" + node + ", " + heartbeat + "]";
    }
}
