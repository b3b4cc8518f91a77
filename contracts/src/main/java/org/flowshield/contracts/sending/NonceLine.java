package org.flowshield.contracts.sending;

import java.util.TreeSet;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;

/**
 * The numbers of a wallet's transactions that are on their way. Pure; safe for use by any thread.
 */
final class NonceLine {

    /** Nodes keep 16 transactions of a wallet ready for blocks, and few more in all (geth). */
    static final int MAX_WAITING = 16;

    /** Guarded by this. */
    private final TreeSet<Long> waiting = new TreeSet<>();

    /** Numbers below this are used up, whatever a node that lags behind says; guarded by this. */
    private long floor;

    /**
     * Takes the next number: the first that neither the chain nor this line has given away. So a
     * number that was given back is used before later ones have to wait for it for ever.
     *
     * @param pending what the chain says is next
     */
    synchronized long take(long pending) throws RejectedException {
        if (waiting.size() >= MAX_WAITING) {
            throw new RejectedException(
                    Rejection.Kind.TOO_MANY_WAITING,
                    waiting.size()
                            + " transactions of the wallet wait for the chain already. Nothing"
                            + " was sent; wait until some of them are done");
        }
        long next = Math.max(pending, floor);
        while (waiting.contains(next)) {
            next++;
        }
        waiting.add(next);
        return next;
    }

    /** The number was not used: the chain refused the transaction. */
    synchronized void giveBack(long nonce) {
        waiting.remove(nonce);
    }

    /** The number is used up, by this transaction or another. */
    synchronized void done(long nonce) {
        waiting.remove(nonce);
        floor = Math.max(floor, nonce + 1);
    }
}
