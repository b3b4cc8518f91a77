// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Permit} from "../libraries/Permits.sol";
import {Meta} from "./IRelayed.sol";

/// @notice What a channel is known by. The caller brings it along; the contract stores nothing of it but what its hash leads to.
/// @param payer whose purse pays, and gets the refund
/// @param payee who is paid
/// @param signer whose key signs the vouchers: a session key of the payer, or the payer
/// @param salt tells channels between the same three apart
struct ChannelKey {
    address payer;
    address payee;
    address signer;
    bytes32 salt;
}

/// @notice Where a channel stands. An id goes through these once, in this order, and may leave out Closing.
enum Status {
    None,
    Open,
    Closing,
    Closed
}

/// @notice State of a channel, one storage slot.
/// @param deposit all that was ever put in
/// @param claimed what the payee was paid of it
/// @param closesAt when a started close may be finished, in seconds since the epoch; 0 if none was started
struct Channel {
    uint96 deposit;
    uint96 claimed;
    uint48 closesAt;
    Status status;
}

/// @notice What a session signer may lock from a purse.
/// @param total over its whole life, in smallest units; refunds give allowance back
/// @param perPayee the same for each payee
/// @param expiry the last second in which it may
struct Caps {
    uint96 total;
    uint96 perPayee;
    uint48 expiry;
}

/// @notice One item of a batch.
struct Claim {
    ChannelKey key;
    uint128 cumulative;
    uint64 bytesServed;
    bytes signature;
}

/// @title Payment channels
/// @notice Money of a wallet lies in its *purse*. From there it is locked in *channels*, each from one payer to one payee. The
/// channel's signer signs *vouchers*, each over the total earned so far; whoever hands one in makes the contract pay the payee
/// `min(cumulative, deposit) - claimed`, so that replay, loss and order of vouchers do not matter. What is left goes back to
/// the purse: at once when the payee agrees, 24 hours after the payer asked for it otherwise.
///
/// The wallet authorises *session signers* within caps. A session signer can lock money in channels; only the wallet takes
/// money out. A payee may name *operators* who close in its name; they never decide where money goes.
///
/// There is no owner, no pause and no fee of the protocol. Amounts are in smallest units of FLOW (1e-18).
interface IPaymentChannels {
    /// @notice `amount` came into the purse of `owner`, transferred from `from`.
    event PurseDeposited(address indexed owner, address indexed from, uint96 amount);

    /// @notice `amount` left the purse of `owner` to `to`.
    event PurseWithdrawn(address indexed owner, address indexed to, uint96 amount);

    /// @notice `owner` set what `signer` may lock; all zero is a revocation.
    event SignerAuthorised(address indexed owner, address indexed signer, uint96 total, uint96 perPayee, uint48 expiry);

    /// @notice A channel was opened. `offerHash` names the terms that both agreed on; the contract does not read it.
    event Opened(
        bytes32 indexed id,
        address indexed payer,
        address indexed payee,
        address signer,
        bytes32 salt,
        uint96 amount,
        bytes32 offerHash
    );

    /// @notice `amount` was added; the channel's deposit is now `deposit`.
    event ToppedUp(bytes32 indexed id, uint96 amount, uint96 deposit);

    /// @notice `payee` was paid `amount` for a voucher over `cumulative` and, as its signer counted, `bytesServed`.
    event Claimed(bytes32 indexed id, address indexed payee, uint96 amount, uint128 cumulative, uint64 bytesServed);

    /// @notice An item of a batch was left out; `reason` is the selector of the error that it had met alone.
    event ClaimSkipped(bytes32 indexed id, bytes4 reason);

    /// @notice The payer wants the rest back, at `closesAt` (seconds since the epoch). Claims go on.
    event Closing(bytes32 indexed id, uint48 closesAt);

    /// @notice The channel is closed for ever: `paid` in all to the payee, `refunded` to the payer's purse.
    event Closed(bytes32 indexed id, uint96 paid, uint96 refunded);

    /// @notice Whether `operator` may close for `payee` from now on.
    event OperatorSet(address indexed payee, address indexed operator, bool allowed);

    /// @notice Nobody has the key of address zero: money would be lost.
    error ZeroAddress();

    /// @notice An amount of zero says nothing.
    error ZeroAmount();

    /// @notice Sending money of the channels to the channels would lock it for ever.
    error NotARecipient(address to);

    /// @notice The purse holds less than is needed.
    error PurseTooSmall(address owner, uint96 available, uint96 needed);

    /// @notice The fee eats up the whole deposit.
    error FeeAboveAmount(uint96 fee, uint96 amount);

    /// @notice The session signer is not authorised (any more).
    error SignerExpired(address owner, address signer, uint48 expiry);

    /// @notice The session signer would lock more than it may in all.
    error TotalCapExceeded(address signer, uint96 available, uint96 needed);

    /// @notice The session signer would lock more with this payee than it may.
    error PayeeCapExceeded(address signer, address payee, uint96 available, uint96 needed);

    /// @notice The gate does not let new channels name this payee.
    error PayeeRefused(address payee);

    /// @notice `caller` has no part in this channel that would let it do this.
    error NotAllowed(address caller);

    /// @notice An id is used once.
    error ChannelExists(bytes32 id);

    /// @notice There is no such channel, or it is closed; for topping up and starting to close, also if it is closing.
    error NotOpen(bytes32 id);

    /// @notice Nobody asked to close this channel, or it is closed.
    error NotClosing(bytes32 id);

    /// @notice The challenge period is not over.
    error TooEarly(bytes32 id, uint48 closesAt);

