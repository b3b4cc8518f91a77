package org.flowshield.contracts.rpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.flowshield.contracts.chain.ContractError;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.jspecify.annotations.Nullable;

/** What the errors of our contracts mean, in plain words. Pure. */
final class ContractErrors {

    private static final int SELECTOR_LENGTH = 4;

    /** A contract's own text is shown at most so far. */
    private static final int MAX_TEXT = 200;

    private static final int TEXT_STARTS_AT = 2 * Bytes32.LENGTH;

    private static final String NOTHING_HAPPENED = ". Nothing was sent";

    private record Known(String name, List<String> types, Function<ErrorData, String> sentence) {}

    private static final Map<String, Known> BY_SELECTOR = new HashMap<>();

    static {
        purse();
        signers();
        channels();
        orders();
        token();
        staking();
        registries();
        governance();
    }

    private ContractErrors() {}

    private static void purse() {
        say(
                "PurseTooSmall(address,uint96,uint96)",
                e ->
                        "the purse of "
                                + e.address(0)
                                + " has "
                                + e.flow(1)
                                + " free and "
                                + e.flow(2)
                                + " are needed: deposit more, or close channels");
        say("ZeroAmount()", _ -> "an amount of 0 changes nothing: name an amount");
        say("ZeroAddress()", _ -> "nobody has the address 0x0000…: money sent there would be lost");
        say(
                "NotARecipient(address)",
                e ->
                        "money sent to the contract "
                                + e.address(0)
                                + " itself would be locked for ever: name a wallet");
        say(
                "FeeAboveAmount(uint96,uint96)",
                e ->
                        "the relayer's fee of "
                                + e.flow(0)
                                + " is more than the deposit of "
                                + e.flow(1)
                                + ": deposit more at once");
    }

    private static void signers() {
        say(
                "SignerExpired(address,address,uint48)",
                e ->
                        "the session signer "
                                + e.address(1)
                                + " may not use the purse of "
                                + e.address(0)
                                + (e.number(2).signum() == 0
                                        ? ": the wallet has not authorised it"
                                        : ": its authority ended " + e.time(2))
                                + ". Authorise it with the wallet");
        say(
                "TotalCapExceeded(address,uint96,uint96)",
                e ->
                        "the session signer may lock "
                                + e.flow(1)
                                + " more in all and "
                                + e.flow(2)
                                + " are needed: raise its cap with the wallet");
        say(
                "PayeeCapExceeded(address,address,uint96,uint96)",
                e ->
                        "the session signer may lock "
                                + e.flow(2)
                                + " more for "
                                + e.address(1)
                                + " and "
                                + e.flow(3)
                                + " are needed: raise its cap for each provider with the wallet");
        say(
                "NotAllowed(address)",
                e -> e.address(0) + " has no part in this channel that lets it do this");
    }

    private static void channels() {
        say(
                "PayeeRefused(address)",
                e ->
                        e.address(0)
                                + " is no provider who may be paid now: not registered, without"
                                + " enough stake, or jailed. Choose another provider");
        say(
                "ChannelExists(bytes32)",
                _ -> "this channel was opened before: take another salt for a new one");
        say(
                "NotOpen(bytes32)",
                _ -> "the channel is not open: it was never opened, is closing, or is closed");
        say("NotClosing(bytes32)", _ -> "nobody has begun to close this channel");
        say(
                "TooEarly(bytes32,uint48)",
                e -> "the channel can be closed from " + e.time(1) + " on: try again then");
        say(
                "NothingToClaim(bytes32)",
                _ ->
                        "the voucher brings nothing: all that it is worth, or all that the channel"
                                + " holds, is paid already");
        say(
                "WrongVoucherSignature(bytes32)",
                _ -> "the voucher is not signed by the channel's signer: it is worth nothing");
        say(
                "WrongCloseSignature(bytes32)",
                _ -> "the closing is not signed by the payee or its operator");
        say(
                "BatchTooLong(uint256)",
                e -> e.number(0) + " claims are too many for one transaction: send fewer");
    }

