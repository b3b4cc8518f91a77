package org.flowshield.node.payment.channel;

import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.ChannelView;

/** What the ledger is told of channels. */
public final class Records {

    private Records() {}

    /**
     * An open channel.
     *
     * @param before what was known of it
     */
    public static ChannelRecord of(
            ChannelKey key,
            ChannelDomain domain,
            Side side,
            Optional<PeerId> peer,
            Bytes32 offerHash,
            ChannelView view,
            Optional<ChannelRecord> before) {
        return new ChannelRecord(
                key,
                domain,
                side,
                peer,
                before.map(ChannelRecord::offerHash).orElse(offerHash),
                view.deposit(),
                view.claimed(),
                before.map(ChannelRecord::openedBlock).orElse(0L),
                ChannelRecord.Status.OPEN,
                Optional.empty());
    }
}
