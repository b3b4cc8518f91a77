// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IStakeVault, Stake, StakeKind} from "../interfaces/IStakeVault.sol";
import {Permit, Permits} from "../libraries/Permits.sol";

/// @title Stake of providers and verifiers
/// @notice See {IStakeVault}. Votes are those of OpenZeppelin, by time: one unit of stake, whatever its kind, is one vote for the
/// delegate of its owner (nobody by default).
contract StakeVault is IStakeVault, Votes, AccessManaged {
    using SafeERC20 for IERC20;
    using Permits for IERC20Permit;

    /// @notice Longer than a vote and the timelock together, and than a dispute: who voted or misbehaved is still here when it
    /// takes effect.
    uint48 public constant UNBONDING_PERIOD = 14 days;

    /// @notice Hundredths of a slash that go to the reporter: worth reporting, and a bad bargain for who reports himself.
    uint96 public constant REPORTER_PERCENT = 10;

    /// @notice The token that is staked.
    IERC20 public immutable FLOW;

    /// @notice Who gets the rest of a slash.
    address public immutable TREASURY;

    mapping(address account => mapping(StakeKind kind => Stake)) private _stakes;

    /// @param authority the AccessManager
    constructor(IERC20 flow, address treasury, address authority)
        EIP712("FlowShield StakeVault", "1")
        AccessManaged(authority)
    {
        require(address(flow) != address(0) && treasury != address(0), ZeroAddress());
        FLOW = flow;
        TREASURY = treasury;
    }

    /// @inheritdoc IStakeVault
    function stake(StakeKind kind, uint96 amount) public {
        require(kind != StakeKind.None, NoKind());
        require(amount != 0, ZeroAmount());
        _stakes[msg.sender][kind].staked += amount;
        _transferVotingUnits(address(0), msg.sender, amount);
        emit Staked(msg.sender, kind, amount);
        FLOW.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IStakeVault
    function stakeWithPermit(StakeKind kind, uint96 amount, Permit calldata permit) external {
        IERC20Permit(address(FLOW)).tryPermit(msg.sender, amount, permit);
        stake(kind, amount);
    }

    /// @inheritdoc IStakeVault
    function requestUnstake(StakeKind kind, uint96 amount) external {
        require(amount != 0, ZeroAmount());
        Stake storage held = _stakes[msg.sender][kind];
        require(amount <= held.staked, StakeTooSmall(held.staked, amount));
        uint48 withdrawableAt = uint48(block.timestamp) + UNBONDING_PERIOD;
        held.staked -= amount;
        held.unbonding += amount;
        held.withdrawableAt = withdrawableAt;
        _transferVotingUnits(msg.sender, address(0), amount);
        emit UnstakeRequested(msg.sender, kind, amount, withdrawableAt);
    }

    /// @inheritdoc IStakeVault
    function withdraw(StakeKind kind) external {
        Stake storage held = _stakes[msg.sender][kind];
        uint96 amount = held.unbonding;
        require(amount != 0, NothingUnbonding());
        require(block.timestamp >= held.withdrawableAt, StillUnbonding(held.withdrawableAt));
        held.unbonding = 0;
        held.withdrawableAt = 0;
        emit Withdrawn(msg.sender, kind, amount);
        FLOW.safeTransfer(msg.sender, amount);
    }

    /// @inheritdoc IStakeVault
    function slash(address account, StakeKind kind, uint96 amount, bytes32 reason, address reporter)
        external
        restricted
        returns (uint96 slashed)
    {
        Stake storage held = _stakes[account][kind];
        uint96 fromStake = amount < held.staked ? amount : held.staked;
        uint96 rest = amount - fromStake;
        uint96 fromUnbonding = rest < held.unbonding ? rest : held.unbonding;
        slashed = fromStake + fromUnbonding;
        require(slashed != 0, ZeroAmount());

        held.staked -= fromStake;
        held.unbonding -= fromUnbonding;
        _transferVotingUnits(account, address(0), fromStake);
        uint96 reward = reporter == address(0) ? 0 : slashed / 100 * REPORTER_PERCENT;
        emit Slashed(account, kind, slashed, reason, reporter, reward);
        if (reward != 0) FLOW.safeTransfer(reporter, reward);
        FLOW.safeTransfer(TREASURY, slashed - reward);
    }

    /// @inheritdoc IStakeVault
    function stakeOf(address account, StakeKind kind) external view returns (uint96) {
        return _stakes[account][kind].staked;
    }

    /// @inheritdoc IStakeVault
    function stakes(address account, StakeKind kind) external view returns (Stake memory) {
        return _stakes[account][kind];
    }

    /// @notice Votes are counted by time, since chains differ in their blocks.
    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    /// @notice ERC-6372.
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function _getVotingUnits(address account) internal view override returns (uint256) {
        return uint256(_stakes[account][StakeKind.Provider].staked) + _stakes[account][StakeKind.Verifier].staked;
    }
}
