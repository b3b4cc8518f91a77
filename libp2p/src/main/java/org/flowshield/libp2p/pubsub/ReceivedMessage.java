package org.flowshield.libp2p.pubsub;

import java.util.Arrays;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Topic;

/**
 * A message that came, signed by its author. Immutable.
 *
 * @param author who published it
 * @param bringer the peer that it came from
 * @param seqno the author's number of it; a replay after two minutes has an old one
 */
public record ReceivedMessage(
        Topic topic, MessageId id, PeerId author, PeerId bringer, long seqno, byte[] data) {

    public ReceivedMessage {
        data = data.clone();
    }

    @Override
    public byte[] data() {
        return data.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReceivedMessage message
                && topic.equals(message.topic)
                && id.equals(message.id)
                && author.equals(message.author)
                && bringer.equals(message.bringer)
                && seqno == message.seqno
                && Arrays.equals(data, message.data);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "ReceivedMessage[" + data.length + " bytes about " + topic + " by " + author + "]";
    }
}
