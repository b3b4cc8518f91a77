package org.flowshield.node.cli.serve;

import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.ChannelCalls;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.registry.IdentityRegistry;
import org.flowshield.contracts.registry.ProviderRegistry;
import org.flowshield.contracts.registry.RegistryOrder;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.Sent;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.contracts.token.SignedPermit;
import org.flowshield.node.payment.channel.ChainException;
import org.flowshield.node.payment.relay.CarriedOrder;
import org.flowshield.node.payment.relay.Carrier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries clients' orders with the operator's gas, and sees to each until it is done. */
final class RelayCarrier implements Carrier {

    private static final Logger LOG = LoggerFactory.getLogger(RelayCarrier.class);

    private final ChannelCalls calls;
    private final IdentityRegistry identities;
    private final ProviderRegistry providers;
    private final Sender sender;

    RelayCarrier(
            ChannelCalls calls,
            IdentityRegistry identities,
            ProviderRegistry providers,
            Sender sender) {
        this.calls = calls;
        this.identities = identities;
        this.providers = providers;
        this.sender = sender;
    }

    @Override
    public TransactionHash carry(CarriedOrder order, TokenAmount fee, Ending ending)
            throws ChainException {
        try {
            Sent sent = sender.sign(sender.preview(call(order, fee)));
            submit(sent);
            Thread _ = Thread.ofVirtual().name("relayed-order").start(() -> await(sent, ending));
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

    /** What may have arrived is waited for, which hands it in again if it has not. */
    private void submit(Sent sent) throws RpcException, RejectedException {
        try {
            sender.submit(sent);
        } catch (RpcException e) {
            if (!e.passes()) {
                throw e;
            }
            LOG.info("a client's order may not have arrived: {}", e.getMessage());
        }
    }

    private Call call(CarriedOrder order, TokenAmount fee) {
        return switch (order) {
            case CarriedOrder.OfChannel channel ->
                    calls.carry(channel.channel(), channel.order(), channel.signature(), fee);
            case CarriedOrder.OfPurse purse ->
                    calls.carry(purse.order(), purse.signature(), fee, purse.permit().orElse(null));
            case CarriedOrder.OfNode node ->
                    call(node.order(), node.signature(), fee, node.permit().orElse(null));
        };
    }

    private Call call(
            RegistryOrder order,
            Signature signature,
            TokenAmount fee,
            @Nullable SignedPermit permit) {
        return switch (order) {
            case RegistryOrder.Bind bind ->
                    identities.bindFor(
                            bind.wallet(),
                            bind.nodeKey(),
                            bind.proof(),
                            bind.roles(),
                            bind.terms(),
                            fee,
                            signature,
                            permit);
            case RegistryOrder.Revoke revoke ->
                    identities.revokeFor(
                            revoke.wallet(),
                            revoke.nodeKey(),
                            revoke.terms(),
                            fee,
                            signature,
                            permit);
            case RegistryOrder.Register register ->
                    providers.registerFor(
                            register.wallet(),
                            register.nodeKey(),
                            register.descriptionHash(),
                            register.uri(),
                            register.nonce(),
                            register.terms(),
                            fee,
                            signature,
                            permit);
        };
    }

    /** Its number stays taken until then. */
    private void await(Sent sent, Ending ending) {
        boolean inVain = true;
        try {
            Outcome outcome = sender.await(sent, Progress.SILENT);
            inVain = !(outcome instanceof Outcome.Confirmed);
            if (inVain) {
                LOG.warn("a client's order was carried in vain: {}", sent.hash());
            }
        } catch (RpcException e) {
            LOG.warn("a client's order is on its way and can't be followed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        } finally {
            ending.ended(inVain);
        }
    }
}
