// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IPayeeGate} from "../../src/interfaces/IPayeeGate.sol";
import {OpenGate} from "../mocks/Gates.sol";
import "../Fixture.sol";

/// @dev Whoever deployed, or proposes, wants more power than what waits in the timelock.
contract GovernanceAttackTest is Fixture {
    function test_the_deployer_keeps_no_power() public {
        uint64 admin = access.ADMIN_ROLE();
        (bool member,) = access.hasRole(admin, deployer);
        vm.assertFalse(member);
        vm.prank(deployer);
        vm.expectPartialRevert(IAccessManager.AccessManagerUnauthorizedAccount.selector);
        access.grantRole(Roles.SLASHER, deployer, 0);
        vm.assertFalse(timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), deployer));
        vm.assertTrue(timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), address(timelock)));
    }

    function test_nobody_slashes_or_jails_at_first() public {
        vm.startPrank(holder.addr);
        vm.expectPartialRevert(IAccessManaged.AccessManagedUnauthorized.selector);
        vault.slash(payee.addr, StakeKind.Provider, 1, 0, address(0));
        vm.expectPartialRevert(IAccessManaged.AccessManagedUnauthorized.selector);
        providers.jail(payee.addr, 1, 0);
        vm.stopPrank();
        vm.startPrank(address(timelock));
        vm.expectPartialRevert(IAccessManaged.AccessManagedUnauthorized.selector);
        vault.slash(payee.addr, StakeKind.Provider, 1, 0, address(0));
    }

    function test_the_policy_is_replaced_by_the_timelock_alone() public {
        IPayeeGate next = new OpenGate();
        vm.prank(holder.addr);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, holder.addr));
        gate.setPolicy(next);
        _asTimelock(address(gate), abi.encodeCall(PayeeGate.setPolicy, (next)));
        vm.assertEq(address(gate.policy()), address(next));
        vm.assertTrue(gate.mayReceive(thief.addr));
    }

    function test_the_timelock_does_not_execute_before_its_delay() public {
        bytes memory call = abi.encodeCall(PayeeGate.setPolicy, (new OpenGate()));
        vm.startPrank(holder.addr);
        timelock.schedule(address(gate), 0, call, 0, 0, 2 days);
        vm.warp(block.timestamp + 2 days - 1);
        vm.expectRevert();
        timelock.execute(address(gate), 0, call, 0, 0);
        vm.expectRevert();
        timelock.schedule(address(gate), 0, call, 0, bytes32(uint256(1)), 2 days - 1);
    }

    function test_a_stranger_proposes_nothing() public {
        bytes memory call = abi.encodeCall(PayeeGate.setPolicy, (new OpenGate()));
        vm.prank(thief.addr);
        vm.expectRevert();
        timelock.schedule(address(gate), 0, call, 0, 0, 2 days);
    }

    function test_there_is_always_a_policy() public {
        vm.expectRevert(PayeeGate.ZeroAddress.selector);
        new PayeeGate(IPayeeGate(address(0)), address(access));
    }

    function test_governance_has_no_way_into_the_channels() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        // The whole of it: no function of the channels asks for a role, an owner or a proxy.
        (bool owned,) = address(channels).staticcall(abi.encodeWithSignature("owner()"));
        (bool ruled,) = address(channels).staticcall(abi.encodeWithSignature("authority()"));
        (bool paused,) = address(channels).staticcall(abi.encodeWithSignature("paused()"));
        vm.assertFalse(owned || ruled || paused);
        vm.startPrank(address(timelock));
        vm.expectPartialRevert(IPaymentChannels.PurseTooSmall.selector);
        channels.withdraw(address(timelock), 1);
        vm.expectPartialRevert(IPaymentChannels.NotAllowed.selector);
        channels.startClose(key);
        vm.stopPrank();
        channels.claim(key, 100, 0, _voucher(session, id, 100));
    }
}
