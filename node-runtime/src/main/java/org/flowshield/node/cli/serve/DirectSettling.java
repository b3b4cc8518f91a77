package org.flowshield.node.cli.serve;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.PaymentChannels;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Claim;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.treasury.Settling;

/** Stand-in. */
final class DirectSettling implements Settling {

    private final Ledger ledger;
    private final PaymentChannels channels;
    private final Sender sender;

    DirectSettling(Ledger ledger, PaymentChannels channels, Sender sender) {
        this.ledger = ledger;
        this.channels = channels;
        this.sender = sender;
    }

    @Override
    public List<Settlement> settle() throws RefusedException, LedgerException, InterruptedException {
        List<Settlement> done = new ArrayList<>();
        try {
            for (ChannelRecord channel : ledger.channels(Side.PAYEE)) {
                Optional<SignedVoucher> last = ledger.latest(channel.id(), Side.PAYEE);
                TokenAmount claimed = channels.channel(channel.id()).claimed();
                if (last.isPresent()
                        && last.get().voucher().cumulative().isMoreThan(claimed)) {
                    Outcome outcome =
                            sender.execute(
                                    channels.calls().claim(new Claim(channel.key(), last.get())),
                                    Progress.SILENT);
                    done.add(
                            new Settlement(
                                    channel.id(),
                                    last.get().voucher().cumulative().minus(claimed),
                                    outcome.sent().hash(),
                                    outcome instanceof Outcome.Confirmed
                                            ? Settlement.State.SETTLED
                                            : Settlement.State.FAILED,
                                    null));
                }
            }
        } catch (RpcException | RejectedException e) {
            throw new IllegalStateException(e);
        }
        return done;
    }

    @Override
    public TokenAmount settled() throws LedgerException {
        return ledger.channels(Side.PAYEE).stream()
                .map(ChannelRecord::claimed)
                .reduce(TokenAmount.ZERO, TokenAmount::plus);
    }

    @Override
    public Map<LocalDate, TokenAmount> settled(LocalDate from, LocalDate to) {
        return Map.of();
    }
}
