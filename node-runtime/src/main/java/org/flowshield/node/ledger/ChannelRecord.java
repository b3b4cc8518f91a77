package org.flowshield.node.ledger;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.libp2p.peer.PeerId;

/**
 * A channel as this node knows it. Immutable.
 *
 * @param key who pays whom, and who signs for it
 * @param domain the chain and the contract that it is in
 * @param side what this node is in it
 * @param peer who is at the other end, where that is known: a client comes with a fresh id each
 *     time
 * @param offerHash of the terms that it was opened on
 * @param deposit last seen on chain
 * @param claimed last seen on chain
 * @param openedBlock in which it was opened; 0 while that is not known
 * @param status last seen on chain
 * @param closesAt when it can be finished, while it is closing
 */
public record ChannelRecord(
        ChannelKey key,
        ChannelDomain domain,
        Side side,
        Optional<PeerId> peer,
        Bytes32 offerHash,
        TokenAmount deposit,
        TokenAmount claimed,
        long openedBlock,
        Status status,
        Optional<Instant> closesAt) {

    /** What has become of a channel. */
    public enum Status {
        /** Its opening is on its way. */
        OPENING,
        OPEN,
        /**
         * The payee has signed its end, so that it serves nobody through it any more; the chain
         * still has it open. Only the chain's end of it replaces this.
         */
        AGREED,
        /** The payer wants its rest back: what is not claimed by {@code closesAt} is lost. */
        CLOSING,
        CLOSED
    }

    public ChannelRecord {
        if (openedBlock < 0) {
            throw new IllegalArgumentException("no block: " + openedBlock);
        }
        if (closesAt.isPresent() != (status == Status.CLOSING)) {
            throw new IllegalArgumentException(
                    "a channel has a time of its end exactly while it is closing");
        }
    }

    /** The same after the payee has signed its end. */
    public ChannelRecord agreed() {
        return new ChannelRecord(
                key,
                domain,
                side,
                peer,
                offerHash,
                deposit,
                claimed,
                openedBlock,
                Status.AGREED,
                Optional.empty());
    }

    public ChannelId id() {
        return key.id(domain);
    }
}
