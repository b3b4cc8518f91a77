package org.flowshield.libp2p.kad.wire;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;

/**
 * A peer and where somebody says that it is. Immutable.
 *
 * @param addresses without the peer's own {@code /p2p}, at most {@value #MAX_ADDRESSES}; may be
 *     empty
 */
public record PeerInfo(PeerId peer, List<Multiaddr> addresses) {

    /** More are cut: nobody dials more than some. go-libp2p dials at most 25 of a peer. */
    public static final int MAX_ADDRESSES = 16;

    /** go-libp2p's bound for one peer in a message; one that is larger is left out. */
    static final int MAX_ENCODED = 8 * 1024;

    public PeerInfo {
        addresses =
                addresses.size() <= MAX_ADDRESSES
                        ? List.copyOf(addresses)
                        : List.copyOf(addresses.subList(0, MAX_ADDRESSES));
    }

    /**
     * Reads the peers of a message, without those that can't be read.
     *
     * @param most how many at most; the rest is left out
     */
    static List<PeerInfo> readable(List<KadProtos.Message.Peer> said, int most) {
        List<PeerInfo> peers = new ArrayList<>(Math.min(said.size(), most));
        for (KadProtos.Message.Peer one : said.subList(0, Math.min(said.size(), most))) {
            readable(one).ifPresent(peers::add);
        }
        return peers;
    }

    private static Optional<PeerInfo> readable(KadProtos.Message.Peer said) {
        if (said.getSerializedSize() > MAX_ENCODED) {
            return Optional.empty();
        }
        try {
            PeerId peer = PeerId.parse(said.getId().toByteArray());
            List<Multiaddr> addresses =
                    said.getAddrsList().stream()
                            .limit(MAX_ADDRESSES)
                            .map(address -> Multiaddr.ifReadable(address.toByteArray()))
                            .flatMap(Optional::stream)
                            .filter(address -> address.peerId().map(peer::equals).orElse(true))
                            .map(PeerInfo::bare)
                            .flatMap(Optional::stream)
                            .distinct()
                            .toList();
            return Optional.of(new PeerInfo(peer, addresses));
        } catch (MalformedPeerIdException _) {
            return Optional.empty(); // one among many; the others may be sound
        }
    }

    /** Without the peer's id at the end; empty if nothing is left. */
    private static Optional<Multiaddr> bare(Multiaddr address) {
        if (address.peerId().isEmpty()) {
            return Optional.of(address);
        }
        return address.components().size() == 1
                ? Optional.empty()
                : Optional.of(address.withoutPeer());
    }

    KadProtos.Message.Peer toProto() {
        KadProtos.Message.Peer.Builder told =
                KadProtos.Message.Peer.newBuilder().setId(ByteString.copyFrom(peer.bytes()));
        addresses.forEach(address -> told.addAddrs(ByteString.copyFrom(address.encode())));
        return told.build();
    }
}
