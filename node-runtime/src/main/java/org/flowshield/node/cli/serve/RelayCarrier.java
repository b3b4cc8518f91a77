package org.flowshield.node.cli.serve;

import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.ChannelCalls;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.flowshield.node.payment.relay.Carrier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries clients' orders with the operator's gas, and sees to each until it is done. */
final class RelayCarrier implements Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(RelayCarrier.class);

    private final ChannelCalls calls;
    private final Sender sender;

    RelayCarrier(ChannelCalls calls, Sender sender) {
        this.calls = calls;
        this.sender = sender;
    }

    @Override
    public TransactionHash carry(CarriedOrder order, TokenAmount fee) throws ChainException {
        try {
            Sent sent = sender.send(call(order, fee));
            Thread _ = Thread.ofVirtual().name("relayed-order").start(() -> await(sent));
            return sent.hash();
        } catch (RejectedException e) {
            boolean theirs = e.rejection().kind() == Rejection.Kind.CONTRACT;
            throw new ChainException(
                    theirs ? ChainException.Reason.REJECTED : ChainException.Reason.UNREACHABLE,
                    theirs ? e.rejection().message() : "this provider can't carry it now",
                    e);
        } catch (RpcException e) {
            throw new ChainException(
                    ChainException.Reason.UNREACHABLE, "this provider can't reach the chain", e);
        }
    }

    private Call call(CarriedOrder order, TokenAmount fee) {
        return switch (order) {
            case CarriedOrder.OfChannel channel ->
                    calls.carry(channel.channel(), channel.order(), channel.signature(), fee);
            case CarriedOrder.OfPurse purse ->
                    calls.carry(purse.order(), purse.signature(), fee, purse.permit().orElse(null));
        };
    }

    /** Its number stays taken until then. */
    private void await(Sent sent) {
        try {
            Outcome outcome = sender.await(sent, Progress.SILENT);
            if (!(outcome instanceof Outcome.Confirmed)) {
                LOG.warn("a client's order was carried in vain: {}", sent.hash());
            }
        } catch (RpcException e) {
            LOG.warn("a client's order is on its way and can't be followed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }
}
