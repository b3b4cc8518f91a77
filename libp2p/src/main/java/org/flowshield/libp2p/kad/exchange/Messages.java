package org.flowshield.libp2p.kad.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multiformats.Delimited;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;

/** Messages on a stream, each preceded by its length. Blocks, for virtual threads. */
final class Messages {

    private Messages() {}

    /**
     * Reads one.
     *
     * @param max nothing is allocated for a longer one
     * @return empty if the stream has ended before
     */
    static Optional<byte[]> read(Stream stream, int max, Duration limit) throws IOException {
        return Deadline.within(
                limit,
                stream,
                () -> {
                    try {
                        return Delimited.read(stream.input(), max);
                    } catch (MalformedMultiformatException e) {
                        throw new IOException("no Kademlia message: " + e.getMessage(), e);
                    }
                });
    }

    static void write(Stream stream, byte[] message, Duration limit) throws IOException {
        Deadline.within(
                limit,
                stream,
                () -> {
                    OutputStream output = stream.output();
                    Delimited.write(output, message);
                    output.flush();
                    return true;
                });
    }
}
