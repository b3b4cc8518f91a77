package org.flowshield.node.finder;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.node.market.MalformedListingException;
import org.flowshield.node.market.SignedListing;

/** Asks a provider for its own listing (market.proto). Any thread. */
final class ListingAsk {

    static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/listing/1.0.0");

    /** A round trip over the slowest line. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private ListingAsk() {}

    /**
     * Asks the provider at the other end of a connection.
     *
     * @return empty: it has none now
     * @throws IOException if it does not answer, or with something that is not a listing of its own
     */
    static Optional<SignedListing> ask(Connection provider) throws IOException {
        Optional<byte[]> answer;
        try (Stream stream = provider.newStream(List.of(PROTOCOL))) {
            answer =
                    Deadline.within(
                            ANSWER_WITHIN,
                            stream,
                            () -> {
                                stream.closeWrite();
                                return read(stream);
                            });
        }
        if (answer.isEmpty() || answer.orElseThrow().length == 0) {
            return Optional.empty();
        }
        try {
            SignedListing listing = SignedListing.open(answer.orElseThrow());
            if (!listing.peer().equals(provider.remotePeer())) {
                throw new IOException("it shows the listing of " + listing.peer());
            }
            return Optional.of(listing);
        } catch (MalformedListingException e) {
            throw new IOException("its listing is not to be believed: " + e.reason(), e);
        }
    }

    private static Optional<byte[]> read(Stream stream) throws IOException {
        try {
            return Delimited.read(stream.input(), SignedListing.MAX_LENGTH);
        } catch (MalformedMultiformatException e) {
            throw new IOException("its listing can't be read: " + e.getMessage(), e);
        }
    }
}
