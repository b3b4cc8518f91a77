// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IProviderRegistry, Provider, ProviderStatus} from "../../src/interfaces/IProviderRegistry.sol";
import {IStakeVault} from "../../src/interfaces/IStakeVault.sol";
import "../Fixture.sol";

abstract contract StakedWallet is Fixture {
    bytes32 internal constant NODE = keccak256("node key");
    bytes32 internal constant ABOUT = keccak256("about");

    function setUp() public override {
        super.setUp();
        vm.startPrank(payer.addr);
        flow.approve(address(vault), FOREVER);
        vault.stake(StakeKind.Provider, MIN_STAKE);
        identities.bind(NODE, new bytes(64), 1);
        vm.stopPrank();
    }

    function _register() internal {
        vm.prank(payer.addr);
        providers.register(NODE, ABOUT, "ipfs://x");
    }
}

contract ProviderRegistryTest is StakedWallet {
    function test_registers_who_has_stake_and_a_node_key() public {
        vm.expectEmit(address(providers));
        emit IProviderRegistry.Registered(payer.addr, NODE, ABOUT, "ipfs://x");
        _register();
        Provider memory made = providers.provider(payer.addr);
        vm.assertEq(uint256(made.status), uint256(ProviderStatus.Registered));
        vm.assertEq(made.registeredAt, START);
        vm.assertEq(made.jailedUntil, 0);
        vm.assertEq(made.nodeKey, NODE);
        vm.assertEq(made.metaHash, ABOUT);
        vm.assertTrue(providers.isActive(payer.addr));
        vm.assertTrue(gate.mayReceive(payer.addr));
    }

    function test_a_relayer_registers_and_is_paid() public {
        Meta memory meta = _meta(3);
        bytes memory signature = Signatures.sign(
            payer,
            Signatures.domain("FlowShield ProviderRegistry", block.chainid, address(providers)),
            Signatures.register(payer.addr, NODE, ABOUT, "ipfs://x", 0, meta)
        );
        Permit memory permit = _permit(payer, address(providers), 3);
        vm.prank(relayer.addr);
        providers.registerFor(payer.addr, NODE, ABOUT, "ipfs://x", 0, meta, signature, permit);
        vm.assertTrue(providers.isActive(payer.addr));
        vm.assertEq(flow.balanceOf(relayer.addr), 3);

        vm.prank(payer.addr);
        providers.exit();
        vm.expectPartialRevert(bytes4(keccak256("InvalidAccountNonce(address,uint256)")));
        providers.registerFor(payer.addr, NODE, ABOUT, "ipfs://x", 0, meta, signature, permit);
    }

    function test_describes_itself_anew() public {
        _register();
        bytes32 next = keccak256("next");
        vm.startPrank(payer.addr);
        identities.rotate(NODE, next, new bytes(64));
        vm.expectEmit(address(providers));
        emit IProviderRegistry.Updated(payer.addr, next, keccak256("new"), "ipfs://new");
        providers.update(next, keccak256("new"), "ipfs://new");
        vm.assertEq(providers.provider(payer.addr).nodeKey, next);
        vm.expectPartialRevert(IProviderRegistry.NotBound.selector);
        providers.update(NODE, ABOUT, "");
    }

    function test_leaves_and_comes_back() public {
        _register();
        vm.startPrank(payer.addr);
        vm.expectEmit(address(providers));
        emit IProviderRegistry.Exited(payer.addr);
        providers.exit();
        vm.assertFalse(providers.isActive(payer.addr));
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotRegistered.selector, payer.addr));
        providers.exit();
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotRegistered.selector, payer.addr));
        providers.update(NODE, ABOUT, "");
        vm.stopPrank();
        _register();
        vm.assertTrue(providers.isActive(payer.addr));
    }

    function test_unstaking_ends_being_active_at_once() public {
        _register();
        vm.prank(payer.addr);
        vault.requestUnstake(StakeKind.Provider, 1);
        vm.assertFalse(providers.isActive(payer.addr));
    }

    function test_a_jail_ends_by_itself_or_by_pardon() public {
        _register();
        _grant(Roles.JAILER, address(this));
        uint48 until = uint48(block.timestamp) + 1 days;
        vm.expectEmit(address(providers));
        emit IProviderRegistry.Jailed(payer.addr, until, "why");
        providers.jail(payer.addr, until, "why");
        vm.assertFalse(providers.isActive(payer.addr));
        vm.warp(until);
        vm.assertTrue(providers.isActive(payer.addr));

        providers.jail(payer.addr, type(uint48).max, "why");
        vm.assertFalse(providers.isActive(payer.addr));
        vm.expectEmit(address(providers));
        emit IProviderRegistry.Unjailed(payer.addr);
        providers.unjail(payer.addr);
        vm.assertTrue(providers.isActive(payer.addr));
    }

    function test_the_timelock_sets_the_least_stake() public {
        _register();
        _asTimelock(address(providers), abi.encodeCall(IProviderRegistry.setMinStake, (MIN_STAKE + 1)));
        vm.assertEq(providers.minStake(), MIN_STAKE + 1);
        vm.assertFalse(providers.isActive(payer.addr));
    }

    function test_refuses_who_lacks_something() public {
        vm.startPrank(thief.addr);
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.StakeTooSmall.selector, 0, MIN_STAKE));
        providers.register(NODE, ABOUT, "");
        vm.stopPrank();
        vm.startPrank(payer.addr);
        bytes32 other = keccak256("other");
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.NotBound.selector, payer.addr, other));
        providers.register(other, ABOUT, "");
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.UriTooLong.selector, 257));
        providers.register(NODE, ABOUT, string(new bytes(257)));
        providers.register(NODE, ABOUT, string(new bytes(256)));
        vm.expectRevert(abi.encodeWithSelector(IProviderRegistry.AlreadyRegistered.selector, payer.addr));
        providers.register(NODE, ABOUT, "");
        vm.stopPrank();
        vm.expectRevert(IProviderRegistry.ZeroAddress.selector);
        new ProviderRegistry(flow, IStakeVault(address(0)), identities, 1, address(access));
    }
}
