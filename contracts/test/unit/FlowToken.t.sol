// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

contract FlowTokenTest is Fixture {
    function test_all_of_it_exists_from_the_start() public {
        FlowToken token = new FlowToken(thief.addr);
        vm.assertEq(token.totalSupply(), 1e9 * 1e18);
        vm.assertEq(token.balanceOf(thief.addr), token.totalSupply());
        vm.assertLe(token.SUPPLY(), type(uint96).max);
    }

    function test_is_called_flow() public view {
        vm.assertEq(flow.name(), "FlowShield");
        vm.assertEq(flow.symbol(), "FLOW");
        vm.assertEq(flow.decimals(), 18);
    }

    function test_a_permit_is_an_approval() public {
        Permit memory permit = _permit(payer, thief.addr, 5);
        flow.permit(payer.addr, thief.addr, 5, permit.deadline, permit.v, permit.r, permit.s);
        vm.assertEq(flow.allowance(payer.addr, thief.addr), 5);
    }

    function test_its_domain_is_the_one_that_signers_use() public view {
        vm.assertEq(tokenDomain, Signatures.domain("FlowShield", block.chainid, address(flow)));
    }
}
