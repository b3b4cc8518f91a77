// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

contract VouchersFuzzTest is Fixture {
    function test_any_order_of_vouchers_pays_the_highest_up_to_the_deposit(uint96 deposit, uint128[8] memory vouchers)
        public
    {
        deposit = 1 + deposit % (600 ether);
        (ChannelKey memory key, bytes32 id) = _opened(deposit);
        uint128 highest;
        for (uint256 i = 0; i < vouchers.length; ++i) {
            uint128 cumulative = i % 2 == 0 ? vouchers[i] : vouchers[i] % (2 * uint128(deposit));
            if (cumulative > highest) highest = cumulative;
            bytes memory voucher = _voucher(session, id, cumulative);
            try channels.claim(key, cumulative, 0, voucher) {} catch {}
            vm.assertEq(flow.balanceOf(payee.addr), highest < deposit ? highest : deposit);
        }
    }

    function test_no_bytes_are_a_signature(bytes memory junk, uint128 cumulative) public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        try channels.claim(key, cumulative, 0, junk) {
            revert("paid for junk");
        } catch {}
        vm.assertEq(_claimed(id), 0);
    }

    function test_no_65_bytes_are_a_signature(bytes32 r, bytes32 s, uint8 v, uint128 cumulative) public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        try channels.claim(key, cumulative, 0, abi.encodePacked(r, s, v)) {
            revert("paid for junk");
        } catch {}
        vm.assertEq(_claimed(id), 0);
    }

    function test_no_voucher_is_good_for_anything_that_differs(
        uint128 signed,
        uint64 bytesServed,
        uint128 asked,
        uint64 askedBytes,
        uint8 flip
    ) public {
        vm.assume(signed != asked || bytesServed != askedBytes);
        (ChannelKey memory key, bytes32 id) = _opened(100);
        bytes memory signature = _sign(session, Signatures.voucher(id, signed, bytesServed));
        try channels.claim(key, asked, askedBytes, signature) {
            revert("paid another voucher");
        } catch {}
        signature[flip % 65] ^= 0x01;
        try channels.claim(key, signed, bytesServed, signature) {
            revert("paid a changed signature");
        } catch {}
        vm.assertEq(_claimed(id), 0);
    }

    function test_a_close_refunds_exactly_what_was_not_paid(uint96 deposit, uint96 topUp, uint128 earned) public {
        deposit = 1 + deposit % 300 ether;
        topUp = 1 + topUp % 300 ether;
        (ChannelKey memory key, bytes32 id) = _opened(deposit);
        vm.prank(session.addr);
        channels.topUp(key, topUp);
        bytes memory voucher = _voucher(session, id, earned);
        vm.prank(payee.addr);
        channels.claimAndClose(key, earned, 0, voucher);
        uint256 paid = flow.balanceOf(payee.addr);
        vm.assertEq(paid, earned < deposit + topUp ? earned : deposit + topUp);
        vm.assertEq(channels.purseOf(payer.addr) + paid, PURSE);
        vm.assertEq(_used(session), paid);
    }

    function test_different_keys_have_different_ids(ChannelKey memory one, ChannelKey memory other) public view {
        bool same = one.payer == other.payer && one.payee == other.payee && one.signer == other.signer
            && one.salt == other.salt;
        vm.assertTrue(same == (channels.channelIdOf(one) == channels.channelIdOf(other)));
        vm.assertEq(channels.channelIdOf(one), _id(one));
    }
}
