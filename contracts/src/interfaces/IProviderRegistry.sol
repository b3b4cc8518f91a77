// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Permit} from "../libraries/Permits.sol";
import {IPayeeGate} from "./IPayeeGate.sol";
import {Meta} from "./IRelayed.sol";

/// @notice Where a provider stands.
enum ProviderStatus {
    None,
    Registered,
    Exited
}

/// @notice A provider.
/// @param status whether it is in the market
/// @param registeredAt of the last registration, in seconds since the epoch
/// @param jailedUntil the second from which it may be paid by new channels again; survives exit and registration
/// @param nodeKey Ed25519 key of its node
/// @param metaHash hash of the description that the event's URI leads to
struct Provider {
    ProviderStatus status;
    uint48 registeredAt;
    uint48 jailedUntil;
    bytes32 nodeKey;
    bytes32 metaHash;
}

/// @title Providers in the market
/// @notice One node for each wallet, since each must have stake of its own. The registry is the policy of the PayeeGate: who is
/// registered, staked and not jailed may be named by new channels.
interface IProviderRegistry is IPayeeGate {
    /// @notice `wallet` offers bandwidth with the node `nodeKey`.
    event Registered(address indexed wallet, bytes32 indexed nodeKey, bytes32 metaHash, string uri);

    /// @notice It describes itself anew, perhaps with another node.
    event Updated(address indexed wallet, bytes32 indexed nodeKey, bytes32 metaHash, string uri);

    /// @notice It left the market.
    event Exited(address indexed wallet);

    /// @notice No new channels for `wallet` until then, for `reason` (hash of the evidence). Claims go on.
    event Jailed(address indexed wallet, uint48 until, bytes32 reason);

    /// @notice The jail was opened early.
    event Unjailed(address indexed wallet);

    /// @notice What a provider must have staked, from now on.
    event MinStakeSet(uint96 minStake);

    /// @notice Registered already: use {update}.
    error AlreadyRegistered(address wallet);

    /// @notice Not registered.
    error NotRegistered(address wallet);

    /// @notice Less than the least is staked.
    error StakeTooSmall(uint96 staked, uint96 minStake);

    /// @notice The wallet has not bound this node key, or revoked it.
    error NotBound(address wallet, bytes32 nodeKey);

    /// @notice Longer than MAX_URI.
    error UriTooLong(uint256 length);

    /// @notice Nobody has the key of address zero.
    error ZeroAddress();

    /// @notice Registers the caller.
    function register(bytes32 nodeKey, bytes32 metaHash, string calldata uri) external;

    /// @notice The same for `wallet`, who signed Register. The fee is taken from the wallet (allowance, or permit over maxFee).
    function registerFor(
        address wallet,
        bytes32 nodeKey,
        bytes32 metaHash,
        string calldata uri,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature,
        Permit calldata permit
    ) external;

    /// @notice Changes node or description of the caller.
    function update(bytes32 nodeKey, bytes32 metaHash, string calldata uri) external;

    /// @notice Takes the caller out of the market.
    function exit() external;

    /// @notice Keeps `wallet` from new channels until then. Only by the jailer role.
    function jail(address wallet, uint48 until, bytes32 reason) external;

    /// @notice Ends that. Only by the jailer role.
    function unjail(address wallet) external;

    /// @notice Sets what a provider must have staked. Only by the timelock.
    function setMinStake(uint96 minStake) external;

    /// @notice Registered, staked and not jailed.
    function isActive(address wallet) external view returns (bool);

    /// @notice The whole record.
    function provider(address wallet) external view returns (Provider memory);

    /// @notice What a provider must have staked.
    function minStake() external view returns (uint96);
}
