package org.flowshield.libp2p.identify;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.identify.MalformedIdentifyException.Reason;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.MalformedRecordException;
import org.flowshield.libp2p.record.PeerRecord;
import org.flowshield.libp2p.record.SignedPeerRecord;

/**
 * What a peer says about itself. Immutable. The peer's id and record are proven; agent, protocols,
 * addresses and the observed address are mere claims.
 *
 * @param peer whose connection it is
 * @param agent name and version of its software, fit for printing; may be empty
 * @param protocolVersion informational; may be empty
 * @param protocols what it accepts
 * @param addresses where it listens, without its own {@code /p2p}
 * @param observedAddress where it sees us
 * @param signedRecord its signed record, which has the peer's id and from which the addresses are
 */
public record Identified(
        PeerId peer,
        String agent,
        String protocolVersion,
        List<ProtocolId> protocols,
        List<Multiaddr> addresses,
        Optional<Multiaddr> observedAddress,
        Optional<SignedPeerRecord> signedRecord) {

    /** go-libp2p's bound. */
    public static final int MAX_PROTOCOLS = 1024;

    /** go-libp2p's bound for a connected peer. */
    public static final int MAX_ADDRESSES = PeerRecord.MAX_ADDRESSES;

    /** Longer names are cut; they are for people. */
    public static final int MAX_NAME = 128;

    public Identified {
        protocols = List.copyOf(protocols);
        addresses = List.copyOf(addresses);
    }

    /** What its signed record says. */
    public Optional<PeerRecord> peerRecord() {
        return signedRecord.map(SignedPeerRecord::content);
    }

    /**
     * Reads what a peer says of itself.
     *
     * @param remote where the peer is: what lies nearer to it than to us is left out
     */
    static Identified of(PeerId peer, Multiaddr remote, IdentifyProtos.Identify message)
            throws MalformedIdentifyException {
        Identified nothing =
                new Identified(
                        peer, "", "", List.of(), List.of(), Optional.empty(), Optional.empty());
        return nothing.updated(remote, message);
    }

    /** What is known after a push: fields that it has replace, fields that it lacks stay. */
    Identified updated(Multiaddr remote, IdentifyProtos.Identify message)
            throws MalformedIdentifyException {
        checkKey(message);
        Optional<SignedPeerRecord> news = newRecord(message);
        return new Identified(
                peer,
                message.hasAgentVersion() ? printable(message.getAgentVersion()) : agent,
                message.hasProtocolVersion()
                        ? printable(message.getProtocolVersion())
                        : protocolVersion,
                message.getProtocolsCount() > 0 ? protocols(message) : protocols,
                addresses(remote, message, news),
                message.hasObservedAddr()
                        ? Multiaddr.ifReadable(message.getObservedAddr().toByteArray())
                                .map(Multiaddr::withoutPeer)
                        : observedAddress,
                news.or(() -> signedRecord));
    }

    private void checkKey(IdentifyProtos.Identify message) throws MalformedIdentifyException {
        if (!message.hasPublicKey()) {
            return;
        }
        try {
            PublicKey key = PublicKey.parse(message.getPublicKey().toByteArray());
            if (!PeerId.of(key).equals(peer)) {
                throw new MalformedIdentifyException(
                        Reason.BAD_KEY, "the peer says it has a key that is not " + peer + "'s");
            }
        } catch (MalformedKeyException e) {
            throw new MalformedIdentifyException(
                    Reason.BAD_KEY, "the peer's key: " + e.getMessage());
        }
    }

    /** The message's record, if it has one that is newer than what is known. */
    private Optional<SignedPeerRecord> newRecord(IdentifyProtos.Identify message)
            throws MalformedIdentifyException {
        if (!message.hasSignedPeerRecord() || message.getSignedPeerRecord().isEmpty()) {
            return Optional.empty();
        }
        try {
            SignedPeerRecord read =
                    SignedPeerRecord.open(message.getSignedPeerRecord().toByteArray());
            if (!read.peer().equals(peer)) {
                throw new MalformedIdentifyException(
                        Reason.BAD_RECORD, "the peer sent the record of another, " + read.peer());
            }
            boolean news = signedRecord.isEmpty() || read.supersedes(signedRecord.get());
            return news ? Optional.of(read) : Optional.empty();
        } catch (MalformedRecordException e) {
            throw new MalformedIdentifyException(
                    Reason.BAD_RECORD, "the peer's record: " + e.getMessage());
        }
    }

    private static List<ProtocolId> protocols(IdentifyProtos.Identify message) {
        return message.getProtocolsList().stream()
                .limit(MAX_PROTOCOLS)
                .filter(ProtocolId::isValid)
                .map(ProtocolId::new)
                .toList();
    }

    private List<Multiaddr> addresses(
            Multiaddr remote, IdentifyProtos.Identify message, Optional<SignedPeerRecord> news) {
        List<Multiaddr> said;
        if (news.isPresent()) {
            said = news.get().content().addresses();
        } else if (message.hasSignedPeerRecord() || message.getListenAddrsCount() == 0) {
            return addresses;
        } else {
            said = readable(message.getListenAddrsList());
        }
        return said.stream()
                .filter(address -> address.peerId().map(peer::equals).orElse(true))
                .map(address -> address.peerId().isPresent() ? address.withoutPeer() : address)
                .filter(address -> Reach.of(address).isToldTo(Reach.of(remote)))
                .distinct()
                .toList();
    }

    private static List<Multiaddr> readable(List<ByteString> encoded) {
        return encoded.stream()
                .limit(MAX_ADDRESSES)
                .map(address -> Multiaddr.ifReadable(address.toByteArray()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Control characters could play tricks on a terminal. */
    private static String printable(String name) {
        StringBuilder text = new StringBuilder();
        name.codePoints()
                .limit(MAX_NAME)
                .map(
                        c ->
                                Character.isISOControl(c) || !Character.isDefined(c) || isFormat(c)
                                        ? '?'
                                        : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static boolean isFormat(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
