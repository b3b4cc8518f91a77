// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

/// @dev What it costs to enter the market, as transactions of their own.
/// forge-config: default.isolate = true
/// forge-config: ci.isolate = true
/// forge-config: deep.isolate = true
contract MarketGasTest is Fixture {
    function test_entering_the_market() public {
        bytes memory proof = abi.encodePacked(keccak256("first half"), keccak256("second half"));
        bytes32 node = keccak256("node");
        vm.prank(payer.addr);
        flow.approve(address(vault), FOREVER);
        vm.prank(payer.addr);
        vault.stake(StakeKind.Provider, MIN_STAKE);
        _taken("stake");
        vm.prank(payer.addr);
        identities.bind(node, proof, 3);
        _taken("bind");
        vm.prank(payer.addr);
        providers.register(
            node, keccak256("about"), "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"
        );
        _taken("register");
        vm.prank(payer.addr);
        identities.rotate(node, keccak256("next"), proof);
        _taken("rotate");
        vm.prank(payer.addr);
        vault.requestUnstake(StakeKind.Provider, MIN_STAKE);
        _taken("requestUnstake");
    }

    function test_asking_the_gate() public {
        vm.cool(address(gate));
        vm.cool(address(providers));
        vm.cool(address(vault));
        gate.mayReceive(payee.addr);
        uint256 asked = vm.snapshotGasLastCall("Market", "mayReceive, without the base cost");
        vm.assertLe(asked, channels.GATE_GAS() / 4, "room for policies to come");
    }

    function _taken(string memory name) private {
        vm.snapshotGasLastCall("Market", name);
    }
}
