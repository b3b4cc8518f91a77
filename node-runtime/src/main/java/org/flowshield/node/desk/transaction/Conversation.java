package org.flowshield.node.desk.transaction;

import org.flowshield.node.desk.DeskException;

/**
 * The person's side of what is done: a prompt of the command line, a dialog of the app. Called on
 * the thread that does it, one call at a time; while it waits for an answer, nothing is reserved
 * but the number of the transaction, for a quarter of an hour.
 */
public interface Conversation {

    /**
     * Called before anything is asked of the chain for somebody to agree to.
     *
     * @throws DeskException if nobody is there who could
     */
    default void requireSomebody() throws DeskException {}

    /**
     * Whether what takes several steps is to begin. Called once, before the first of them; each
     * signature is proposed all the same.
     */
    boolean begins(Plan plan) throws DeskException;

    /** Whether this is to be signed. */
    boolean agrees(Proposal proposal) throws DeskException;

    /** What happens meanwhile; must not wait for an answer. */
    void tell(Step step);
}
