// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Permit} from "../libraries/Permits.sol";
import {Meta} from "./IRelayed.sol";

/// @notice Where a binding stands. Revoked is for ever.
enum BindingStatus {
    None,
    Bound,
    Revoked
}

/// @notice A node key bound to a wallet, one storage slot. From the lowest byte: status (1), roles (4), boundAt (6),
/// revokedAt (6); the rest is zero.
/// @param roles bits that readers give a meaning
/// @param boundAt in seconds since the epoch
/// @param revokedAt the same; 0 while bound
struct Binding {
    BindingStatus status;
    uint32 roles;
    uint48 boundAt;
    uint48 revokedAt;
}

/// @title Which node keys belong to a wallet
/// @notice A wallet binds the Ed25519 keys of its nodes. The chain cannot check Ed25519 cheaply: the event carries the node key's
/// signature over {challenge}, every reader verifies it, and a binding whose proof is wrong is none. A binding is keyed by
/// wallet *and* node key, so that nobody can take a key away from its owner by being first.
///
/// Bindings lie in the mapping at storage slot 0, so that anybody can prove one by EIP-1186:
/// `keccak256(abi.encode(keccak256(abi.encode(wallet, nodeKey)), 0))`.
interface IIdentityRegistry {
    /// @notice `wallet` bound `nodeKey`. `proof`: the node key's Ed25519 signature over {challenge}.
    event Bound(bytes32 indexed nodeId, address indexed wallet, bytes32 indexed nodeKey, uint32 roles, bytes proof);

    /// @notice The node key is worth nothing from now on.
    event Revoked(bytes32 indexed nodeId, address indexed wallet, bytes32 indexed nodeKey);

    /// @notice `newId` takes the place of `oldId`; comes after their Bound and Revoked.
    event Rotated(address indexed wallet, bytes32 indexed oldId, bytes32 indexed newId);

    /// @notice The wallet says something of its node; zero takes it back.
    event AttributeSet(bytes32 indexed nodeId, bytes32 indexed name, bytes32 value);

    /// @notice A node key of zero is none.
    error ZeroKey();

    /// @notice Nobody has the key of address zero.
    error ZeroAddress();

    /// @notice An Ed25519 signature has 64 bytes.
    error WrongProofLength(uint256 length);

    /// @notice This wallet bound this node key before. A revoked key never comes back.
    error AlreadyBound(bytes32 nodeId);

    /// @notice The wallet has not bound this node key, or revoked it.
    error NotBound(bytes32 nodeId);

    /// @notice Binds a node key to the caller.
    function bind(bytes32 nodeKey, bytes calldata proof, uint32 roles) external;

    /// @notice The same for `wallet`, who signed Bind. The fee is taken from the wallet (allowance, or permit over maxFee).
    function bindFor(
        address wallet,
        bytes32 nodeKey,
        bytes calldata proof,
        uint32 roles,
        Meta calldata meta,
        bytes calldata signature,
        Permit calldata permit
    ) external;

    /// @notice Binds `newKey` with the roles of `oldKey`, and revokes that.
    function rotate(bytes32 oldKey, bytes32 newKey, bytes calldata proof) external;

    /// @notice Revokes a node key of the caller, for ever.
    function revoke(bytes32 nodeKey) external;

    /// @notice The same for `wallet`, who signed Revoke.
    function revokeFor(
        address wallet,
        bytes32 nodeKey,
        Meta calldata meta,
        bytes calldata signature,
        Permit calldata permit
    ) external;

    /// @notice Says something of a bound node key of the caller.
    function setAttribute(bytes32 nodeKey, bytes32 name, bytes32 value) external;

    /// @notice The state of a binding.
    function binding(bytes32 nodeId) external view returns (Binding memory);

    /// @notice Whether `wallet` has bound `nodeKey` and not revoked it. The proof is for the reader to check.
    function isBound(address wallet, bytes32 nodeKey) external view returns (bool);

    /// @notice What was said of a node.
    function attribute(bytes32 nodeId, bytes32 name) external view returns (bytes32);

    /// @notice How contracts call a node: `keccak256(abi.encode(wallet, nodeKey))`.
    function nodeIdOf(address wallet, bytes32 nodeKey) external pure returns (bytes32);

    /// @notice The 32 bytes that the node key signs, bound to this chain, this registry and the wallet.
    function challenge(address wallet, bytes32 nodeKey) external view returns (bytes32);
}
