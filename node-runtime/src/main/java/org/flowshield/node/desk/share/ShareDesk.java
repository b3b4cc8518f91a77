package org.flowshield.node.desk.share;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.jspecify.annotations.Nullable;

/**
 * Selling this machine's bandwidth: the wallet's stake and entry in the market, the node's binding,
 * the daemon's offer and role, put together. Safe for use by any thread; waits for daemon and
 * chain: meant for virtual threads. Each verb looks first what is done already: whoever is
 * interrupted begins again.
 *
 * <p>Throws what {@link org.flowshield.node.desk.identity.IdentityDesk} does.
 */
public interface ShareDesk {

    /**
     * What is missing, for {@link #on} to be explained. Does nothing.
     *
     * @param stake how much is to be staked; null for what the market asks for
     * @throws DeskException also {@code stake_too_small}, {@code jailed}
     */
    ShareLook look(EvmAddress wallet, @Nullable TokenAmount stake)
            throws DeskException, InterruptedException;

    ShareStanding standing(EvmAddress wallet) throws DeskException, InterruptedException;

    /**
     * Stakes what is missing, takes the node as the wallet's own, enters the market, tells the
     * daemon the offer and switches the provider role on; each only if it is not done yet. The
     * conversation is asked for the plan first.
     *
     * @throws DeskException also {@code above_balance}, {@code no_gas}
     */
    Shared on(ShareOrder order, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * Stops selling, until the schedule begins the next time if there is one; the stake stays
     * staked. Needs the daemon alone.
     */
    RoleStatus off() throws DeskException, InterruptedException;

    /**
     * Asks for stake back. Where less than the market asks for would be left, the wallet leaves the
     * market first.
     *
     * @param amount null for all
     * @throws DeskException also {@code no_stake}
     */
    Ending unstake(EvmAddress wallet, @Nullable TokenAmount amount, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * Has stake paid out that was asked for long enough ago.
     *
     * @throws DeskException also {@code nothing_asked_for}, {@code too_early}
     */
    Ending withdraw(EvmAddress wallet, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * The same desk for a wallet that has staked and has no gas: {@link #on} has a provider carry
     * the binding and the entry in the market, for a fee in FLOW. What takes gas all the same is
     * refused with {@code no_gas}, before anything is done. See {@link
     * org.flowshield.node.desk.identity.IdentityDesk#carriedBy}.
     *
     * @param provider who carries: its multiaddr, or its peer id, which the daemon finds; null for
     *     whom the daemon finds
     */
    ShareDesk carriedBy(@Nullable String provider);
}
