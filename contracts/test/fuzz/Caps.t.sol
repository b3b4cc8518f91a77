// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

contract CapsFuzzTest is Fixture {
    function test_a_signer_never_spends_more_than_its_caps(
        Caps memory caps,
        uint96[6] memory amounts,
        uint96[6] memory fees,
        uint48 late
    ) public {
        caps.total %= 2 * PURSE;
        caps.perPayee %= 2 * PURSE;
        vm.prank(payer.addr);
        channels.authorise(session.addr, caps);
        vm.warp(uint256(START) + late % 400 days);
        uint256 spent;
        for (uint256 i = 0; i < amounts.length; ++i) {
            uint96 amount = 1 + amounts[i] % (PURSE / 4);
            Meta memory meta = _meta(fees[i] % (PURSE / 16));
            ChannelKey memory key = _key(session, i);
            bytes memory signature = _sign(session, Signatures.open(_id(key), amount, OFFER, meta));
            uint256 sum = uint256(amount) + meta.fee;
            bool must = block.timestamp <= caps.expiry && spent + sum <= caps.total && spent + sum <= caps.perPayee
                && spent + sum <= PURSE;
            vm.prank(relayer.addr);
            try channels.openFor(key, amount, OFFER, meta, signature) {
                vm.assertTrue(must, "must be refused");
                spent += sum;
            } catch {
                vm.assertFalse(must, "must be done");
            }
        }
        vm.assertEq(_used(session), spent);
        vm.assertEq(PURSE - channels.purseOf(payer.addr), spent);
    }

    function test_purse_and_fee_add_up(uint96 amount, uint96 fee) public {
        amount = 1 + amount % PURSE;
        Meta memory meta = _meta(fee);
        vm.prank(payer.addr);
        flow.approve(address(channels), amount);
        bytes memory signature = _sign(payer, Signatures.deposit(payer.addr, amount, 0, meta));
        vm.prank(relayer.addr);
        try channels.depositFor(payer.addr, amount, 0, meta, signature, _noPermit()) {
            vm.assertLe(fee, amount);
            vm.assertEq(channels.purseOf(relayer.addr), fee);
            vm.assertEq(channels.purseOf(payer.addr), PURSE + amount - fee);
        } catch {
            vm.assertLe(uint256(amount) + 1, fee);
        }
    }
}