    private static void orders() {
        say(
                "SignatureExpired(uint256)",
                e -> "the signed order was good until " + e.time(0) + ": sign it anew");
        say(
                "FeeAboveMaximum(uint96,uint96)",
                e ->
                        "the relayer asks "
                                + e.flow(0)
                                + " and the order allows "
                                + e.flow(1)
                                + ": ask less, or another relayer");
        say(
                "WrongSigner(address)",
                _ ->
                        "the order is not signed by the one who may give it, or not for exactly"
                                + " this: sign it anew");
        say(
                "InvalidAccountNonce(address,uint256)",
                e ->
                        "this order was carried before, or another of "
                                + e.address(0)
                                + " came first: sign it anew with the next number");
        say("ECDSAInvalidSignature()", _ -> "the signature is nobody's: sign anew");
        say(
                "ECDSAInvalidSignatureLength(uint256)",
                e -> "a signature has 65 bytes, this one " + e.number(0));
        say(
                "ECDSAInvalidSignatureS(bytes32)",
                _ -> "the signature has the form that the contracts refuse: sign anew");
    }

    private static void token() {
        say(
                "ERC20InsufficientBalance(address,uint256,uint256)",
                e -> e.address(0) + " has " + e.flow(1) + " and " + e.flow(2) + " are needed");
        say(
                "ERC20InsufficientAllowance(address,uint256,uint256)",
                e ->
                        "the contract "
                                + e.address(0)
                                + " may take "
                                + e.flow(1)
                                + " of the wallet and "
                                + e.flow(2)
                                + " are needed: the permit is missing, expired, or for less."
                                + " Sign a new permit");
        say("ERC20InvalidSender(address)", e -> e.address(0) + " can't send FLOW");
        say("ERC20InvalidReceiver(address)", e -> e.address(0) + " can't be paid in FLOW");
        say("ERC20InvalidApprover(address)", e -> e.address(0) + " can't allow anything");
        say("ERC20InvalidSpender(address)", e -> e.address(0) + " can't be allowed anything");
        say(
                "ERC2612ExpiredSignature(uint256)",
                e -> "the permit was good until " + e.time(0) + ": sign a new one");
        say(
                "ERC2612InvalidSigner(address,address)",
                e ->
                        "the permit is not signed by "
                                + e.address(1)
                                + ", or was used before: sign a new one");
        say(
                "SafeERC20FailedOperation(address)",
                e -> "the token " + e.address(0) + " did not do what it was asked");
        say("InvalidShortString()", _ -> "a name in the contract is broken");
        say("StringTooLong(string)", _ -> "a text is too long for the contract");
    }

    private static void staking() {
        say("NoKind()", _ -> "stake is for providers or verifiers: name one of the two");
        say(
                "StakeTooSmall(uint96,uint96)",
                e -> e.flow(0) + " are staked and " + e.flow(1) + " are needed: stake more first");
        say("NothingUnbonding()", _ -> "no stake is on its way out: ask for it first");
        say(
                "StillUnbonding(uint48)",
                e -> "the stake can be taken out from " + e.time(0) + " on: try again then");
        say("CheckpointUnorderedInsertion()", _ -> "votes can't be counted back in time");
        say("ERC5805FutureLookup(uint256,uint48)", _ -> "votes of the future are not known yet");
        say(
                "VotesExpiredSignature(uint256)",
                e -> "the signed vote was good until " + e.time(0) + ": sign it anew");
        say("SafeCastOverflowedUintDowncast(uint8,uint256)", _ -> "the number is too large");
    }

    private static void registries() {
        say("ZeroKey()", _ -> "a node's key is not 0");
        say(
                "WrongProofLength(uint256)",
                e -> "the node's signature has 64 bytes, this one " + e.number(0));
        say(
                "AlreadyBound(bytes32)",
                _ ->
                        "this wallet bound this node before; a node that was revoked never comes"
                                + " back: make a new node key");
        say("NotBound(bytes32)", _ -> "this wallet has not bound this node, or has revoked it");
        say(
                "NotBound(address,bytes32)",
                e -> "the wallet " + e.address(0) + " has not bound this node: bind it first");
        say(
                "AlreadyRegistered(address)",
                e -> e.address(0) + " is registered already: change its entry instead");
        say("NotRegistered(address)", e -> e.address(0) + " is not registered: register first");
        say(
                "UriTooLong(uint256)",
                e -> "the address of the description has " + e.number(0) + " bytes, too many");
    }

