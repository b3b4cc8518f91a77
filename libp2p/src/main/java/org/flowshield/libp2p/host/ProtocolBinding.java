package org.flowshield.libp2p.host;

import java.io.IOException;
import java.util.List;
import org.flowshield.libp2p.multistream.ProtocolId;

/** What a host does with the inbound streams of one protocol. */
public interface ProtocolBinding {

    /** The protocol's ids, the preferred first. */
    List<ProtocolId> ids();

    /**
     * Serves one inbound stream. Called on a virtual thread of its own; the stream is reset when
     * this throws and closed when it returns, unless it was detached.
     */
    void accept(Stream stream) throws IOException, InterruptedException;
}
