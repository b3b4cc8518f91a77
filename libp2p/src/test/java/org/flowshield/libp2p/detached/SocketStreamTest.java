package org.flowshield.libp2p.detached;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

final class SocketStreamTest {

    private final ScriptedSocket socket = new ScriptedSocket();

    private SocketStream stream() throws Exception {
        return new SocketStream(
                socket,
                new ClearCipher(),
                Sessions.fresh(100, 100),
                Unpooled.directBuffer(),
                new DetachedMemory(),
                () -> {});
    }

    @Test
    void closing_frees_the_descriptor() throws Exception {
        stream().close();
        assertThat(socket.closed).isTrue();
    }

    @Test
    void closing_frees_the_descriptor_also_when_the_peer_has_reset_the_connection()
            throws Exception {
        SocketStream stream = stream();
        socket.reset = true;
        stream.close();
        assertThat(socket.closed).isTrue();
    }
}
