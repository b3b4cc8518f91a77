package org.flowshield.node.treasury;

import java.util.Optional;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.ledger.ChannelRecord;

/** Asks payees to agree on the end of a channel. Any thread. */
@FunctionalInterface
public interface Agreements {

    /** What a payee has agreed to, and its signature. */
    record Agreement(CooperativeClose close, Signature byPayee) {}

    /**
     * Ends the session that uses the channel, if there is one, and asks its payee.
     *
     * @return empty if nobody can be asked, or does not answer in time
     */
    Optional<Agreement> ask(ChannelRecord channel) throws InterruptedException;
}
