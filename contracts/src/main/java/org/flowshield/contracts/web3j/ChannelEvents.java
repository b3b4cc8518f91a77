package org.flowshield.contracts.web3j;

import static org.flowshield.contracts.generated.PaymentChannels.*;

import java.util.stream.Stream;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.ChannelEvent;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.rpc.Answers;
import org.web3j.protocol.core.methods.response.Log;

/** Reads the events of the channels contract. Pure. */
final class ChannelEvents {

    static final Bytes32 OPENED = Wrapped.name(OPENED_EVENT);
    private static final Bytes32 TOPPED_UP = Wrapped.name(TOPPEDUP_EVENT);
    private static final Bytes32 CLAIMED = Wrapped.name(CLAIMED_EVENT);
    private static final Bytes32 CLAIM_SKIPPED = Wrapped.name(CLAIMSKIPPED_EVENT);
    private static final Bytes32 CLOSING = Wrapped.name(CLOSING_EVENT);
    private static final Bytes32 CLOSED = Wrapped.name(CLOSED_EVENT);
    private static final Bytes32 DEPOSITED = Wrapped.name(PURSEDEPOSITED_EVENT);
    private static final Bytes32 WITHDRAWN = Wrapped.name(PURSEWITHDRAWN_EVENT);
    private static final Bytes32 AUTHORISED = Wrapped.name(SIGNERAUTHORISED_EVENT);
    private static final Bytes32 OPERATOR_SET = Wrapped.name(OPERATORSET_EVENT);
    private static final Bytes32 RELAYER_PAID = Wrapped.name(RELAYERPAID_EVENT);

    /** Their first indexed field is the channel's id. */
    static final Bytes32[] OF_CHANNELS = {
        OPENED, TOPPED_UP, CLAIMED, CLAIM_SKIPPED, CLOSING, CLOSED
    };

    /** Their first indexed field is the purse's owner. */
    static final Bytes32[] OF_PURSES = {DEPOSITED, WITHDRAWN, AUTHORISED, RELAYER_PAID};

    static final Bytes32[] ALL =
            Stream.of(OF_CHANNELS, OF_PURSES, new Bytes32[] {OPERATOR_SET})
                    .flatMap(Stream::of)
                    .toArray(Bytes32[]::new);

    private ChannelEvents() {}

    static ChannelEvent read(Bytes32 name, Log log, org.flowshield.contracts.chain.Log where)
            throws RpcException {
        if (name.equals(OPENED)) {
            return opened(log, where);
        }
        if (name.equals(TOPPED_UP)) {
            var e = getToppedUpEventFromLog(log);
            return new ChannelEvent.ToppedUp(
                    id(e.id), Wrapped.amount(e.amount), Wrapped.amount(e.deposit), where);
        }
        if (name.equals(CLAIMED)) {
            var e = getClaimedEventFromLog(log);
            return new ChannelEvent.Claimed(
                    id(e.id),
                    Wrapped.address(e.payee),
                    Wrapped.amount(e.amount),
                    Wrapped.amount(e.cumulative),
                    where);
        }
        if (name.equals(CLAIM_SKIPPED)) {
            return new ChannelEvent.ClaimSkipped(id(getClaimSkippedEventFromLog(log).id), where);
        }
        if (name.equals(CLOSING)) {
            var e = getClosingEventFromLog(log);
            return new ChannelEvent.Closing(id(e.id), Wrapped.time(e.closesAt), where);
        }
        if (name.equals(CLOSED)) {
            var e = getClosedEventFromLog(log);
            return new ChannelEvent.Closed(
                    id(e.id), Wrapped.amount(e.paid), Wrapped.amount(e.refunded), where);
        }
        return readOfPurse(name, log, where);
    }

    private static ChannelEvent readOfPurse(
            Bytes32 name, Log log, org.flowshield.contracts.chain.Log where) throws RpcException {
        if (name.equals(DEPOSITED)) {
            var e = getPurseDepositedEventFromLog(log);
            return new ChannelEvent.PurseDeposited(
                    Wrapped.address(e.owner),
                    Wrapped.address(e.from),
                    Wrapped.amount(e.amount),
                    where);
        }
        if (name.equals(WITHDRAWN)) {
            var e = getPurseWithdrawnEventFromLog(log);
            return new ChannelEvent.PurseWithdrawn(
                    Wrapped.address(e.owner),
                    Wrapped.address(e.to),
                    Wrapped.amount(e.amount),
                    where);
        }
        if (name.equals(AUTHORISED)) {
            var e = getSignerAuthorisedEventFromLog(log);
            Caps caps =
                    new Caps(
                            Wrapped.amount(e.total),
                            Wrapped.amount(e.perPayee),
                            Wrapped.time(e.expiry));
            return new ChannelEvent.SignerAuthorised(
                    Wrapped.address(e.owner), Wrapped.address(e.signer), caps, where);
        }
        if (name.equals(OPERATOR_SET)) {
            var e = getOperatorSetEventFromLog(log);
            return new ChannelEvent.OperatorSet(
                    Wrapped.address(e.payee), Wrapped.address(e.operator), e.allowed, where);
        }
        if (name.equals(RELAYER_PAID)) {
            var e = getRelayerPaidEventFromLog(log);
            return new ChannelEvent.RelayerPaid(
                    Wrapped.address(e.payer),
                    Wrapped.address(e.relayer),
                    Wrapped.amount(e.fee),
                    where);
        }
        throw Answers.malformed("event's name", null);
    }

    static ChannelEvent.Opened opened(Log log, org.flowshield.contracts.chain.Log where)
            throws RpcException {
        var e = getOpenedEventFromLog(log);
        ChannelKey key =
                new ChannelKey(
                        Wrapped.address(e.payer),
                        Wrapped.address(e.payee),
                        Wrapped.address(e.signer),
                        Wrapped.word(e.salt));
        return new ChannelEvent.Opened(
                id(e.id), key, Wrapped.amount(e.amount), Wrapped.word(e.offerHash), where);
    }

    private static ChannelId id(byte[] id) throws RpcException {
        return new ChannelId(Wrapped.word(id));
    }
}
