package org.flowshield.contracts.rpc;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.Response;
import org.web3j.utils.Numeric;

/**
 * Tells what a node's error means: the chain refuses, or the node is in trouble. Nodes agree on few
 * codes, so their words count as well. Pure.
 */
final class NodeErrors {

    private static final int REVERTED = 3;
    private static final int LIMIT_EXCEEDED = -32005;

    /** Codes of JSON-RPC under which nodes put what is wrong with a transaction (EIP-1474). */
    private static final List<Integer> TRANSACTION_CODES = List.of(-32000, -32003, -32010, -32602);

    /** A node's words are shown at most so far. */
    private static final int MAX_WORDS = 200;

    /** An error's data are words of 32 bytes; nobody needs more of them than this. */
    private static final int MAX_DATA_DIGITS = 2 * 4096;

    private static final Pattern HEX = Pattern.compile("0x((?:[0-9a-fA-F]{2})*)");

    private static final List<String> LIMITS =
            List.of("rate limit", "too many requests", "limit exceeded", "quota", "capacity");

    private static final List<String> KNOWN_ALREADY =
            List.of("already known", "already imported", "already in pool", "known transaction");

    /** What nodes say of transactions, and what it is; the first that fits counts. */
    private static final List<Map.Entry<String, Rejection.Kind>> SAYINGS =
            List.of(
                    Map.entry("nonce too low", Rejection.Kind.NONCE_USED),
                    Map.entry("nonce is too low", Rejection.Kind.NONCE_USED),
                    Map.entry("nonce too high", Rejection.Kind.NONCE_GAP),
                    Map.entry("nonce gap", Rejection.Kind.NONCE_GAP),
                    Map.entry("insufficient funds", Rejection.Kind.GAS_COIN_MISSING),
                    Map.entry("replacement transaction", Rejection.Kind.REPLACEMENT_FEE),
                    Map.entry("underpriced", Rejection.Kind.TOO_DEAR),
                    Map.entry("less than block base fee", Rejection.Kind.TOO_DEAR),
                    Map.entry("fee cap", Rejection.Kind.TOO_DEAR),
                    Map.entry("too many pending", Rejection.Kind.TOO_MANY_WAITING),
                    Map.entry("txpool is full", Rejection.Kind.TOO_MANY_WAITING));

    private NodeErrors() {}

    static boolean knownAlready(Response.Error error) {
        return saysOneOf(error, KNOWN_ALREADY);
    }

    /** The contract's refusal, if it is one: for calls and estimates. */
    static Optional<Rejection> refusalOfCall(Response.Error error) {
        boolean reverted = error.getCode() == REVERTED || says(error, "revert");
        if (reverted) {
            return Optional.of(ContractErrors.rejection(data(error)));
        }
        if (says(error, "insufficient funds")) {
            return Optional.of(rejection(Rejection.Kind.GAS_COIN_MISSING, error));
        }
        return Optional.empty();
    }

    /** The chain's refusal, if it is one: for transactions. */
    static Optional<Rejection> refusalOfTransaction(Response.Error error) {
        if (isLimit(error) || says(error, "chain id")) {
            return Optional.empty();
        }
        for (Map.Entry<String, Rejection.Kind> saying : SAYINGS) {
            if (says(error, saying.getKey())) {
                return Optional.of(rejection(saying.getValue(), error));
            }
        }
        Optional<Rejection> byContract = refusalOfCall(error);
        if (byContract.isPresent()) {
            return byContract;
        }
        return TRANSACTION_CODES.contains(error.getCode())
                ? Optional.of(rejection(Rejection.Kind.OTHER, error))
                : Optional.empty();
    }

    /** The node's trouble. */
    static RpcException trouble(String method, Response.Error error) {
        if (isLimit(error)) {
            return new RpcException(
                    RpcException.Kind.LIMITED,
                    "the RPC is asked too much of: " + words(error) + "; it may answer later");
        }
        if (says(error, "chain id")) {
            return new RpcException(
                    RpcException.Kind.WRONG_CHAIN,
                    "the RPC is of another chain than it says: " + words(error));
        }
        return new RpcException(
                RpcException.Kind.MALFORMED,
                "the RPC has no answer to " + method + ": " + words(error));
    }

    private static boolean isLimit(Response.Error error) {
        return error.getCode() == LIMIT_EXCEEDED || saysOneOf(error, LIMITS);
    }

    private static Rejection rejection(Rejection.Kind kind, Response.Error error) {
        String message =
                switch (kind) {
                    case NONCE_USED ->
                            "another transaction of the wallet had this one's number: perhaps"
                                    + " another program uses the same wallet. Look at the history"
                                    + " before you send it anew";
                    case NONCE_GAP ->
                            "an earlier transaction of the wallet is missing on the chain; this"
                                    + " one can't go before it";
                    case GAS_COIN_MISSING ->
                            "the wallet has too little of the coin that gas is paid in. Nothing"
                                    + " was sent; put some into it first";
                    case REPLACEMENT_FEE ->
                            "a transaction with the same number waits and pays as much: offer more"
                                    + " to replace it";
                    case TOO_DEAR ->
                            "the chain asks more for gas than was offered. Nothing was sent; try"
                                    + " again";
                    case TOO_MANY_WAITING ->
                            "too many transactions wait for the chain already. Nothing was sent;"
                                    + " try again later";
                    case CONTRACT, NO_CONTRACT, OTHER ->
                            "the node refuses the transaction: " + words(error);
                };
        return new Rejection(kind, message);
    }

    private static boolean saysOneOf(Response.Error error, List<String> sayings) {
        return sayings.stream().anyMatch(saying -> says(error, saying));
    }

    private static boolean says(Response.Error error, String saying) {
        return words(error).toLowerCase(Locale.ROOT).contains(saying);
    }

    /** Printable, and not long: strangers wrote it. */
    private static String words(Response.Error error) {
        @Nullable String message = error.getMessage();
        if (message == null) {
            return "error " + error.getCode();
        }
        String words = message.substring(0, Math.min(message.length(), MAX_WORDS));
        return words.replaceAll("[^\\x20-\\x7e]", " ");
    }

    private static byte[] data(Response.Error error) {
        @Nullable String data = error.getData();
        if (data == null || data.length() > MAX_DATA_DIGITS) {
            return new byte[0];
        }
        Matcher hex = HEX.matcher(data);
        return hex.find() ? Numeric.hexStringToByteArray(hex.group()) : new byte[0];
    }
}
