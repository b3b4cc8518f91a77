package org.flowshield.libp2p.host;

import java.io.IOException;
import java.util.List;
import org.flowshield.libp2p.multistream.ProtocolId;

/** What a host does with the inbound streams of one protocol. */
public interface ProtocolBinding {

    /** The protocol's ids, the preferred first. */
    List<ProtocolId> ids();

    /**
     * How many inbound streams of this protocol one connection may have at a time; the host resets
     * any above that.
     */
    default int maxInboundPerConnection() {
        return DEFAULT_MAX_INBOUND;
    }

    /** js-libp2p's bound for a protocol that names none. */
    int DEFAULT_MAX_INBOUND = 32;

    /**
     * Serves one inbound stream. Called on a virtual thread of its own; the stream is reset when
     * this throws and closed when it returns, unless it was detached.
     */
    void accept(Stream stream) throws IOException, InterruptedException;
}
