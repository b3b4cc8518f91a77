package org.flowshield.libp2p.peerstore;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.peerstore.MalformedPeerFileException.Reason;
import org.flowshield.libp2p.record.MalformedRecordException;
import org.flowshield.libp2p.record.SignedPeerRecord;

/**
 * Remembered peers as the bytes of a file: eight that say what it is, the SHA-256 of the rest, and
 * a protobuf. Records are verified when read, as those that come from a peer.
 */
final class PeerFile {

    /**
     * Some KiB for each of the peers of {@link StoreLimits#DEFAULT}, were all as large as can be.
     */
    static final int MAX_LENGTH = 8 * 1024 * 1024;

    /** The last byte is the version. */
    private static final byte[] KIND = "p2peers1".getBytes(StandardCharsets.US_ASCII);

    private static final int HASH_BYTES = 32;
    private static final int HEAD = KIND.length + HASH_BYTES;

    private PeerFile() {}

    static byte[] encode(List<KnownPeer> peers) {
        PeerStoreProtos.Peers.Builder message = PeerStoreProtos.Peers.newBuilder();
        peers.forEach(peer -> message.addPeers(encode(peer)));
        byte[] body = message.build().toByteArray();
        return ByteBuffer.allocate(HEAD + body.length)
                .put(KIND)
                .put(Multihash.sha256(body).digest())
                .put(body)
                .array();
    }

    private static PeerStoreProtos.Peer encode(KnownPeer peer) {
        PeerStoreProtos.Peer.Builder message =
                PeerStoreProtos.Peer.newBuilder()
                        .setId(ByteString.copyFrom(peer.peer().bytes()))
                        .setRemote(ByteString.copyFrom(peer.remote().encode()))
                        .setSeen(peer.seen().toEpochMilli())
                        .setFailures(peer.failures());
        peer.signed().ifPresent(it -> message.setSigned(ByteString.copyFrom(it.encoded())));
        peer.protocols().forEach(protocol -> message.addProtocols(protocol.value()));
        peer.reached().ifPresent(it -> message.setReached(encode(it)));
        return message.build();
    }

    private static PeerStoreProtos.Reached encode(Reached reached) {
        return PeerStoreProtos.Reached.newBuilder()
                .setAddress(ByteString.copyFrom(reached.address().encode()))
                .setFirst(reached.first().toEpochMilli())
                .setLast(reached.last().toEpochMilli())
                .build();
    }

    static List<KnownPeer> parse(byte[] file) throws MalformedPeerFileException {
        if (file.length > MAX_LENGTH) {
            throw new MalformedPeerFileException(
                    Reason.TOO_LONG, "it has more than " + MAX_LENGTH + " bytes");
        }
        if (file.length < HEAD || !Arrays.equals(file, 0, KIND.length, KIND, 0, KIND.length)) {
            throw new MalformedPeerFileException(
                    Reason.WRONG_KIND, "it is no file of peers, or of a newer version");
        }
        byte[] body = Arrays.copyOfRange(file, HEAD, file.length);
        byte[] hash = Arrays.copyOfRange(file, KIND.length, HEAD);
        if (!MessageDigest.isEqual(hash, Multihash.sha256(body).digest())) {
            throw new MalformedPeerFileException(
                    Reason.WRONG_HASH, "its content is not what was written");
        }
        return body(body);
    }

    static List<KnownPeer> body(byte[] body) throws MalformedPeerFileException {
        try {
            List<KnownPeer> peers = new ArrayList<>();
            for (PeerStoreProtos.Peer peer : PeerStoreProtos.Peers.parseFrom(body).getPeersList()) {
                peers.add(peer(peer));
            }
            return peers;
        } catch (InvalidProtocolBufferException
                | IllegalArgumentException
                | MalformedPeerIdException
                | MalformedMultiaddrException
                | MalformedRecordException e) {
            throw new MalformedPeerFileException(
                    Reason.BAD_ENCODING, "it holds what is no peer: " + e.getMessage());
        }
    }

    private static KnownPeer peer(PeerStoreProtos.Peer message)
            throws MalformedPeerIdException, MalformedMultiaddrException, MalformedRecordException {
        Optional<SignedPeerRecord> signed =
                message.getSigned().isEmpty()
                        ? Optional.empty()
                        : Optional.of(SignedPeerRecord.open(message.getSigned().toByteArray()));
        Optional<Reached> reached =
                message.hasReached()
                        ? Optional.of(reached(message.getReached()))
                        : Optional.empty();
        return new KnownPeer(
                PeerId.parse(message.getId().toByteArray()),
                signed,
                message.getProtocolsList().stream().map(ProtocolId::new).toList(),
                Multiaddr.parse(message.getRemote().toByteArray()),
                time(message.getSeen()),
                reached,
                message.getFailures());
    }

    private static Reached reached(PeerStoreProtos.Reached message)
            throws MalformedMultiaddrException {
        return new Reached(
                Multiaddr.parse(message.getAddress().toByteArray()),
                time(message.getFirst()),
                time(message.getLast()));
    }

    /** Ten thousand years, beyond which sums of times have no meaning. */
    private static Instant time(long millis) {
        if (millis < 0 || millis > LATEST) {
            throw new IllegalArgumentException("a time of " + millis + " ms");
        }
        return Instant.ofEpochMilli(millis);
    }

    private static final long LATEST = 10_000L * 365 * 24 * 3600 * 1000;
}
