package org.flowshield.node.treasury;

import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RefusedException;
import org.flowshield.node.api.RefusedException.Kind;
import org.flowshield.node.payment.channel.ChainException;

/** Says in people's words why the chain did not do something, and what that means for the money. */
final class ChainFailure {

    private ChainFailure() {}

    /** The way to the chain is in trouble; nothing was sent. */
    static RefusedException of(RpcException cause) {
        return new RefusedException(Kind.FAILED, problem(cause), cause);
    }

    static Problem problem(RpcException cause) {
        String message = String.valueOf(cause.getMessage());
        return switch (cause.kind()) {
            case UNREACHABLE, TIMEOUT, LIMITED ->
                    new Problem(
                            "chain_unreachable",
                            "the chain can't be reached: "
                                    + message
                                    + "; no money has moved, and sessions in open channels go on",
                            "check the network, or another RPC in the network file; what was asked"
                                    + " for can be tried again later");
            case STALE ->
                    new Problem(
                            "chain_stale",
                            "the RPC lags behind the chain: "
                                    + message
                                    + "; no money has moved, no channel is opened or filled, and"
                                    + " sessions in open channels go on",
                            "wait, or use another RPC in the network file; if this machine's clock"
                                    + " is wrong, set it");
            case WRONG_CHAIN ->
                    new Problem(
                            "wrong_chain",
                            "the RPC belongs to another chain: " + message + "; no money has moved",
                            "correct chain-id or rpc in the network file and restart the daemon;"
                                    + " where RPCs were chosen, go back with 'flowshield network"
                                    + " --rpc network'");
            case LYING, MALFORMED ->
                    new Problem(
                            "chain_not_believed",
                            "what the RPC says can't be true: " + message + "; no money has moved",
                            "use another RPC in the network file and restart the daemon");
        };
    }

    /**
     * The chain would not do it; nothing was sent.
     *
     * @param sender who would have paid the gas
     */
    static RefusedException of(RejectedException cause, EvmAddress sender) {
        return new RefusedException(Kind.REFUSED, problem(cause.rejection(), sender), cause);
    }

    private static Problem problem(Rejection rejection, EvmAddress sender) {
        return switch (rejection.kind()) {
            case GAS_COIN_MISSING ->
                    new Problem(
                            "no_gas",
                            rejection.message(),
                            "send a little of the gas coin to this node's operator key " + sender);
            case NO_CONTRACT ->
                    new Problem(
                            "wrong_network_file",
                            rejection.message(),
                            "correct the network file and restart the daemon");
            case TOO_DEAR -> new Problem("gas_too_dear", rejection.message(), "try again later");
            case CONTRACT, NONCE_USED, NONCE_GAP, TOO_MANY_WAITING, REPLACEMENT_FEE, OTHER ->
                    new Problem(
                            "chain_refused",
                            rejection.message(),
                            "see the message; 'flowshield status' shows purse and authorisation");
        };
    }

    /** The same as sessions tell it. */
    static RefusedException of(ChainException cause) {
        if (cause.getCause() instanceof RefusedException refused) {
            return refused;
        }
        String message = String.valueOf(cause.getMessage());
        return switch (cause.reason()) {
            case UNREACHABLE ->
                    new RefusedException(
                            Kind.FAILED,
                            new Problem(
                                    "chain_unreachable",
                                    "the chain can't be reached: " + message,
                                    "try again later; see: flowshield status"),
                            cause);
            case REJECTED ->
                    new RefusedException(
                            Kind.REFUSED,
                            new Problem(
                                    "channel_not_opened",
                                    message,
                                    "see purse and authorisation: flowshield status"),
                            cause);
            case UNKNOWN ->
                    new RefusedException(
                            Kind.FAILED,
                            new Problem(
                                    "not_known_yet",
                                    message,
                                    "look again in some minutes: flowshield channel list"),
                            cause);
        };
    }

    /** What sessions are told of a refusal. */
    static ChainException forSessions(RefusedException cause) {
        ChainException.Reason reason =
                switch (cause.problem().code()) {
                    case "chain_unreachable", "chain_stale", "wrong_chain", "chain_not_believed" ->
                            ChainException.Reason.UNREACHABLE;
                    case "not_known_yet" -> ChainException.Reason.UNKNOWN;
                    default -> ChainException.Reason.REJECTED;
                };
        return new ChainException(reason, cause.getMessage(), cause);
    }

    /** It was sent and is not what was wanted, or nobody knows yet. */
    static RefusedException of(Outcome outcome, EvmAddress sender) {
        return switch (outcome) {
            case Outcome.Confirmed _ -> throw new IllegalArgumentException("that is no failure");
            case Outcome.Reverted(_, _, Rejection why) ->
                    new RefusedException(Kind.FAILED, problem(why, sender));
            case Outcome.Replaced(var sent) ->
                    new RefusedException(
                            Kind.FAILED,
                            new Problem(
                                    "replaced",
                                    "another transaction of this node's operator key took the place"
                                            + " of "
                                            + sent.hash()
                                            + ": it will not happen",
                                    "use the key "
                                            + sender
                                            + " in this node alone, and try again"));
            case Outcome.Unknown(_, String message, _) ->
                    new RefusedException(
                            Kind.FAILED,
                            new Problem(
                                    "not_known_yet",
                                    message,
                                    "look again in some minutes: flowshield channel list"));
        };
    }
}
