// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Binding, BindingStatus, IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Meta} from "../interfaces/IRelayed.sol";
import {Permit} from "../libraries/Permits.sol";
import {TokenFees} from "../libraries/TokenFees.sol";

/// @dev A base of its own, and the first one: its mapping has storage slot 0, where proofs look for it.
abstract contract BindingStorage {
    mapping(bytes32 nodeId => Binding) internal _bindings;
}

/// @title Which node keys belong to a wallet
/// @notice See {IIdentityRegistry}. No owner; each wallet rules over its own bindings alone.
contract IdentityRegistry is BindingStorage, IIdentityRegistry, TokenFees {
    bytes32 private constant BIND =
        keccak256("Bind(address wallet,bytes32 nodeKey,bytes proof,uint32 roles,uint96 maxFee,uint256 deadline)");
    bytes32 private constant REVOKE =
        keccak256("Revoke(address wallet,bytes32 nodeKey,uint96 maxFee,uint256 deadline)");
    bytes32 private constant CHALLENGE = keccak256("FlowShield node binding v1");

    uint256 private constant ED25519_SIGNATURE_LENGTH = 64;

    mapping(bytes32 nodeId => mapping(bytes32 name => bytes32 value)) private _attributes;

    constructor(IERC20 flow) EIP712("FlowShield IdentityRegistry", "1") TokenFees(flow) {
        require(address(flow) != address(0), ZeroAddress());
    }

    /// @inheritdoc IIdentityRegistry
    function bind(bytes32 nodeKey, bytes calldata proof, uint32 roles) external {
        _bind(msg.sender, nodeKey, proof, roles);
    }

    /// @inheritdoc IIdentityRegistry
    function bindFor(
        address wallet,
        bytes32 nodeKey,
        bytes calldata proof,
        uint32 roles,
        Meta calldata meta,
        bytes calldata signature,
        Permit calldata permit
    ) external {
        bytes32 structHash = keccak256(
            abi.encode(BIND, wallet, nodeKey, keccak256(proof), roles, meta.maxFee, meta.deadline)
        );
        _checkSigned(wallet, structHash, meta, signature);
        _bind(wallet, nodeKey, proof, roles);
        _payRelayer(wallet, meta, permit);
    }

    /// @inheritdoc IIdentityRegistry
    function rotate(bytes32 oldKey, bytes32 newKey, bytes calldata proof) external {
        bytes32 oldId = nodeIdOf(msg.sender, oldKey);
        bytes32 newId = _bind(msg.sender, newKey, proof, _bindings[oldId].roles);
        _revoke(msg.sender, oldKey);
        emit Rotated(msg.sender, oldId, newId);
    }

    /// @inheritdoc IIdentityRegistry
    function revoke(bytes32 nodeKey) external {
        _revoke(msg.sender, nodeKey);
    }

    /// @inheritdoc IIdentityRegistry
    function revokeFor(
        address wallet,
        bytes32 nodeKey,
        Meta calldata meta,
        bytes calldata signature,
        Permit calldata permit
    ) external {
        bytes32 structHash = keccak256(abi.encode(REVOKE, wallet, nodeKey, meta.maxFee, meta.deadline));
        _checkSigned(wallet, structHash, meta, signature);
        _revoke(wallet, nodeKey);
        _payRelayer(wallet, meta, permit);
    }

    /// @inheritdoc IIdentityRegistry
    function setAttribute(bytes32 nodeKey, bytes32 name, bytes32 value) external {
        bytes32 nodeId = nodeIdOf(msg.sender, nodeKey);
        require(_bindings[nodeId].status == BindingStatus.Bound, NotBound(nodeId));
        _attributes[nodeId][name] = value;
        emit AttributeSet(nodeId, name, value);
    }

    function _bind(address wallet, bytes32 nodeKey, bytes calldata proof, uint32 roles)
        private
        returns (bytes32 nodeId)
    {
        require(nodeKey != 0, ZeroKey());
        require(proof.length == ED25519_SIGNATURE_LENGTH, WrongProofLength(proof.length));
        nodeId = nodeIdOf(wallet, nodeKey);
        require(_bindings[nodeId].status == BindingStatus.None, AlreadyBound(nodeId));
        _bindings[nodeId] = Binding(BindingStatus.Bound, roles, uint48(block.timestamp), 0);
        emit Bound(nodeId, wallet, nodeKey, roles, proof);
    }

    function _revoke(address wallet, bytes32 nodeKey) private {
        bytes32 nodeId = nodeIdOf(wallet, nodeKey);
        Binding storage revoked = _bindings[nodeId];
        require(revoked.status == BindingStatus.Bound, NotBound(nodeId));
        revoked.status = BindingStatus.Revoked;
        revoked.revokedAt = uint48(block.timestamp);
        emit Revoked(nodeId, wallet, nodeKey);
    }

    /// @inheritdoc IIdentityRegistry
    function binding(bytes32 nodeId) external view returns (Binding memory) {
        return _bindings[nodeId];
    }

    /// @inheritdoc IIdentityRegistry
    function isBound(address wallet, bytes32 nodeKey) external view returns (bool) {
        return _bindings[nodeIdOf(wallet, nodeKey)].status == BindingStatus.Bound;
    }

    /// @inheritdoc IIdentityRegistry
    function attribute(bytes32 nodeId, bytes32 name) external view returns (bytes32) {
        return _attributes[nodeId][name];
    }

    /// @inheritdoc IIdentityRegistry
    function nodeIdOf(address wallet, bytes32 nodeKey) public pure returns (bytes32) {
        return keccak256(abi.encode(wallet, nodeKey));
    }

    /// @inheritdoc IIdentityRegistry
    function challenge(address wallet, bytes32 nodeKey) external view returns (bytes32) {
        return keccak256(abi.encode(CHALLENGE, block.chainid, address(this), wallet, nodeKey));
    }
}
