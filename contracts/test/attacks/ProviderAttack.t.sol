// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IProviderRegistry} from "../../src/interfaces/IProviderRegistry.sol";
import {IStakeVault} from "../../src/interfaces/IStakeVault.sol";
import "../unit/ProviderRegistry.t.sol";

/// @dev A provider wants out of jail, or in without stake; somebody wants to jail a rival.
contract ProviderAttackTest is StakedWallet {
    function test_leaving_and_coming_back_does_not_end_a_jail() public {
        _register();
        _grant(Roles.JAILER, address(this));
        providers.jail(payer.addr, type(uint48).max, 0);
        vm.startPrank(payer.addr);
        providers.exit();
        providers.register(NODE, ABOUT, "");
        vm.assertFalse(providers.isActive(payer.addr));
        vm.assertFalse(gate.mayReceive(payer.addr));
    }

    function test_a_rival_jails_nobody() public {
        _register();
        vm.startPrank(thief.addr);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, thief.addr));
        providers.jail(payer.addr, type(uint48).max, 0);
        vm.expectPartialRevert(IAccessManaged.AccessManagedUnauthorized.selector);
        providers.unjail(payer.addr);
        vm.expectPartialRevert(IAccessManaged.AccessManagedUnauthorized.selector);
        providers.setMinStake(0);
    }

    function test_stake_of_the_other_kind_does_not_count() public {
        _fund(thief, MIN_STAKE);
        vm.startPrank(thief.addr);
        flow.approve(address(vault), MIN_STAKE);
        vault.stake(StakeKind.Verifier, MIN_STAKE);
        vm.expectPartialRevert(IProviderRegistry.StakeTooSmall.selector);
        providers.register(NODE, ABOUT, "");
    }

    function test_a_node_key_of_another_wallet_cannot_be_registered() public {
        _fund(thief, MIN_STAKE);
        vm.startPrank(thief.addr);
        flow.approve(address(vault), MIN_STAKE);
        vault.stake(StakeKind.Provider, MIN_STAKE);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotBound.selector, thief.addr, NODE));
        providers.register(NODE, ABOUT, "");
    }

    function test_the_same_stake_does_not_serve_two_wallets() public {
        _register();
        vm.prank(payer.addr);
        vault.requestUnstake(StakeKind.Provider, MIN_STAKE);
        vm.warp(START + 13 days);
        vm.prank(payer.addr);
        vm.expectPartialRevert(IStakeVault.StillUnbonding.selector);
        vault.withdraw(StakeKind.Provider);
        vm.assertFalse(providers.isActive(payer.addr));
    }
}
