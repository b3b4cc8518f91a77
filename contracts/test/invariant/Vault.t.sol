// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Stake} from "../../src/interfaces/IStakeVault.sol";
import "../Fixture.sol";

/// @dev Stakes, unstakes, withdraws and is slashed, in any order, and keeps books of its own.
contract VaultHandler {
    StakeVault internal immutable vault;
    FlowToken internal immutable flow;
    Account[3] internal stakers;
    uint256 public slashed;
    uint256 public done;

    constructor(StakeVault vault_, FlowToken flow_) {
        vault = vault_;
        flow = flow_;
        stakers[0] = Signatures.account("anna");
        stakers[1] = Signatures.account("bert");
        stakers[2] = Signatures.account("cleo");
        for (uint256 i = 0; i < stakers.length; ++i) {
            vm.startPrank(stakers[i].addr);
            flow_.approve(address(vault_), type(uint256).max);
            vault_.delegate(stakers[(i + 1) % 3].addr);
            vm.stopPrank();
        }
    }

    function stake(uint256 who, uint96 amount) external {
        address staker = stakers[who % 3].addr;
        amount = uint96(amount % (flow.balanceOf(staker) + 1));
        if (amount == 0) return;
        vm.prank(staker);
        vault.stake(_kind(who), amount);
        ++done;
    }

    function requestUnstake(uint256 who, uint96 amount) external {
        address staker = stakers[who % 3].addr;
        uint96 held = vault.stakeOf(staker, _kind(who));
        if (held == 0) return;
        vm.prank(staker);
        vault.requestUnstake(_kind(who), 1 + amount % held);
        ++done;
    }

    function withdraw(uint256 who) external {
        address staker = stakers[who % 3].addr;
        Stake memory held = vault.stakes(staker, _kind(who));
        bool must = held.unbonding > 0 && block.timestamp >= held.withdrawableAt;
        uint256 before = flow.balanceOf(staker);
        vm.prank(staker);
        try vault.withdraw(_kind(who)) {
            vm.assertTrue(must, "not yet");
            vm.assertEq(flow.balanceOf(staker) - before, held.unbonding, "all of it");
            ++done;
        } catch {
            vm.assertFalse(must, "had to be paid");
        }
    }

    function slash(uint256 who, uint96 amount) external {
        address staker = stakers[who % 3].addr;
        Stake memory held = vault.stakes(staker, _kind(who));
        uint256 all = uint256(held.staked) + held.unbonding;
        if (amount == 0 || all == 0) return;
        uint96 taken = vault.slash(staker, _kind(who), amount, 0, address(this));
        vm.assertEq(taken, amount < all ? amount : all, "as much as there is");
        slashed += taken;
        ++done;
    }

    function pass(uint256 time) external {
        vm.warp(block.timestamp + time % 10 days);
    }

    function checkConservation() external view {
        uint256 staked;
        uint256 unbonding;
        uint256 outside;
        for (uint256 i = 0; i < 3; ++i) {
            for (uint256 kind = 1; kind < 3; ++kind) {
                Stake memory held = vault.stakes(stakers[i].addr, StakeKind(kind));
                staked += held.staked;
                unbonding += held.unbonding;
            }
            outside += flow.balanceOf(stakers[i].addr);
        }
        vm.assertEq(flow.balanceOf(address(vault)), staked + unbonding, "balance = stakes + unbonding");
        vm.assertEq(flow.balanceOf(vault.TREASURY()) + flow.balanceOf(address(this)), slashed, "slashed");
        vm.assertEq(outside + staked + unbonding + slashed, 3_000 ether, "nothing lost, nothing made");
    }

    function checkVotes() external view {
        uint256 votes;
        uint256 staked;
        for (uint256 i = 0; i < 3; ++i) {
            votes += vault.getVotes(stakers[i].addr);
            staked += vault.stakeOf(stakers[i].addr, StakeKind.Provider);
            staked += vault.stakeOf(stakers[i].addr, StakeKind.Verifier);
        }
        vm.assertEq(votes, staked, "votes = stakes");
    }

    function _kind(uint256 who) private pure returns (StakeKind) {
        return (who >> 8) % 2 == 0 ? StakeKind.Provider : StakeKind.Verifier;
    }
}

abstract contract Stakers is Fixture {
    VaultHandler internal handler;

    function setUp() public virtual override {
        vm.warp(START);
        _deploy();
        handler = new VaultHandler(vault, flow);
        _fund(Signatures.account("anna"), 1_000 ether);
        _fund(Signatures.account("bert"), 1_000 ether);
        _fund(Signatures.account("cleo"), 1_000 ether);
        _grant(Roles.SLASHER, address(handler));
    }
}

/// @dev The vault holds what is staked and what is unbonding, and only stake votes.
contract VaultInvariantTest is Stakers {
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_the_vault_holds_stakes_and_unbonding_and_stakes_vote() public view {
        handler.checkConservation();
        handler.checkVotes();
    }
}

/// @dev The same checks on a vault that is broken on purpose.
contract VaultInvariantDetectsTest is Stakers {
    bytes32 private constant STAKES = bytes32(uint256(7));
    bytes32 private slot;

    function setUp() public override {
        super.setUp();
        handler.stake(0, 10 ether);
        vm.assertEq(handler.done(), 1);
        bytes32 ofAnna = keccak256(abi.encode(Signatures.account("anna").addr, STAKES));
        slot = keccak256(abi.encode(StakeKind.Provider, ofAnna));
    }

    function test_a_sound_vault_passes() public view {
        handler.checkConservation();
        handler.checkVotes();
    }

    function test_sees_stake_that_grew_by_itself() public {
        _add(1);
        vm.expectRevert();
        handler.checkConservation();
        vm.expectRevert();
        handler.checkVotes();
    }

    function test_sees_unbonding_that_grew_by_itself() public {
        _add(1 << 96);
        vm.expectRevert();
        handler.checkConservation();
    }

    function test_sees_money_that_left_unbooked() public {
        vm.prank(address(vault));
        flow.transfer(payee.addr, 1);
        vm.expectRevert();
        handler.checkConservation();
    }

    function _add(uint256 what) private {
        vm.store(address(vault), slot, bytes32(uint256(vm.load(address(vault), slot)) + what));
    }
}
