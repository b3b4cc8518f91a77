package org.flowshield.node.market.listing;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.market.listing.MalformedListingException.Reason;

/** Asks a provider itself for its listing. */
public final class ListingClient {

    private ListingClient() {}

    /**
     * Asks the node at the other end of a connection; blocks for at most ten seconds.
     *
     * @return verified to be of that node, though not that its offer still holds; empty if it lists
     *     nothing
     * @throws MalformedListingException if what it says is no listing of its own
     * @throws IOException if it does not answer, or is no provider
     */
    public static Optional<SignedListing> ask(Connection connection)
            throws IOException, MalformedListingException {
        try (Stream stream = connection.newStream(List.of(ListingProtocol.PROTOCOL))) {
            Optional<byte[]> answer =
                    Deadline.within(ListingProtocol.ANSWER_WITHIN, stream, () -> read(stream));
            if (answer.isEmpty()) {
                stream.reset();
                throw new MalformedListingException(Reason.TOO_LONG);
            }
            return parse(answer.get(), connection.remotePeer());
        }
    }

    /** Empty if its length can't be that of a listing. */
    private static Optional<byte[]> read(Stream stream) throws IOException {
        try {
            stream.closeWrite();
            byte[] answer =
                    Delimited.read(stream.input(), SignedListing.MAX_LENGTH)
                            .orElseThrow(() -> new EOFException("the peer says nothing of itself"));
            return Optional.of(answer);
        } catch (MalformedMultiformatException e) {
            return Optional.empty();
        }
    }

    /** What a node answered with. */
    static Optional<SignedListing> parse(byte[] answer, PeerId node)
            throws MalformedListingException {
        if (answer.length == 0) {
            return Optional.empty();
        }
        SignedListing listing = SignedListing.open(answer);
        if (!listing.peer().equals(node)) {
            throw new MalformedListingException(Reason.FOREIGN);
        }
        return Optional.of(listing);
    }
}
