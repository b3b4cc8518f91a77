package org.flowshield.node.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.ledger.SessionRecord.Metered;

/**
 * The durable record of money. What a method was told is on the disk when it returns, unless it
 * says otherwise; what it throws was not acknowledged. Concurrent calls share one flush of the
 * disk. Safe for use by any thread, virtual ones too; calls wait for the disk.
 *
 * <p>It keeps what it is told and does not judge it: signatures, terms and the deposit are checked
 * by who calls. It does keep vouchers in order and spending within its caps.
 */
public interface Ledger extends AutoCloseable {

    // ------------------------------------------------------------ channels

    /**
     * Records a channel, or what is newly known of it: the whole record replaces the one before,
     * but a channel whose end was signed is not open again.
     */
    void put(ChannelRecord channel) throws LedgerException;

    Optional<ChannelRecord> channel(ChannelId id, Side side) throws LedgerException;

    /** Every channel of a side that is not closed. */
    List<ChannelRecord> channels(Side side) throws LedgerException;

    // ------------------------------------------------------------ sessions

    /**
     * Begins a session in a recorded channel.
     *
     * @param peer who is at the other end
     * @param continued the session before a failover, with which this one shares its cap
     * @throws IllegalArgumentException if the channel or the session is not recorded
     */
    SessionId begin(
            ChannelId channel, Side side, Optional<PeerId> peer, Optional<SessionId> continued)
            throws LedgerException;

    /** Notes the meters of a session. On the disk with the next voucher, or the end. */
    void meter(SessionId session, Metered ours, Metered theirs) throws LedgerException;

    /** Ends a session. Of a session that is over already, only the first end counts. */
    void end(SessionId session, Metered ours, Metered theirs, String reason) throws LedgerException;

    Optional<SessionRecord> session(SessionId id) throws LedgerException;

    /** The latest sessions, the newest first. */
    List<SessionRecord> sessions(int limit) throws LedgerException;

    // ------------------------------------------------------------ vouchers

    /**
     * Records a voucher that was signed to this node, before service is given for it.
     *
     * @throws IllegalArgumentException if it is not of the session's channel, or the session one of
     *     a payer
     */
    Acceptance accept(SessionId session, SignedVoucher voucher) throws LedgerException;

    /**
     * Puts money within the caps aside, before a voucher is signed. Not on the disk: a reservation
     * whose voucher was not recorded is none after a restart.
     *
     * @param amount by which the voucher will promise more than the highest before it
     */
    SpendingDecision reserve(SessionId session, TokenAmount amount) throws LedgerException;

    /**
     * Records a voucher that this node signed, before it is sent. Uses up the reservation.
     *
     * @throws IllegalArgumentException if it is not of the session's channel, or promises more than
     *     was reserved
     */
    Acceptance record(Reservation reservation, SignedVoucher voucher) throws LedgerException;

    /** The highest voucher of a channel. */
    Optional<SignedVoucher> latest(ChannelId channel, Side side) throws LedgerException;

    // ------------------------------------------------------------ settlements

    /** Records a signed transaction, before it is handed in. */
    SettlementRecord begin(List<SettlementRecord.Part> parts, Sent transaction)
            throws LedgerException;

    /** Records what is newly known of a settlement: the whole record replaces the one before. */
    void put(SettlementRecord settlement) throws LedgerException;

    /** Every settlement whose end is not known, the oldest first. */
    List<SettlementRecord> unfinishedSettlements() throws LedgerException;

    /** The latest settlements, the newest first. */
    List<SettlementRecord> settlements(int limit) throws LedgerException;

    /** What was moved to the payee per UTC day, from one day to another, both included. */
    SortedMap<LocalDate, TokenAmount> settled(LocalDate from, LocalDate to) throws LedgerException;

    // ------------------------------------------------------------ sums

    SpendingCaps caps() throws LedgerException;

    /** Sets the caps. What is spent already counts against them. */
    void setCaps(SpendingCaps caps) throws LedgerException;

    /** What was spent in a session, and in the day and the month that it is. */
    Spending spending(SessionId session) throws LedgerException;

    /** What vouchers promised to a side per day, from one day to another, both included. */
    List<DailySum> daily(Side side, LocalDate from, LocalDate to) throws LedgerException;

    /** Lets go of the files. Idempotent. */
    @Override
    void close();
}
