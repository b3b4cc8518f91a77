package org.flowshield.node.treasury;

import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.ledger.ChannelRecord;

/** Asks payees to agree on the end of a channel. Any thread. */
@FunctionalInterface
public interface Agreements {

    /** What came of it. */
    sealed interface Answer {}

    /** What a payee has agreed to, and its signature. */
    record Agreement(CooperativeClose close, Signature byPayee) implements Answer {}

    /**
     * The payer has to close alone.
     *
     * @param why for people, without an end
     */
    record Alone(String why) implements Answer {}

    /**
     * Ends the session that uses the channel, if there is one, and asks its payee, over the
     * session's connection or a new one.
     */
    Answer ask(ChannelRecord channel) throws InterruptedException;
}
