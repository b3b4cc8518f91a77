// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

contract ClaimingTest is Fixture {
    function test_anyone_makes_the_contract_pay_the_payee() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        bytes memory signature = _sign(session, Signatures.voucher(id, 30, 999));
        vm.expectEmit(address(channels));
        emit IPaymentChannels.Claimed(id, payee.addr, 30, 30, 999);
        vm.prank(thief.addr);
        channels.claim(key, 30, 999, signature);
        vm.assertEq(flow.balanceOf(payee.addr), 30);
        vm.assertEq(_claimed(id), 30);
    }

    function test_pays_only_what_is_new() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        channels.claim(key, 30, 0, _voucher(session, id, 30));
        channels.claim(key, 45, 0, _voucher(session, id, 45));
        vm.assertEq(flow.balanceOf(payee.addr), 45);
    }

    function test_pays_what_is_there_and_the_rest_after_a_top_up() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        bytes memory voucher = _voucher(session, id, 150);
        channels.claim(key, 150, 0, voucher);
        vm.assertEq(flow.balanceOf(payee.addr), 100);
        vm.prank(session.addr);
        channels.topUp(key, 100);
        channels.claim(key, 150, 0, voucher);
        vm.assertEq(flow.balanceOf(payee.addr), 150);
        vm.assertEq(_claimed(id), 150);
    }

    function test_the_voucher_digest_is_the_one_that_signers_sign() public {
        (, bytes32 id) = _opened(100);
        vm.assertEq(channels.voucherDigest(id, 12, 34), Signatures.digest(domain, Signatures.voucher(id, 12, 34)));
    }

    function test_refuses_a_channel_that_is_not_there() public {
        ChannelKey memory key = _key(session, 9);
        bytes32 id = _id(key);
        bytes memory signature = _voucher(session, id, 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, id));
        channels.claim(key, 1, 0, signature);
    }

    function test_a_batch_pays_what_is_good_and_says_why_it_skipped_the_rest() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        ChannelKey memory unknown = _key(session, 9);
        Claim[] memory batch = new Claim[](5);
        batch[0] = Claim(key, 10, 0, _voucher(session, id, 10));
        batch[1] = Claim(key, 5, 0, _voucher(session, id, 5));
        batch[2] = Claim(key, 20, 0, _voucher(thief, id, 20));
        batch[3] = Claim(unknown, 20, 0, _voucher(session, _id(unknown), 20));
        batch[4] = Claim(key, 40, 0, _voucher(session, id, 40));
        vm.expectEmit(address(channels));
        emit IPaymentChannels.Claimed(id, payee.addr, 10, 10, 0);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.ClaimSkipped(id, IPaymentChannels.NothingToClaim.selector);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.ClaimSkipped(id, IPaymentChannels.WrongVoucherSignature.selector);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.ClaimSkipped(_id(unknown), IPaymentChannels.NotOpen.selector);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.Claimed(id, payee.addr, 30, 40, 0);
        channels.claimMany(batch);
        vm.assertEq(flow.balanceOf(payee.addr), 40);
    }

    function test_a_batch_pays_each_payee_its_own() public {
        Account memory second = Signatures.account("second payee");
        _enterMarket(second);
        (ChannelKey memory key, bytes32 id) = _opened(100);
        ChannelKey memory other = _key(session, 2);
        other.payee = second.addr;
        vm.prank(session.addr);
        channels.open(other, 100, OFFER);
        Claim[] memory batch = new Claim[](4);
        batch[0] = Claim(key, 10, 0, _voucher(session, id, 10));
        batch[1] = Claim(key, 11, 0, _voucher(session, id, 11));
        batch[2] = Claim(other, 5, 0, _voucher(session, _id(other), 5));
        batch[3] = Claim(key, 15, 0, _voucher(session, id, 15));
        channels.claimMany(batch);
        vm.assertEq(flow.balanceOf(payee.addr), 15);
        vm.assertEq(flow.balanceOf(second.addr), 5);
    }

    function test_an_empty_batch_is_nothing() public {
        channels.claimMany(new Claim[](0));
    }
}
