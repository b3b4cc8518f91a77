package org.flowshield.libp2p.peerstore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flowshield.libp2p.kad.exchange.AddressPolicy;
import org.flowshield.libp2p.kad.routing.Network;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.record.SignedPeerRecord;

/**
 * What is remembered of a peer. Immutable.
 *
 * @param signed where it says it is, in a record that it signed
 * @param protocols what it said it serves; at most {@value #MAX_PROTOCOLS}
 * @param remote the other end of the last connection with it, without {@code /p2p}
 * @param seen when it last proved to be there, whoever dialled
 * @param reached where a dial of ours found it; empty if none ever did
 * @param failures dials in vain since the last that was not
 */
public record KnownPeer(
        PeerId peer,
        Optional<SignedPeerRecord> signed,
        List<ProtocolId> protocols,
        Multiaddr remote,
        Instant seen,
        Optional<Reached> reached,
        int failures) {

    /** A node of ours serves about a dozen. */
    public static final int MAX_PROTOCOLS = 64;

    /** Characters of all of them: names have about thirty. */
    public static final int MAX_PROTOCOL_TEXT = 2 * 1024;

    /**
     * Bytes of an envelope; one with 16 addresses, the most that a node of ours tells, has 1 KiB.
     */
    public static final int MAX_RECORD = 2 * 1024;

    /** More ways to one peer nobody tries. */
    public static final int MAX_ADDRESSES = 16;

    /** More failures make no difference. */
    public static final int MAX_FAILURES = 16;

    public KnownPeer {
        protocols = List.copyOf(protocols);
        if (bounded(protocols).size() < protocols.size()
                || failures < 0
                || failures > MAX_FAILURES
                || signed.filter(known -> known.length() > MAX_RECORD).isPresent()
                || signed.filter(known -> !known.peer().equals(peer)).isPresent()) {
            throw new IllegalArgumentException("more than is kept of a peer, or another's record");
        }
    }

    /** True if a dial of ours has reached it. */
    public boolean isProven() {
        return reached.isPresent();
    }

    /**
     * The network by which it is counted: where it was reached, or where its connection came from;
     * never what it merely says. Empty for one that is not of the internet.
     */
    Optional<Network> network() {
        return AddressPolicy.counted(reached.map(Reached::address).orElse(remote));
    }

    /** When it was last there for certain. */
    Instant alive() {
        return reached.map(Reached::last).filter(last -> last.isAfter(seen)).orElse(seen);
    }

    /**
     * Where to dial it, with {@code /p2p}: first where it was found, then where it says it is, but
     * for names, which a stranger could have us look up.
     */
    public List<Multiaddr> addresses() {
        Set<Multiaddr> all = new LinkedHashSet<>();
        reached.ifPresent(found -> all.add(found.address()));
        signed.ifPresent(
                known ->
                        known.content().addresses().stream()
                                .filter(address -> address.ip().isPresent())
                                .forEach(all::add));
        return all.stream()
                .filter(address -> address.isRelayed() || !address.isUnspecified())
                .limit(MAX_ADDRESSES)
                .map(address -> address.peerId().isPresent() ? address : address.withPeer(peer))
                .toList();
    }

    KnownPeer met(
            Multiaddr from,
            Optional<SignedPeerRecord> told,
            List<ProtocolId> serving,
            Instant now) {
        Optional<SignedPeerRecord> newer =
                told.filter(it -> signed.isEmpty() || it.supersedes(signed.get()));
        return new KnownPeer(peer, newer.or(() -> signed), serving, from, now, reached, failures);
    }

    KnownPeer reached(Multiaddr address, Instant now) {
        Instant first = reached.map(Reached::first).orElse(now);
        return new KnownPeer(
                peer,
                signed,
                protocols,
                address,
                now,
                Optional.of(new Reached(address, first, now)),
                0);
    }

    KnownPeer failed() {
        return new KnownPeer(
                peer,
                signed,
                protocols,
                remote,
                seen,
                reached,
                Math.min(failures + 1, MAX_FAILURES));
    }

    /** The first so many protocols: what is left out is merely not known. */
    static List<ProtocolId> bounded(List<ProtocolId> protocols) {
        List<ProtocolId> kept = new ArrayList<>();
        int text = 0;
        for (ProtocolId protocol : protocols) {
            text += protocol.value().length();
            if (kept.size() == MAX_PROTOCOLS || text > MAX_PROTOCOL_TEXT) {
                break;
            }
            kept.add(protocol);
        }
        return kept;
    }
}