    /// @notice The voucher (or the deposit) is worth no more than was already claimed.
    error NothingToClaim(bytes32 id);

    /// @notice The voucher is not signed by the channel's signer.
    error WrongVoucherSignature(bytes32 id);

    /// @notice The agreement to close is not signed by the payee or its operator.
    error WrongCloseSignature(bytes32 id);

    /// @notice A batch holds more than MAX_BATCH.
    error BatchTooLong(uint256 length);

    // ------------------------------------------------------------------ purse

    /// @notice Moves `amount` from the caller (allowance) into the purse of `owner`.
    function deposit(address owner, uint96 amount) external;

    /// @notice The same with the caller's permit.
    function depositWithPermit(address owner, uint96 amount, Permit calldata permit) external;

    /// @notice Moves `amount` from `owner`, who signed Deposit and the permit, into its purse less the relayer's fee.
    function depositFor(
        address owner,
        uint96 amount,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature,
        Permit calldata permit
    ) external;

    /// @notice Moves `amount` from the caller's purse to `to`.
    function withdraw(address to, uint96 amount) external;

    /// @notice Moves `amount` from the purse of `owner`, who signed Withdraw, to `to`; the fee comes on top.
    function withdrawFor(
        address owner,
        address to,
        uint96 amount,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) external;

    // ------------------------------------------------------------------ session signers and operators

    /// @notice Sets what `signer` may lock from the caller's purse. What it has used stays counted; all zero revokes it. Vouchers
    /// for channels that are open stay good.
    function authorise(address signer, Caps calldata caps) external;

    /// @notice The same for `owner`, who signed Authorise.
    function authoriseFor(
        address owner,
        address signer,
        Caps calldata caps,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) external;

    /// @notice Lets `operator` close channels in the name of the caller, or no longer.
    function setOperator(address operator, bool allowed) external;

    /// @notice The same for `payee`, who signed SetOperator.
    function setOperatorFor(
        address payee,
        address operator,
        bool allowed,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) external;

    // ------------------------------------------------------------------ channels

    /// @notice Opens the channel with `amount` from the payer's purse. By the signer within its caps, or by the payer.
    function open(ChannelKey calldata key, uint96 amount, bytes32 offerHash) external;

    /// @notice The same for the signer or the payer, who signed Open. No nonce: an id opens once.
    function openFor(
        ChannelKey calldata key,
        uint96 amount,
        bytes32 offerHash,
        Meta calldata meta,
        bytes calldata signature
    ) external;

    /// @notice Adds `amount` from the payer's purse to an open channel. By the signer within its caps, or by the payer.
    function topUp(ChannelKey calldata key, uint96 amount) external;

    /// @notice The same for the signer or the payer, who signed TopUp.
    function topUpFor(
        ChannelKey calldata key,
        uint96 amount,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) external;

    /// @notice Pays the payee what the voucher is worth and was not yet paid. Anyone may hand it in, until the channel is closed.
    function claim(ChannelKey calldata key, uint128 cumulative, uint64 bytesServed, bytes calldata signature) external;

    /// @notice Claims for up to MAX_BATCH channels. An item that fails is skipped and does not stop the others.
    function claimMany(Claim[] calldata claims) external;

    /// @notice Closes at once, as the payee agreed by its signature over Close(id, finalCumulative). Anyone may hand it in, at any
    /// time: who signed it serves no longer on this channel.
    /// @param voucherSignature the channel signer's over the voucher (finalCumulative, bytesServed); not looked at if that much
    /// is already claimed
    function cooperativeClose(
        ChannelKey calldata key,
        uint128 finalCumulative,
        uint64 bytesServed,
        bytes calldata voucherSignature,
        bytes calldata payeeSignature
    ) external;

    /// @notice Claims the voucher and closes at once. By the payee or its operator.
    /// @param signature not looked at if `cumulative` is already claimed
    function claimAndClose(ChannelKey calldata key, uint128 cumulative, uint64 bytesServed, bytes calldata signature)
        external;

    /// @notice Starts the challenge period after which the rest goes back. By the payer or the signer.
    function startClose(ChannelKey calldata key) external;

    /// @notice The same for the payer or the signer, who signed StartClose. No nonce: closing starts once.
    function startCloseFor(ChannelKey calldata key, Meta calldata meta, bytes calldata signature) external;

    /// @notice Gives the rest back to the payer's purse once the challenge period is over. Anyone may call it.
    function finishClose(ChannelKey calldata key) external;

    // ------------------------------------------------------------------ views

    /// @notice Money of `owner` that is free for channels.
    function purseOf(address owner) external view returns (uint96);

    /// @notice What `signer` may lock from the purse of `owner`, and what it has used: locked, claimed and paid as fees.
    function authorisation(address owner, address signer)
        external
        view
        returns (uint96 total, uint96 perPayee, uint48 expiry, uint96 used);

    /// @notice What of its use went to `payee`.
    function usedWith(address owner, address signer, address payee) external view returns (uint96);

    /// @notice Whether `operator` may close for `payee`.
    function isOperator(address payee, address operator) external view returns (bool);

    /// @notice State of a channel.
    function channel(bytes32 id) external view returns (Channel memory);

    /// @notice The id of a channel: bound to this chain and this contract.
    function channelIdOf(ChannelKey calldata key) external view returns (bytes32);

    /// @notice The EIP-712 digest that a channel's signer signs.
    function voucherDigest(bytes32 id, uint128 cumulative, uint64 bytesServed) external view returns (bytes32);
}
