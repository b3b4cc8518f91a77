package org.flowshield.libp2p.multistream;

import java.io.IOException;
import java.util.List;

/** The peer speaks none of the protocols that were proposed. */
public final class ProtocolNotSupportedException extends IOException {

    public ProtocolNotSupportedException(List<ProtocolId> proposed) {
        super("the peer speaks none of " + proposed);
    }
}
