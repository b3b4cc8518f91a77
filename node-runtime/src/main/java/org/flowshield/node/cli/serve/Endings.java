package org.flowshield.node.cli.serve;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.CooperativeClose;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.libp2p.multiaddr.Multiaddr;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.ledger.Ledger;
import org.flowshield.node.ledger.LedgerException;
import org.flowshield.node.ledger.Side;
import org.flowshield.node.payment.CloseProof;
import org.flowshield.node.payment.channel.SessionSigner;
import org.flowshield.node.payment.session.PaidSessions;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Close;
import org.flowshield.node.payment.wire.PaymentMessage.CloseOrder;
import org.flowshield.node.payment.wire.PaymentMessage.Refused;
import org.flowshield.node.treasury.Agreements;
import org.flowshield.node.treasury.Treasury;
import org.jspecify.annotations.Nullable;

/**
 * Agrees with providers on the end of channels: in the session that uses one, which ends with the
 * tunnel, or over a connection of its own.
 *
 * @param sessions of the client; none without a wallet
 * @param disconnect ends the tunnel
 * @param treasury knows where payees were reached
 * @param dial asks them
 * @param named addresses of providers that the operator has named
 */
record Endings(
        AtomicReference<@Nullable PaidSessions> sessions,
        AtomicReference<Runnable> disconnect,
        AtomicReference<@Nullable Treasury> treasury,
        OfferDial dial,
        SessionSigner signer,
        Ledger ledger,
        List<Multiaddr> named)
        implements Agreements {

    @Override
    public Answer ask(ChannelRecord channel) throws InterruptedException {
        PaidSessions paid = sessions.get();
        if (paid != null && paid.uses(channel.id())) {
            Optional<Close> close = paid.close(channel.id());
            disconnect.get().run();
            if (close.isPresent()) {
                return agreement(channel, close.orElseThrow());
            }
        }
        Optional<String> address = address(channel);
        if (address.isEmpty()) {
            return new Alone(
                    "it is not known where the provider is reached (flowshield quote ADDRESS tells"
                            + " this node)");
        }
        try {
            return asked(channel, address.orElseThrow());
        } catch (RefusedException e) {
            return new Alone("the provider was not reached: " + e.problem().message());
        } catch (LedgerException e) {
            return new Alone("the ledger does not tell what was paid: " + e.getMessage());
        }
    }

    private Answer asked(ChannelRecord channel, String address)
            throws RefusedException, LedgerException, InterruptedException {
        Optional<SignedVoucher> last = ledger.latest(channel.id(), Side.PAYER);
        TokenAmount paid =
                last.map(voucher -> voucher.voucher().cumulative())
                        .orElse(TokenAmount.ZERO)
                        .max(channel.claimed());
        PaymentMessage answer =
                dial.close(
                        address,
                        nodeKey ->
                                new CloseOrder(
                                        channel.key(), paid, proof(channel, nodeKey, paid), last));
        return switch (answer) {
            case Close close -> agreement(channel, close);
            case Refused refused ->
                    new Alone(
                            "the provider does not agree: "
                                    + refused.reason().words()
                                    + " ("
                                    + refused.detail()
                                    + ")");
            default -> throw new IllegalStateException("no answer to an order: " + answer);
        };
    }

    private org.flowshield.contracts.signing.Signature proof(
            ChannelRecord channel, Bytes32 nodeKey, TokenAmount paid) {
        return signer.sign(CloseProof.digest(channel.id(), nodeKey, paid));
    }

    private static Agreement agreement(ChannelRecord channel, Close close) {
        return new Agreement(
                new CooperativeClose(channel.id(), close.finalAmount()), close.byPayee());
    }

    private Optional<String> address(ChannelRecord channel) {
        Treasury known = treasury.get();
        Optional<String> reached =
                known == null ? Optional.empty() : known.addressOf(channel.key().payee());
        return reached.or(
                () ->
                        named.stream()
                                .filter(address -> address.peerId().isPresent())
                                .filter(address -> address.peerId().equals(channel.peer()))
                                .map(Multiaddr::toString)
                                .findFirst());
    }
}
