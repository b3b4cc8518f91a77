package org.flowshield.libp2p.mdns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.peer.PeerId;

/**
 * The content of TXT records that say where a peer is: strings with a byte for their length before
 * each, {@code dnsaddr=ADDRESS/p2p/ID}. Anybody in the network can send them.
 */
final class TextRecord {

    /** Told and taken of one peer. */
    static final int MAX_ADDRESSES = 16;

    /** A message of multicast DNS has at most 9,000 bytes. */
    static final int MAX_LENGTH = 9_000;

    private static final String KEY = "dnsaddr=";
    private static final int MAX_STRING = 255;

    private TextRecord() {}

    /** Of those addresses that neighbours can use; empty if there are none. */
    static byte[] encode(PeerId peer, List<Multiaddr> addresses) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        addresses.stream()
                .filter(TextRecord::isOfUse)
                .map(address -> bare(address).withPeer(peer))
                .distinct()
                .map(address -> (KEY + address).getBytes(StandardCharsets.UTF_8))
                .filter(string -> string.length <= MAX_STRING)
                .limit(MAX_ADDRESSES)
                .forEach(
                        string -> {
                            record.write(string.length);
                            record.writeBytes(string);
                        });
        return record.toByteArray();
    }

    /**
     * Reads what one peer said; what is no address that we could use is left out.
     *
     * @return empty if nothing is left
     * @throws MalformedTextException if it is not made of such strings, or speaks of several peers
     */
    static Optional<Neighbour> parse(byte[] record) throws MalformedTextException {
        if (record.length > MAX_LENGTH) {
            throw new MalformedTextException(MalformedTextException.Reason.TOO_LONG);
        }
        List<Multiaddr> addresses = new ArrayList<>();
        int next = 0;
        while (next < record.length) {
            int length = record[next++] & 0xff;
            if (length > record.length - next) {
                throw new MalformedTextException(MalformedTextException.Reason.CUT_OFF);
            }
            address(new String(record, next, length, StandardCharsets.UTF_8))
                    .filter(_ -> addresses.size() < MAX_ADDRESSES)
                    .ifPresent(addresses::add);
            next += length;
        }
        List<PeerId> peers =
                addresses.stream().map(it -> it.peerId().orElseThrow()).distinct().toList();
        if (peers.size() > 1) {
            throw new MalformedTextException(MalformedTextException.Reason.SEVERAL_PEERS);
        }
        return peers.stream()
                .findFirst()
                .map(peer -> new Neighbour(peer, addresses.stream().distinct().toList()));
    }

    private static Optional<Multiaddr> address(String string) {
        if (!string.startsWith(KEY)) {
            return Optional.empty();
        }
        try {
            Multiaddr address = Multiaddr.parse(string.substring(KEY.length()));
            return address.peerId().isPresent() && isOfUse(address)
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (MalformedMultiaddrException _) {
            return Optional.empty(); // of a transport, perhaps, that we have never heard of
        }
    }

    /** Only private ones: whoever can send to this network shall not send us anywhere else. */
    private static boolean isOfUse(Multiaddr address) {
        return address.isPrivate() && !address.isRelayed() && bare(address).isTcp();
    }

    private static Multiaddr bare(Multiaddr address) {
        return address.peerId().isPresent() ? address.withoutPeer() : address;
    }
}
