package org.flowshield.libp2p.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.flowshield.libp2p.multistream.ProtocolId;

/** Sends back what it gets, and ends when the peer does. */
final class Echo implements ProtocolBinding {

    static final ProtocolId ID = new ProtocolId("/test/echo/1.0.0");

    @Override
    public List<ProtocolId> ids() {
        return List.of(ID);
    }

    @Override
    public int maxInboundPerConnection() {
        return 200;
    }

    @Override
    public void accept(Stream stream) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (stream.read(buffer) >= 0) {
            stream.write(buffer.flip());
            buffer.clear();
        }
    }
}
