package org.flowshield.libp2p.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.MalformedRecordException.Reason;

/**
 * Where a peer can be reached, in its own words (libp2p RFC 0003). Immutable.
 *
 * @param peer whom it speaks of
 * @param seq grows with each record of a peer; an unsigned number without further meaning
 * @param addresses at most {@value #MAX_ADDRESSES}
 */
public record PeerRecord(PeerId peer, long seq, List<Multiaddr> addresses) {

    /** As many as go-libp2p keeps for a connected peer. */
    public static final int MAX_ADDRESSES = 500;

    public PeerRecord {
        addresses = List.copyOf(addresses);
        if (addresses.size() > MAX_ADDRESSES) {
            throw new IllegalArgumentException(
                    "a peer record has at most " + MAX_ADDRESSES + " addresses");
        }
    }

    /** Parses an envelope, verifies it, and checks that its signer is the peer it speaks of. */
    public static PeerRecord open(byte[] envelope) throws MalformedRecordException {
        SignedEnvelope opened = SignedEnvelope.open(envelope, RecordType.PEER);
        PeerRecord peerRecord = parse(opened.payload());
        if (!PeerId.of(opened.signer()).equals(peerRecord.peer())) {
            throw new MalformedRecordException(
                    Reason.FOREIGN,
                    "a record of " + peerRecord.peer() + " that another peer has signed");
        }
        return peerRecord;
    }

    /** Signs this record; {@code key} is the peer's own. */
    public SignedEnvelope seal(PrivateKey key) {
        if (!PeerId.of(key.publicKey()).equals(peer)) {
            throw new IllegalArgumentException("a peer signs records of itself only");
        }
        return SignedEnvelope.seal(key, RecordType.PEER, encode());
    }

    /**
     * Parses an envelope's payload. Addresses that we cannot read are left out: a peer may have
     * transports that we have never heard of.
     */
    static PeerRecord parse(byte[] payload) throws MalformedRecordException {
        RecordProtos.PeerRecord message;
        try {
            message = RecordProtos.PeerRecord.parseFrom(payload);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRecordException(
                    Reason.BAD_ENCODING, "no peer record: " + e.getMessage());
        }
        if (message.getAddressesCount() > MAX_ADDRESSES) {
            throw new MalformedRecordException(
                    Reason.TOO_LONG,
                    "peer record of "
                            + message.getAddressesCount()
                            + " addresses, at most "
                            + MAX_ADDRESSES);
        }
        return new PeerRecord(peer(message), message.getSeq(), readable(message));
    }

    private static PeerId peer(RecordProtos.PeerRecord message) throws MalformedRecordException {
        try {
            return PeerId.parse(message.getPeerId().toByteArray());
        } catch (MalformedPeerIdException e) {
            throw new MalformedRecordException(
                    Reason.BAD_PEER_ID, "the peer record has " + e.getMessage());
        }
    }

    private static List<Multiaddr> readable(RecordProtos.PeerRecord message) {
        return message.getAddressesList().stream()
                .map(info -> Multiaddr.ifReadable(info.getMultiaddr().toByteArray()))
                .flatMap(Optional::stream)
                .toList();
    }

    byte[] encode() {
        RecordProtos.PeerRecord.Builder message =
                RecordProtos.PeerRecord.newBuilder()
                        .setPeerId(ByteString.copyFrom(peer.bytes()))
                        .setSeq(seq);
        for (Multiaddr address : addresses) {
            message.addAddressesBuilder().setMultiaddr(ByteString.copyFrom(address.encode()));
        }
        return message.build().toByteArray();
    }

    /** True if this record takes the place of {@code known}: same peer, strictly greater number. */
    public boolean supersedes(PeerRecord known) {
        return peer.equals(known.peer) && Long.compareUnsigned(seq, known.seq) > 0;
    }
}
