package org.flowshield.libp2p.security;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;

/**
 * The handler that protects a connection's records once the handshake is done. It can leave its
 * event loop.
 */
public interface RecordLayer extends ChannelHandler {

    /**
     * Removes this handler from its pipeline and hands over what goes on elsewhere. Called on the
     * event loop in a task of its own, never from within {@code channelRead}, and with nothing
     * pending for the socket. No plaintext is fired while this runs.
     *
     * @throws IllegalStateException if called otherwise, or if the connection is broken
     */
    Detached detach();

    /**
     * What goes on outside of the event loop.
     *
     * @param cipher the keys in their current state; the receiver closes it
     * @param ciphertext bytes read from the socket and not yet opened; the receiver releases it
     */
    record Detached(RecordCipher cipher, ByteBuf ciphertext) {}
}
