package org.flowshield.libp2p.yamux;

import io.netty.buffer.ByteBuf;

/**
 * The state of a session that has been reduced to one stream and taken off its event loop.
 *
 * @param stream the id of the stream that is left
 * @param unread bytes of that stream which have arrived and were not consumed; owned by the
 *     receiver
 * @param partialHeader the beginning of a header; empty while a body is under way
 * @param bodyLeft bytes of the current Data body still to come
 * @param bodyIsOurs true if that body belongs to the stream, false if it is to be skipped
 * @param finAfterBody true if the stream's input ends with that body
 * @param inputEnded true if the peer has ended its direction
 * @param sendWindow what we may send
 * @param receiveWindow what the peer may send on the stream
 * @param answers frames without body that are to be sent first: answers to what arrived while the
 *     session left its event loop
 */
public record DetachedSession(
        int stream,
        ByteBuf unread,
        byte[] partialHeader,
        int bodyLeft,
        boolean bodyIsOurs,
        boolean finAfterBody,
        boolean inputEnded,
        long sendWindow,
        long receiveWindow,
        byte[] answers) {}
