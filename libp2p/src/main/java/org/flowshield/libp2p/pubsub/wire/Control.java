package org.flowshield.libp2p.pubsub.wire;

import com.google.protobuf.ByteString;
import java.util.List;
import org.flowshield.libp2p.peer.PeerId;
import org.jspecify.annotations.Nullable;

/** The parts of a control message that have parts of their own. Immutable. */
public final class Control {

    private Control() {}

    /** Tells that the sender subscribes to a topic, or no longer does. */
    public record Subscribed(boolean subscribe, Topic topic) {}

    /** Tells which messages the sender has. */
    public record IHave(Topic topic, List<MessageId> ids) {
        public IHave {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Takes the receiver out of the sender's mesh.
     *
     * @param peers others that the receiver may try instead
     * @param backoffSeconds for how long not to ask again; 0 if not told (gossipsub 1.0)
     */
    public record Prune(Topic topic, List<PeerInfo> peers, long backoffSeconds) {
        public Prune {
            peers = List.copyOf(peers);
        }
    }

    /**
     * Another peer.
     *
     * @param peerRecord its signed envelope, or null if the sender knows none
     */
    public record PeerInfo(PeerId peer, @Nullable ByteString peerRecord) {}
}
