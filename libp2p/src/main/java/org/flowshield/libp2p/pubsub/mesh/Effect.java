package org.flowshield.libp2p.pubsub.mesh;

import com.google.protobuf.ByteString;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.StrictSign;

/** What a {@link Router} wants done. */
public sealed interface Effect {

    /** Send to a peer, in this order. */
    record Send(PeerId peer, Rpc rpc) implements Effect {}

    /** Verify a message's signature and tell by {@link Event.Verified}. */
    record Verify(StrictSign.Claimed claimed) implements Effect {}

    /** Ask the application about a message that is signed; tell by {@link Event.Validated}. */
    record Validate(Message message, MessageId id, PeerId author, PeerId bringer)
            implements Effect {}

    /** Give the application a message that is good. */
    record Deliver(Message message, MessageId id, PeerId author, PeerId bringer)
            implements Effect {}

    /** Have nothing more to do with a peer; the router already has not. */
    record Shed(PeerId peer, String reason) implements Effect {}

    /**
     * Connect to a peer that another has named.
     *
     * @param peerRecord its signed envelope, not yet opened
     */
    record Connect(PeerId peer, ByteString peerRecord) implements Effect {}
}
