package org.flowshield.node.settlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.ChannelState;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.Time;

/**
 * Watches a channel for a payee who may be away, with a copy of its last voucher, and redeems it
 * when the payer begins to close. Anybody can be one: the money always goes to the payee, the
 * watchtower pays the gas. Runs on a thread of the caller's, which it keeps waiting.
 */
public final class Watchtower {

    /** What it sees and does. */
    public sealed interface Sight {

        /** Nothing to do: the channel is open. */
        record Open(ChannelState state) implements Sight {}

        /** The payer has begun to close; the voucher is being redeemed. */
        record Closing(Instant closesAt, TokenAmount payable) implements Sight {}

        /** A transaction of the watchtower is in the chain. */
        record Redeemed(TransactionHash transaction) implements Sight {}

        /** It did not work this time and is tried again. */
        record Trouble(String what) implements Sight {}
    }

    /** How the watch ended. Immutable. */
    public sealed interface End {

        /** All that the voucher promises is the payee's. */
        record Paid(TokenAmount inAll) implements End {}

        /**
         * The channel is closed, and the payee has less than the voucher promises: it was redeemed
         * too late, or the deposit was smaller.
         */
        record Closed(TokenAmount missing) implements End {}

        /** There is no such channel at this contract. */
        record NoChannel() implements End {}
    }

    private final PaymentChannels channels;
    private final Sender sender;
    private final Duration every;
    private final Time time;

    /**
     * @param every how long between two looks: far less than the day that the payer must give
     */
    public Watchtower(PaymentChannels channels, Sender sender, Duration every, Time time) {
        this.channels = channels;
        this.sender = sender;
        this.every = every;
        this.time = time;
    }

    /** What is to be done about a channel now; pure. */
    private sealed interface Duty {

        record Wait() implements Duty {}

        record Redeem(Instant closesAt, TokenAmount payable) implements Duty {}

        record Over(End end) implements Duty {}

        static Duty of(Claimable claimable) {
            ChannelState state = claimable.state();
            TokenAmount promised = claimable.voucher().voucher().cumulative();
            boolean paid = state.claimed().compareTo(promised) >= 0;
            return switch (state.status()) {
                case NONE -> new Over(new End.NoChannel());
                case OPEN -> paid ? new Over(new End.Paid(state.claimed())) : new Wait();
                case CLOSING -> {
                    TokenAmount payable = claimable.payable();
                    Optional<Instant> closesAt = state.closesAt();
                    yield payable.isZero() || closesAt.isEmpty()
                            ? new Over(new End.Paid(state.claimed()))
                            : new Redeem(closesAt.get(), payable);
                }
                case CLOSED ->
                        new Over(
                                paid
                                        ? new End.Paid(state.claimed())
                                        : new End.Closed(promised.minus(state.claimed())));
            };
        }
    }

    /**
     * Watches until nothing more can come of the voucher, or the thread is interrupted.
     *
     * @throws RpcException if the way to the chain can't be believed
     */
    public End watch(VoucherFile voucher, Consumer<Sight> sights)
            throws RpcException, InterruptedException {
        while (true) {
            try {
                Optional<End> end = look(voucher, sights);
                if (end.isPresent()) {
                    return end.get();
                }
            } catch (RpcException e) {
                if (!e.passes()) {
                    throw e;
                }
                sights.accept(new Sight.Trouble(String.valueOf(e.getMessage())));
            } catch (RejectedException e) {
                sights.accept(new Sight.Trouble(e.rejection().message()));
            }
            time.pause(every);
        }
    }

    private Optional<End> look(VoucherFile file, Consumer<Sight> sights)
            throws RpcException, RejectedException, InterruptedException {
        Claimable claimable =
                new Claimable(
                        file.key(),
                        file.voucher(),
                        channels.channel(file.voucher().voucher().channel()));
        return switch (Duty.of(claimable)) {
            case Duty.Over(End end) -> Optional.of(end);
            case Duty.Wait _ -> {
                sights.accept(new Sight.Open(claimable.state()));
                yield Optional.empty();
            }
            case Duty.Redeem(Instant closesAt, TokenAmount payable) -> {
                sights.accept(new Sight.Closing(closesAt, payable));
                redeem(claimable, sights);
                yield look(file, sights);
            }
        };
    }

    private void redeem(Claimable claimable, Consumer<Sight> sights)
            throws RpcException, RejectedException, InterruptedException {
        Outcome outcome =
                sender.execute(channels.calls().claim(claimable.claim()), Progress.SILENT);
        switch (outcome) {
            case Outcome.Confirmed confirmed ->
                    sights.accept(new Sight.Redeemed(confirmed.sent().hash()));
            case Outcome.Reverted reverted -> throw new RejectedException(reverted.why());
            case Outcome.Replaced _ ->
                    sights.accept(new Sight.Trouble("another transaction of this key came first"));
            case Outcome.Unknown unknown -> sights.accept(new Sight.Trouble(unknown.message()));
        }
    }
}
