package org.flowshield.libp2p.pubsub.mesh;

import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.Topic;

/** What happens to a {@link Router}. */
public sealed interface Event {

    /**
     * We can send to a peer from now on.
     *
     * @param dialled true if we made the connection
     * @param address what peers at one place have in common, empty for none
     */
    record Arrived(PeerId peer, Version version, boolean dialled, String address)
            implements Event {}

    /** We can no longer send to a peer. */
    record Left(PeerId peer) implements Event {}

    /**
     * A peer that has arrived said something.
     *
     * @param bytes how long it was on the wire
     */
    record Received(PeerId peer, Rpc rpc, int bytes) implements Event {}

    /** A peer that has arrived sent what is no RPC. */
    record Malformed(PeerId peer) implements Event {}

    /** We subscribe. */
    record Join(Topic topic) implements Event {}

    /** We no longer subscribe. */
    record Leave(Topic topic) implements Event {}

    /** We publish; the message is signed. */
    record Publish(Message message) implements Event {}

    /** The outcome of {@link Effect.Verify}. */
    record Verified(Message message, boolean signed) implements Event {}

    /** The outcome of {@link Effect.Validate}. */
    record Validated(Message message, MessageId id, Verdict verdict) implements Event {}

    /** Time has passed: once every {@link GossipParams#heartbeat}. */
    record Heartbeat() implements Event {}
}
