package org.flowshield.node.ledger;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.libp2p.peer.PeerId;

/**
 * One paid use of a channel. Immutable.
 *
 * @param first the session that it goes on with after a failover, itself if with none; a cap per
 *     session counts them together
 * @param paid by the vouchers recorded in it
 * @param ours what this side metered
 * @param theirs what the peer says that it metered
 * @param end of a session that is over
 */
public record SessionRecord(
        SessionId id,
        SessionId first,
        ChannelId channel,
        Side side,
        Optional<PeerId> peer,
        Instant started,
        TokenAmount paid,
        Metered ours,
        Metered theirs,
        Optional<End> end) {

    /** The same with more paid. */
    public SessionRecord plus(TokenAmount more) {
        return new SessionRecord(
                id, first, channel, side, peer, started, paid.plus(more), ours, theirs, end);
    }

    /** The same with meters that have gone on. */
    public SessionRecord metered(Metered newOurs, Metered newTheirs) {
        return new SessionRecord(
                id, first, channel, side, peer, started, paid, newOurs, newTheirs, end);
    }

    /** The same, over. */
    public SessionRecord ended(End how) {
        return new SessionRecord(
                id, first, channel, side, peer, started, paid, ours, theirs, Optional.of(how));
    }

    /**
     * Bytes, as one side counted them. Immutable.
     *
     * @param billable sent and received, as far as they are paid for
     * @param unsolicited received by the client without having asked
     */
    public record Metered(long billable, long unsolicited) {

        public static final Metered NOTHING = new Metered(0, 0);

        public Metered {
            if (billable < 0 || unsolicited < 0) {
                throw new IllegalArgumentException("fewer bytes than none");
            }
        }
    }

    /**
     * How a session ended. Immutable.
     *
     * @param reason in words for people
     */
    public record End(Instant at, String reason) {

        /** Enough for a sentence. */
        public static final int MAX_REASON = 500;

        public End {
            if (reason.length() > MAX_REASON) {
                throw new IllegalArgumentException("a reason of " + reason.length() + " letters");
            }
        }
    }
}
