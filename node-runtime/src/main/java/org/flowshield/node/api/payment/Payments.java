package org.flowshield.node.api.payment;

import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.RefusedException;

/**
 * What a node does with money when it is asked to. Safe for use by any thread; all but {@link
 * #status} may wait for the disk, a peer or the chain, and are meant for virtual threads.
 */
public interface Payments {

    /** Most days that are told at once. */
    int MAX_DAYS = 366;

    /** How it stands; does not wait. */
    PaymentStatus status();

    /**
     * Asks a provider what it serves for.
     *
     * @param provider its multiaddr
     */
    Quote quote(String provider) throws RefusedException, InterruptedException;

    /** All channels that are not closed, of both sides. */
    List<ChannelStatus> channels() throws RefusedException, InterruptedException;

    /** Opens a channel; returns when the chain has it. */
    ChannelStatus open(ChannelOpening opening) throws RefusedException, InterruptedException;

    /** Puts more money into a channel; returns when the chain has it. Sessions go on meanwhile. */
    ChannelStatus topUp(ChannelId channel, TokenAmount amount)
            throws RefusedException, InterruptedException;

    /** Closes a channel: in agreement with its payee where that answers, else alone. */
    ChannelClosing close(ChannelId channel) throws RefusedException, InterruptedException;

    /**
     * What was earned.
     *
     * @param days how many are told one by one, today included; 1 to {@link #MAX_DAYS}
     */
    Earnings earnings(int days) throws RefusedException, InterruptedException;

    /** Claims on the chain what was earned; one entry for each channel that had something. */
    List<Settlement> settle() throws RefusedException, InterruptedException;

    /** What was spent, and the caps. */
    Spending spending() throws RefusedException, InterruptedException;

    /** Changes the caps; they hold at once and after a restart. */
    Spending cap(SpendingCaps caps) throws RefusedException, InterruptedException;

    /**
     * Pays from that wallet's purse, from the next session on and after a restart, whatever the
     * configuration says. What may be spent is what the wallet has authorised the {@linkplain
     * PaymentStatus#signer signer} to.
     */
    PaymentStatus payFrom(EvmAddress wallet) throws RefusedException, InterruptedException;
}
