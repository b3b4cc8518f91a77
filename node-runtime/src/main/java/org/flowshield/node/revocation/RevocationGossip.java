package org.flowshield.node.revocation;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.libp2p.pubsub.ReceivedMessage;
import org.flowshield.libp2p.pubsub.mesh.Verdict;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.RevocationHint;
import org.flowshield.node.swarm.Swarm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A swarm whose members tell each other of revocations. What a peer says is passed on only after
 * the chain has said so too: nobody makes others ask by lying. Safe for use by any thread.
 */
public final class RevocationGossip implements Swarm {

    private static final Logger LOG = LoggerFactory.getLogger(RevocationGossip.class);

    private final Swarm swarm;
    private final Topic topic;
    private final Revocations revocations;
    private volatile @Nullable Membership newest;

    /**
     * @param topic of {@link org.flowshield.node.market.MarketNetwork#revocations}
     */
    public RevocationGossip(Swarm swarm, Topic topic, Revocations revocations) {
        this.swarm = swarm;
        this.topic = topic;
        this.revocations = revocations;
        revocations.onRevoked(this::tell);
    }

    @Override
    public Membership join(List<Multiaddr> listen, List<ProtocolBinding> served)
            throws IOException, InterruptedException {
        Membership member = swarm.join(listen, served);
        Following _ = member.follow(topic, this::judge, _ -> {});
        newest = member;
        return member;
    }

    Verdict judge(ReceivedMessage message) {
        Optional<RevocationHint> hint = RevocationHint.parse(message.data());
        if (hint.isEmpty()) {
            return Verdict.REJECT;
        }
        return revocations.hint(hint.get().node()) ? Verdict.ACCEPT : Verdict.IGNORE;
    }

    private void tell(NodeId node, Instant at) {
        Membership member = newest;
        if (member == null) {
            return;
        }
        try {
            var _ = member.pubsub().publish(topic, new RevocationHint(node).encode());
        } catch (IllegalStateException e) {
            LOG.debug("nobody is told that {} was revoked: no role is in the swarm", node, e);
        }
    }
}
