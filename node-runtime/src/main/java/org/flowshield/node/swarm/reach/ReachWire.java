package org.flowshield.node.swarm.reach;

import static org.flowshield.node.swarm.reach.MalformedReachException.Reason;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.libp2p.multiaddr.MalformedMultiaddrException;
import org.flowshield.libp2p.multiaddr.Multiaddr;

/** The messages of reach.proto, without their lengths. Stateless. */
final class ReachWire {

    /** Bytes of a message: 16 addresses of the longest usual kind have 1 KiB. */
    static final int MAX_LENGTH = 4 * 1024;

    static final int MAX_ADDRESSES = 16;

    private ReachWire() {}

    /**
     * Asks for some addresses.
     *
     * @throws IllegalArgumentException if there are none, or too many, or they are too long
     */
    static byte[] encodeAddresses(List<Multiaddr> addresses) {
        ReachProtos.DialMe.Builder message = ReachProtos.DialMe.newBuilder();
        addresses.forEach(at -> message.addAddresses(ByteString.copyFrom(at.encode())));
        byte[] encoded = message.build().toByteArray();
        if (addresses.isEmpty()
                || addresses.size() > MAX_ADDRESSES
                || encoded.length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a peer is asked for 1 to %d addresses of %d bytes together"
                            .formatted(MAX_ADDRESSES, MAX_LENGTH));
        }
        return encoded;
    }

    static List<Multiaddr> parseAddresses(byte[] encoded) throws MalformedReachException {
        List<ByteString> told;
        try {
            told = ReachProtos.DialMe.parseFrom(encoded).getAddressesList();
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedReachException(Reason.NOT_PROTOBUF);
        }
        if (told.isEmpty() || told.size() > MAX_ADDRESSES) {
            throw new MalformedReachException(Reason.COUNT);
        }
        List<Multiaddr> addresses = new ArrayList<>();
        for (ByteString one : told) {
            try {
                addresses.add(Multiaddr.parse(one.toByteArray()));
            } catch (MalformedMultiaddrException e) {
                throw new MalformedReachException(Reason.ADDRESS);
            }
        }
        return List.copyOf(addresses);
    }

    static byte[] encodeOutcomes(List<DialOutcome> outcomes) {
        ReachProtos.DialledYou.Builder message = ReachProtos.DialledYou.newBuilder();
        outcomes.forEach(outcome -> message.addOutcomesValue(outcome.number()));
        return message.build().toByteArray();
    }

    /**
     * @param count of the addresses that were asked for
     */
    static List<DialOutcome> parseOutcomes(byte[] encoded, int count)
            throws MalformedReachException {
        List<Integer> told;
        try {
            told = ReachProtos.DialledYou.parseFrom(encoded).getOutcomesValueList();
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedReachException(Reason.NOT_PROTOBUF);
        }
        if (told.size() != count) {
            throw new MalformedReachException(Reason.COUNT);
        }
        List<DialOutcome> outcomes = new ArrayList<>();
        for (int number : told) {
            outcomes.add(
                    DialOutcome.of(number)
                            .orElseThrow(() -> new MalformedReachException(Reason.OUTCOME)));
        }
        return List.copyOf(outcomes);
    }
}