    private static void governance() {
        say(
                "AccessManagedUnauthorized(address)",
                e -> e.address(0) + " may not do this: it is for a role that it does not have");
        for (String name :
                List.of(
                        "AccessManagedInvalidAuthority(address)",
                        "AccessManagedRequiredDelay(address,uint32)",
                        "AccessManagerAlreadyScheduled(bytes32)",
                        "AccessManagerBadConfirmation()",
                        "AccessManagerExpired(bytes32)",
                        "AccessManagerInvalidInitialAdmin(address)",
                        "AccessManagerLockedFunction(bytes4)",
                        "AccessManagerLockedRole(uint64)",
                        "AccessManagerNotReady(bytes32)",
                        "AccessManagerNotScheduled(bytes32)",
                        "AccessManagerUnauthorizedAccount(address,uint64)",
                        "AccessManagerUnauthorizedCall(address,address,bytes4)",
                        "AccessManagerUnauthorizedCancel(address,address,address,bytes4)",
                        "AccessManagerUnauthorizedConsume(address)",
                        "AccessControlBadConfirmation()",
                        "AccessControlUnauthorizedAccount(address,bytes32)",
                        "AddressEmptyCode(address)",
                        "FailedCall()",
                        "InsufficientBalance(uint256,uint256)",
                        "TimelockInsufficientDelay(uint256,uint256)",
                        "TimelockInvalidOperationLength(uint256,uint256,uint256)",
                        "TimelockUnauthorizedCaller(address)",
                        "TimelockUnexecutedPredecessor(bytes32)",
                        "TimelockUnexpectedOperationState(bytes32,bytes32)")) {
            say(name, _ -> "the governing contract refuses: " + words(name));
        }
    }

    private static void say(String signature, Function<ErrorData, String> sentence) {
        String name = signature.substring(0, signature.indexOf('('));
        String types = signature.substring(name.length() + 1, signature.length() - 1);
        BY_SELECTOR.put(
                selector(signature),
                new Known(name, types.isEmpty() ? List.of() : List.of(types.split(",")), sentence));
    }

    static String selector(String signature) {
        return HexFormat.of().formatHex(Keccak256.hash(signature).bytes(), 0, SELECTOR_LENGTH);
    }

    /** {@code TimelockUnauthorizedCaller} as "timelock unauthorized caller". */
    private static String words(String signature) {
        return signature
                .replaceFirst("\\(.*", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    /** Whether there is a sentence for an error of this signature. */
    static boolean knows(String signature) {
        return BY_SELECTOR.containsKey(selector(signature));
    }

    /** What a contract means by what it returned when it refused. */
    static Rejection rejection(byte[] data) {
        if (data.length < SELECTOR_LENGTH) {
            return contract("the contract refuses and does not say why", null);
        }
        String selector = HexFormat.of().formatHex(data, 0, SELECTOR_LENGTH);
        byte[] arguments = Arrays.copyOfRange(data, SELECTOR_LENGTH, data.length);
        if (selector.equals(selector("Error(string)"))) {
            return contract("the contract refuses: " + text(arguments), null);
        }
        if (selector.equals(selector("Panic(uint256)"))) {
            return contract(
                    "the contract met a case that it was not made for; this is a mistake in it",
                    null);
        }
        Known known = BY_SELECTOR.get(selector);
        if (known == null || arguments.length < known.types().size() * Bytes32.LENGTH) {
            return contract(
                    "the contract refuses for a reason that this version does not know; perhaps"
                            + " the network has newer contracts",
                    null);
        }
        ErrorData words = new ErrorData(arguments);
        List<String> texts =
                IntStream.range(0, known.types().size())
                        .mapToObj(i -> words.text(i, known.types().get(i)))
                        .toList();
        return contract(known.sentence().apply(words), new ContractError(known.name(), texts));
    }

    private static Rejection contract(String sentence, @Nullable ContractError error) {
        return new Rejection(Rejection.Kind.CONTRACT, sentence + NOTHING_HAPPENED, error);
    }

    /** The text of {@code Error(string)}, printable and not long. */
    private static String text(byte[] arguments) {
        if (arguments.length < TEXT_STARTS_AT) {
            return "it does not say why";
        }
        int length = Math.min(arguments.length - TEXT_STARTS_AT, MAX_TEXT);
        return new String(arguments, TEXT_STARTS_AT, length, StandardCharsets.UTF_8)
                .replaceAll("[^\\x20-\\x7e]", "")
                .strip();
    }
}
