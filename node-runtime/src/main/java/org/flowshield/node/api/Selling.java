package org.flowshield.node.api;

/**
 * What a node sells for, changed while it runs. What was chosen outlives a restart and goes before
 * the configuration. Safe for use by any thread; waits for the disk.
 */
public interface Selling {

    SellingStatus status();

    /**
     * Changes the offer: a price or a country holds for the next session, a payee or a limit when
     * the role is switched on the next time.
     *
     * @throws RefusedException if it can't be; then nothing has changed
     */
    SellingStatus offer(ProviderOffer change) throws RefusedException;
}
