package org.flowshield.libp2p;

import java.io.IOException;
import java.util.List;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;

/** A protocol served by a function: mostly for peers that misbehave. */
public record Served(ProtocolId id, Server server) implements ProtocolBinding {

    /** What is done with a stream. */
    @FunctionalInterface
    public interface Server {
        void serve(Stream stream) throws IOException, InterruptedException;
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(id);
    }

    @Override
    public void accept(Stream stream) throws IOException, InterruptedException {
        server.serve(stream);
    }
}
