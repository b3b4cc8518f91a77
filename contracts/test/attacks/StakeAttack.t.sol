// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IStakeVault} from "../../src/interfaces/IStakeVault.sol";
import "../Fixture.sol";

/// @dev A provider wants to keep its stake although it misbehaved; somebody wants the stake of others, or votes for nothing.
contract StakeAttackTest is Fixture {
    function test_running_into_unbonding_does_not_save_from_a_slash() public {
        _grant(Roles.SLASHER, address(this));
        vm.prank(payee.addr);
        vault.requestUnstake(StakeKind.Provider, MIN_STAKE);
        vm.warp(block.timestamp + 13 days);
        vault.slash(payee.addr, StakeKind.Provider, MIN_STAKE, 0, address(0));
        vm.warp(block.timestamp + 1 days);
        vm.prank(payee.addr);
        vm.expectRevert(IStakeVault.NothingUnbonding.selector);
        vault.withdraw(StakeKind.Provider);
    }

    function test_a_slash_takes_from_stake_and_unbonding_but_not_more_than_there_is() public {
        _grant(Roles.SLASHER, address(this));
        vm.prank(payee.addr);
        vault.requestUnstake(StakeKind.Provider, 300 ether);
        uint96 slashed = vault.slash(payee.addr, StakeKind.Provider, 800 ether, 0, address(0));
        vm.assertEq(slashed, 800 ether);
        vm.assertEq(vault.stakes(payee.addr, StakeKind.Provider).unbonding, 200 ether);
        slashed = vault.slash(payee.addr, StakeKind.Provider, type(uint96).max, 0, address(0));
        vm.assertEq(slashed, 200 ether);
        vm.assertEq(flow.balanceOf(address(vault)), 0);
        vm.expectRevert(IStakeVault.ZeroAmount.selector);
        vault.slash(payee.addr, StakeKind.Provider, 1, 0, address(0));
    }

    function test_a_slash_of_one_does_not_touch_another_or_another_kind() public {
        _grant(Roles.SLASHER, address(this));
        vm.startPrank(payer.addr);
        flow.approve(address(vault), 10);
        vault.stake(StakeKind.Provider, 10);
        vm.stopPrank();
        vm.expectRevert(IStakeVault.ZeroAmount.selector);
        vault.slash(payee.addr, StakeKind.Verifier, 10, 0, address(0));
        vault.slash(payee.addr, StakeKind.Provider, type(uint96).max, 0, address(0));
        vm.assertEq(vault.stakeOf(payer.addr, StakeKind.Provider), 10);
    }

    function test_a_stranger_slashes_nobody() public {
        vm.prank(thief.addr);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, thief.addr));
        vault.slash(payee.addr, StakeKind.Provider, 1, 0, thief.addr);
    }

    function test_reporting_oneself_is_a_loss() public {
        _grant(Roles.SLASHER, address(this));
        vault.slash(payee.addr, StakeKind.Provider, MIN_STAKE, 0, payee.addr);
        vm.assertEq(flow.balanceOf(payee.addr), MIN_STAKE / 10);
    }

    function test_no_withdrawal_twice_and_none_of_others() public {
        vm.prank(payee.addr);
        vault.requestUnstake(StakeKind.Provider, 10);
        vm.warp(START + 14 days);
        vm.prank(thief.addr);
        vm.expectRevert(IStakeVault.NothingUnbonding.selector);
        vault.withdraw(StakeKind.Provider);
        vm.startPrank(payee.addr);
        vault.withdraw(StakeKind.Provider);
        vm.expectRevert(IStakeVault.NothingUnbonding.selector);
        vault.withdraw(StakeKind.Provider);
    }

    function test_no_withdrawal_a_second_too_early() public {
        vm.startPrank(payee.addr);
        vault.requestUnstake(StakeKind.Provider, 10);
        vm.warp(START + 14 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.StillUnbonding.selector, START + 14 days));
        vault.withdraw(StakeKind.Provider);
    }

    function test_borrowed_stake_has_no_votes_in_the_past() public {
        vm.startPrank(payer.addr);
        vault.delegate(payer.addr);
        flow.approve(address(vault), 10);
        vault.stake(StakeKind.Provider, 10);
        vault.requestUnstake(StakeKind.Provider, 10);
        vm.stopPrank();
        vm.warp(START + 1);
        vm.assertEq(vault.getPastVotes(payer.addr, START), 0);
        vm.assertEq(vault.getVotes(payer.addr), 0);
    }

    function test_slashed_stake_does_not_vote() public {
        _grant(Roles.SLASHER, address(this));
        vm.prank(payee.addr);
        vault.delegate(payee.addr);
        vault.slash(payee.addr, StakeKind.Provider, 400 ether, 0, address(0));
        vm.assertEq(vault.getVotes(payee.addr), MIN_STAKE - 400 ether);
        vm.prank(payee.addr);
        vault.requestUnstake(StakeKind.Provider, MIN_STAKE - 400 ether);
        vault.slash(payee.addr, StakeKind.Provider, 1 ether, 0, address(0));
        vm.assertEq(vault.getVotes(payee.addr), 0);
    }
}
