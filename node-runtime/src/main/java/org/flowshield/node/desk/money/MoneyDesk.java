package org.flowshield.node.desk.money;

import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.wallet.history.HistoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * A wallet's money on a network. Reading needs no password; what is sent needs the wallet unlocked,
 * is proposed to the person first, kept on the disk before it is handed in, and followed until it
 * is confirmed: minutes perhaps. Safe for use by any thread; all but the checks wait for the chain
 * and are meant for virtual threads. Interrupted while it waits for the chain, a transaction goes
 * its way and stands in the history.
 *
 * <p>Before something is signed, trouble is a {@link DeskException}: {@code rpc_...}, {@code
 * rejected_...} (the chain says that it would fail, or the gas can't be paid), {@code
 * wallet_locked}, {@code above_balance}. After that it is an {@link Ending}.
 */
public interface MoneyDesk {

    /** The network's name, its chain, its coin and its contracts. Does not wait. */
    Network network();

    Balances balances(EvmAddress account) throws DeskException, InterruptedException;

    /**
     * The purse of an account.
     *
     * @param signer whose rights are asked for; null for nobody's
     */
    Purse purse(EvmAddress owner, @Nullable EvmAddress signer)
            throws DeskException, InterruptedException;

    /** Whether money can be sent to what is typed. Does not wait. */
    AddressCheck checkReceiver(String typed);

    /** What a payment would cost beside itself, now. */
    GasFee fee(Payment payment) throws DeskException, InterruptedException;

    /** The most of the chain's coin that can be sent, now; zero if the fee leaves nothing. */
    Wei mostGas(EvmAddress from, EvmAddress to) throws DeskException, InterruptedException;

    /** Sends FLOW or the chain's coin. */
    Ending send(Payment payment, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * Puts FLOW of an account into its purse: a permit and a transaction, in a {@link
     * org.flowshield.node.desk.transaction.Plan} of both.
     */
    Ending deposit(EvmAddress owner, TokenAmount amount, Conversation conversation)
            throws DeskException, InterruptedException;

    /** Takes FLOW out of the purse. */
    Ending withdraw(EvmAddress owner, EvmAddress to, TokenAmount amount, Conversation conversation)
            throws DeskException, InterruptedException;

    /** Lets a signer pay from the purse within caps, which replace those that it had. */
    Ending authorise(EvmAddress owner, EvmAddress signer, Caps caps, Conversation conversation)
            throws DeskException, InterruptedException;

    /** Takes that away; what is locked in channels stays there until they are closed. */
    Ending revoke(EvmAddress owner, EvmAddress signer, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * All that has to happen before a daemon can pay: the purse is filled and the daemon's signer
     * authorised. What is so already is left out: the deposit if the purse has as much, the
     * authorisation if it has these caps and so much is left of them.
     */
    Ending fund(
            EvmAddress owner,
            TokenAmount amount,
            EvmAddress signer,
            Caps caps,
            Conversation conversation)
            throws DeskException, InterruptedException;

    /** Lets a provider's node close channels that pay the account, or takes that away. */
    Ending operator(
            EvmAddress payee, EvmAddress operator, boolean allowed, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * Offers more gas for a transaction that waits.
     *
     * @throws DeskException also {@code no_such_transaction}, {@code not_waiting}, {@code not_kept}
     */
    Ending speedUp(TransactionHash transaction, Conversation conversation)
            throws DeskException, InterruptedException;

    /** Takes its place with a payment of nothing to oneself. The same is thrown. */
    Ending cancel(TransactionHash transaction, Conversation conversation)
            throws DeskException, InterruptedException;

    /**
     * What an account sent and received, oldest first, with what became of it; {@link
     * org.flowshield.node.wallet.history.HistoryCsv} makes a table of it.
     *
     * @param sinceBlock from which on the chain is searched; null for the last two weeks or so
     */
    List<HistoryEntry> history(EvmAddress account, @Nullable Long sinceBlock)
            throws DeskException, InterruptedException;
}
