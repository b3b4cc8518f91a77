package org.flowshield.libp2p.host;

import java.io.IOException;
import java.util.List;
import org.flowshield.libp2p.multistream.ProtocolId;

/** A binding made of one function. */
record Served(ProtocolId id, Acceptor acceptor) implements ProtocolBinding {

    interface Acceptor {
        void accept(Stream stream) throws IOException, InterruptedException;
    }

    @Override
    public List<ProtocolId> ids() {
        return List.of(id);
    }

    @Override
    public void accept(Stream stream) throws IOException, InterruptedException {
        acceptor.accept(stream);
    }
}
