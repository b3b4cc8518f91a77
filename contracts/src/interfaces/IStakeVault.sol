// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Permit} from "../libraries/Permits.sol";

/// @notice What stake is for. Stake of one kind says nothing for the other.
enum StakeKind {
    None,
    Provider,
    Verifier
}

/// @notice Stake of an account of one kind, one storage slot.
/// @param staked what counts and votes
/// @param unbonding what is on its way out: neither counts nor votes, but can still be slashed
/// @param withdrawableAt when the unbonding part may be withdrawn, in seconds since the epoch
struct Stake {
    uint96 staked;
    uint96 unbonding;
    uint48 withdrawableAt;
}

/// @title Stake of providers and verifiers
/// @notice Holds FLOW that can be lost by misbehaving, and that votes. The vault's balance is the sum of all stakes and of all
/// that is unbonding.
interface IStakeVault {
    /// @notice `account` added `amount`.
    event Staked(address indexed account, StakeKind indexed kind, uint96 amount);

    /// @notice `amount` stopped counting; all that is unbonding can be withdrawn at `withdrawableAt`.
    event UnstakeRequested(address indexed account, StakeKind indexed kind, uint96 amount, uint48 withdrawableAt);

    /// @notice `amount` left the vault.
    event Withdrawn(address indexed account, StakeKind indexed kind, uint96 amount);

    /// @notice `amount` was taken for `reason` (hash of the evidence); `reward` of it went to `reporter`.
    event Slashed(
        address indexed account,
        StakeKind indexed kind,
        uint96 amount,
        bytes32 reason,
        address indexed reporter,
        uint96 reward
    );

    /// @notice The kind must be Provider or Verifier.
    error NoKind();

    /// @notice An amount of zero says nothing.
    error ZeroAmount();

    /// @notice Nobody has the key of address zero.
    error ZeroAddress();

    /// @notice There is less stake than that.
    error StakeTooSmall(uint96 available, uint96 needed);

    /// @notice Nothing is unbonding.
    error NothingUnbonding();

    /// @notice It is still unbonding.
    error StillUnbonding(uint48 withdrawableAt);

    /// @notice Adds `amount` of the caller (allowance) to its stake.
    function stake(StakeKind kind, uint96 amount) external;

    /// @notice The same with the caller's permit.
    function stakeWithPermit(StakeKind kind, uint96 amount, Permit calldata permit) external;

    /// @notice Takes `amount` out of the stake; it can be withdrawn after UNBONDING_PERIOD. A further request starts the period
    /// anew for all that is unbonding.
    function requestUnstake(StakeKind kind, uint96 amount) external;

    /// @notice Pays out what has unbonded, to the caller.
    function withdraw(StakeKind kind) external;

    /// @notice Takes up to `amount` from the stake and then from what is unbonding. Only by the slasher role.
    /// @param reason hash of the evidence
    /// @param reporter gets a part; address zero for nobody
    /// @return slashed what was taken: less than `amount` if there was less
    function slash(address account, StakeKind kind, uint96 amount, bytes32 reason, address reporter)
        external
        returns (uint96 slashed);

    /// @notice What counts for `kind`.
    function stakeOf(address account, StakeKind kind) external view returns (uint96);

    /// @notice The whole record.
    function stakes(address account, StakeKind kind) external view returns (Stake memory);
}
