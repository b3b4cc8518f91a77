package org.flowshield.libp2p.detached;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import org.flowshield.libp2p.security.RecordCipher;
import org.flowshield.libp2p.transport.NioTcpChannel;
import org.flowshield.libp2p.yamux.DetachedSession;

/** Makes a {@link DetachedStream} of what is left of a connection. */
public final class Detachment {

    private Detachment() {}

    /**
     * Takes over a connection that no event loop serves any more.
     *
     * @param channel a deregistered TCP channel; its descriptor is the result's from now on
     * @param ciphertext bytes read and not yet opened; released by the result
     * @param onClose called once when the result has been closed
     * @throws IOException if the socket cannot be used; the caller still owns everything
     */
    public static DetachedStream of(
            Channel channel,
            RecordCipher cipher,
            ByteBuf ciphertext,
            DetachedSession session,
            Runnable onClose)
            throws IOException {
        return new SocketStream(
                socketOf(channel), cipher, session, ciphertext, DetachedMemory.PROCESS, onClose);
    }

    private static DetachedSocket socketOf(Channel channel) throws IOException {
        if (channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket) {
            return new UnixSocket(socket);
        }
        if (channel instanceof NioTcpChannel nio) {
            return new SelectedSocket(nio.socketChannel());
        }
        throw new IOException("a connection on " + channel.getClass() + " cannot be detached");
    }
}
