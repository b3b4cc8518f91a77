// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IStakeVault, Stake} from "../../src/interfaces/IStakeVault.sol";
import "../Fixture.sol";

contract StakeVaultTest is Fixture {
    function setUp() public override {
        super.setUp();
        vm.prank(payer.addr);
        flow.approve(address(vault), FOREVER);
    }

    function test_stakes_for_each_kind_apart() public {
        vm.expectEmit(address(vault));
        emit IStakeVault.Staked(payer.addr, StakeKind.Verifier, 10);
        vm.startPrank(payer.addr);
        vault.stake(StakeKind.Verifier, 10);
        vault.stake(StakeKind.Provider, 5);
        vm.assertEq(vault.stakeOf(payer.addr, StakeKind.Verifier), 10);
        vm.assertEq(vault.stakeOf(payer.addr, StakeKind.Provider), 5);
        vm.assertEq(flow.balanceOf(address(vault)), MIN_STAKE + 15);
    }

    function test_a_permit_saves_the_approval() public {
        vm.prank(payer.addr);
        flow.approve(address(vault), 0);
        Permit memory permit = _permit(payer, address(vault), 7);
        vm.prank(payer.addr);
        vault.stakeWithPermit(StakeKind.Provider, 7, permit);
        vm.assertEq(vault.stakeOf(payer.addr, StakeKind.Provider), 7);
    }

    function test_unbonds_in_two_weeks() public {
        vm.startPrank(payer.addr);
        vault.stake(StakeKind.Provider, 10);
        vm.expectEmit(address(vault));
        emit IStakeVault.UnstakeRequested(payer.addr, StakeKind.Provider, 4, START + 14 days);
        vault.requestUnstake(StakeKind.Provider, 4);
        Stake memory held = vault.stakes(payer.addr, StakeKind.Provider);
        vm.assertEq(held.staked, 6);
        vm.assertEq(held.unbonding, 4);
        vm.assertEq(held.withdrawableAt, START + 14 days);

        uint256 before = flow.balanceOf(payer.addr);
        vm.warp(START + 14 days);
        vm.expectEmit(address(vault));
        emit IStakeVault.Withdrawn(payer.addr, StakeKind.Provider, 4);
        vault.withdraw(StakeKind.Provider);
        vm.assertEq(flow.balanceOf(payer.addr), before + 4);
        held = vault.stakes(payer.addr, StakeKind.Provider);
        vm.assertEq(held.staked, 6);
        vm.assertEq(held.unbonding, 0);
        vm.assertEq(held.withdrawableAt, 0);
    }

    function test_a_further_request_starts_the_period_anew_for_all() public {
        vm.startPrank(payer.addr);
        vault.stake(StakeKind.Provider, 10);
        vault.requestUnstake(StakeKind.Provider, 4);
        vm.warp(START + 13 days);
        vault.requestUnstake(StakeKind.Provider, 1);
        vm.warp(START + 14 days);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.StillUnbonding.selector, START + 27 days));
        vault.withdraw(StakeKind.Provider);
        vm.warp(START + 27 days);
        vault.withdraw(StakeKind.Provider);
        vm.assertEq(vault.stakes(payer.addr, StakeKind.Provider).unbonding, 0);
    }

    function test_slashes_and_shares_with_the_reporter() public {
        _grant(Roles.SLASHER, address(this));
        bytes32 reason = keccak256("evidence");
        vm.expectEmit(address(vault));
        emit IStakeVault.Slashed(payee.addr, StakeKind.Provider, 400 ether, reason, relayer.addr, 40 ether);
        uint96 slashed = vault.slash(payee.addr, StakeKind.Provider, 400 ether, reason, relayer.addr);
        vm.assertEq(slashed, 400 ether);
        vm.assertEq(flow.balanceOf(relayer.addr), 40 ether);
        vm.assertEq(flow.balanceOf(address(timelock)), 360 ether);
        vm.assertEq(vault.stakeOf(payee.addr, StakeKind.Provider), MIN_STAKE - 400 ether);
    }

    function test_a_slash_without_reporter_goes_to_the_treasury() public {
        _grant(Roles.SLASHER, address(this));
        vault.slash(payee.addr, StakeKind.Provider, 100, 0, address(0));
        vm.assertEq(flow.balanceOf(vault.TREASURY()), 100);
    }

    function test_stake_votes_for_the_delegate_of_its_owner() public {
        vm.startPrank(payer.addr);
        vault.delegate(thief.addr);
        vault.stake(StakeKind.Provider, 10);
        vault.stake(StakeKind.Verifier, 5);
        vm.assertEq(vault.getVotes(thief.addr), 15);
        vault.requestUnstake(StakeKind.Provider, 4);
        vm.assertEq(vault.getVotes(thief.addr), 11, "what is unbonding does not vote");
        vault.delegate(payer.addr);
        vm.assertEq(vault.getVotes(payer.addr), 11);
        vm.assertEq(vault.CLOCK_MODE(), "mode=timestamp");
        vm.assertEq(vault.clock(), START);
    }

    function test_refuses_what_makes_no_sense() public {
        vm.startPrank(payer.addr);
        vm.expectRevert(IStakeVault.NoKind.selector);
        vault.stake(StakeKind.None, 1);
        vm.expectRevert(IStakeVault.ZeroAmount.selector);
        vault.stake(StakeKind.Provider, 0);
        vm.expectRevert(IStakeVault.ZeroAmount.selector);
        vault.requestUnstake(StakeKind.Provider, 0);
        vm.expectRevert(abi.encodeWithSelector(IStakeVault.StakeTooSmall.selector, 0, 1));
        vault.requestUnstake(StakeKind.Provider, 1);
        vm.expectRevert(IStakeVault.NothingUnbonding.selector);
        vault.withdraw(StakeKind.Provider);
        vm.stopPrank();
        vm.expectRevert(IStakeVault.ZeroAddress.selector);
        new StakeVault(FlowToken(address(0)), address(timelock), address(access));
        vm.expectRevert(IStakeVault.ZeroAddress.selector);
        new StakeVault(flow, address(0), address(access));
    }
}
