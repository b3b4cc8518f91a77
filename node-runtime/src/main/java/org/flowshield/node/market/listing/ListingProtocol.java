package org.flowshield.node.market.listing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.multistream.ProtocolId;

/**
 * {@code /flowshield/listing/1.0.0}: a provider tells its listing to whoever asks; market.proto has
 * the bytes. Each stream runs on the virtual thread that the host gives it.
 */
public final class ListingProtocol implements ProtocolBinding {

    public static final ProtocolId PROTOCOL = new ProtocolId("/flowshield/listing/1.0.0");

    /** A round trip over the slowest line. */
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /** Who looks for a provider asks once. */
    private static final int STREAMS_PER_CONNECTION = 2;

    private final Supplier<Optional<SignedListing>> own;

    /**
     * @param own what is told now; empty if nothing is. Any thread
     */
    public ListingProtocol(Supplier<Optional<SignedListing>> own) {
        this.own = own;
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(PROTOCOL);
    }

    @Override
    public int maxInboundPerConnection() {
        return STREAMS_PER_CONNECTION;
    }

    @Override
    public void accept(Stream stream) throws IOException {
        byte[] answer = own.get().map(SignedListing::encoded).orElseGet(() -> new byte[0]);
        Deadline.<Object>within(
                ANSWER_WITHIN,
                stream,
                () -> {
                    Delimited.write(stream.output(), answer);
                    stream.output().flush();
                    stream.closeWrite();
                    return answer;
                });
    }
}
