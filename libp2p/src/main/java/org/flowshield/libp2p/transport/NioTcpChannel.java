package org.flowshield.libp2p.transport;

import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TCP channel on the JDK's selector that can be asked for its socket, to be detached. */
public final class NioTcpChannel extends NioSocketChannel {

    /** To dial. */
    NioTcpChannel() {}

    private NioTcpChannel(Channel parent, SocketChannel socket) {
        super(parent, socket);
    }

    /** The socket; in non-blocking mode, and the event loop's unless deregistered. */
    public SocketChannel socketChannel() {
        return javaChannel();
    }

    /** A listener whose connections are {@link NioTcpChannel}. */
    static final class Listener extends NioServerSocketChannel {

        @Override
        protected int doReadMessages(List<Object> accepted) throws Exception {
            @Nullable SocketChannel socket = javaChannel().accept();
            if (socket == null) {
                return 0;
            }
            accepted.add(new NioTcpChannel(this, socket));
            return 1;
        }
    }
}
