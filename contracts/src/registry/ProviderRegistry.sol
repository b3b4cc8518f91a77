// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {IPayeeGate} from "../interfaces/IPayeeGate.sol";
import {IProviderRegistry, Provider, ProviderStatus} from "../interfaces/IProviderRegistry.sol";
import {Meta} from "../interfaces/IRelayed.sol";
import {IStakeVault, StakeKind} from "../interfaces/IStakeVault.sol";
import {Permit} from "../libraries/Permits.sol";
import {TokenFees} from "../libraries/TokenFees.sol";

/// @title Providers in the market
/// @notice See {IProviderRegistry}. Replaceable: a new one is deployed and made the gate's policy.
contract ProviderRegistry is IProviderRegistry, TokenFees, AccessManaged {
    bytes32 private constant REGISTER = keccak256(
        "Register(address wallet,bytes32 nodeKey,bytes32 metaHash,string uri,uint96 maxFee,uint256 nonce,uint256 deadline)"
    );

    /// @notice The longest URI, in bytes: room for any content address.
    uint256 public constant MAX_URI = 256;

    /// @notice Where stake is looked up.
    IStakeVault public immutable VAULT;

    /// @notice Where node keys are looked up.
    IIdentityRegistry public immutable IDENTITIES;

    /// @inheritdoc IProviderRegistry
    uint96 public minStake;

    mapping(address wallet => Provider) private _providers;

    /// @param authority the AccessManager
    constructor(IERC20 flow, IStakeVault vault, IIdentityRegistry identities, uint96 least, address authority)
        EIP712("FlowShield ProviderRegistry", "1")
        TokenFees(flow)
        AccessManaged(authority)
    {
        require(
            address(flow) != address(0) && address(vault) != address(0) && address(identities) != address(0),
            ZeroAddress()
        );
        VAULT = vault;
        IDENTITIES = identities;
        _setMinStake(least);
    }

    /// @inheritdoc IProviderRegistry
    function register(bytes32 nodeKey, bytes32 metaHash, string calldata uri) external {
        _register(msg.sender, nodeKey, metaHash, uri);
    }

    /// @inheritdoc IProviderRegistry
    function registerFor(
        address wallet,
        bytes32 nodeKey,
        bytes32 metaHash,
        string calldata uri,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature,
        Permit calldata permit
    ) external {
        bytes32 structHash = keccak256(
            abi.encode(REGISTER, wallet, nodeKey, metaHash, keccak256(bytes(uri)), meta.maxFee, nonce, meta.deadline)
        );
        _checkSigned(wallet, structHash, nonce, meta, signature);
        _register(wallet, nodeKey, metaHash, uri);
        _payRelayer(wallet, meta, permit);
    }

    /// @inheritdoc IProviderRegistry
    function update(bytes32 nodeKey, bytes32 metaHash, string calldata uri) external {
        require(_providers[msg.sender].status == ProviderStatus.Registered, NotRegistered(msg.sender));
        _describe(msg.sender, nodeKey, metaHash, uri);
        emit Updated(msg.sender, nodeKey, metaHash, uri);
    }

    /// @inheritdoc IProviderRegistry
    function exit() external {
        Provider storage leaving = _providers[msg.sender];
        require(leaving.status == ProviderStatus.Registered, NotRegistered(msg.sender));
        leaving.status = ProviderStatus.Exited;
        emit Exited(msg.sender);
    }

    /// @inheritdoc IProviderRegistry
    function jail(address wallet, uint48 until, bytes32 reason) external restricted {
        _providers[wallet].jailedUntil = until;
        emit Jailed(wallet, until, reason);
    }

    /// @inheritdoc IProviderRegistry
    function unjail(address wallet) external restricted {
        _providers[wallet].jailedUntil = 0;
        emit Unjailed(wallet);
    }

    /// @inheritdoc IProviderRegistry
    function setMinStake(uint96 least) external restricted {
        _setMinStake(least);
    }

    /// @inheritdoc IProviderRegistry
    function isActive(address wallet) public view returns (bool) {
        Provider storage found = _providers[wallet];
        return found.status == ProviderStatus.Registered && block.timestamp >= found.jailedUntil
            && VAULT.stakeOf(wallet, StakeKind.Provider) >= minStake;
    }

    /// @inheritdoc IPayeeGate
    function mayReceive(address payee) external view returns (bool) {
        return isActive(payee);
    }

    /// @inheritdoc IProviderRegistry
    function provider(address wallet) external view returns (Provider memory) {
        return _providers[wallet];
    }

    function _register(address wallet, bytes32 nodeKey, bytes32 metaHash, string calldata uri) private {
        Provider storage entering = _providers[wallet];
        require(entering.status != ProviderStatus.Registered, AlreadyRegistered(wallet));
        uint96 staked = VAULT.stakeOf(wallet, StakeKind.Provider);
        require(staked >= minStake, StakeTooSmall(staked, minStake));
        entering.status = ProviderStatus.Registered;
        entering.registeredAt = uint48(block.timestamp);
        _describe(wallet, nodeKey, metaHash, uri);
        emit Registered(wallet, nodeKey, metaHash, uri);
    }

    function _describe(address wallet, bytes32 nodeKey, bytes32 metaHash, string calldata uri) private {
        require(bytes(uri).length <= MAX_URI, UriTooLong(bytes(uri).length));
        require(IDENTITIES.isBound(wallet, nodeKey), NotBound(wallet, nodeKey));
        Provider storage described = _providers[wallet];
        described.nodeKey = nodeKey;
        described.metaHash = metaHash;
    }

    function _setMinStake(uint96 least) private {
        minStake = least;
        emit MinStakeSet(least);
    }
}
