// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

/// @dev The thief wants more out of a channel than its signer signed away, or wants it for himself.
contract VoucherAttackTest is Fixture {
    ChannelKey internal key;
    bytes32 internal id;

    function setUp() public override {
        super.setUp();
        (key, id) = _opened(100);
    }

    function test_a_forged_voucher_pays_nothing() public {
        _refused(50, _voucher(thief, id, 50));
    }

    function test_the_payee_cannot_sign_for_the_payer() public {
        _refused(50, _voucher(payee, id, 50));
    }

    function test_a_signature_of_the_wallet_is_none_of_the_session_signer() public {
        _refused(50, _voucher(payer, id, 50));
    }

    function test_a_voucher_over_less_does_not_pay_more() public {
        _refused(51, _voucher(session, id, 50));
    }

    function test_the_bytes_of_a_voucher_cannot_be_changed() public {
        bytes memory signature = _sign(session, Signatures.voucher(id, 50, 7));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongVoucherSignature.selector, id));
        channels.claim(key, 50, 8, signature);
    }

    function test_the_second_form_of_a_signature_is_refused() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(session.key, Signatures.digest(domain, Signatures.voucher(id, 50, 0)));
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        _refused(50, abi.encodePacked(r, bytes32(order - uint256(s)), v == 27 ? uint8(28) : uint8(27)));
    }

    function test_a_compact_signature_is_refused() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(session.key, Signatures.digest(domain, Signatures.voucher(id, 50, 0)));
        _refused(50, abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255))));
    }

    function test_a_signature_of_another_length_is_refused() public {
        bytes memory good = _voucher(session, id, 50);
        _refused(50, "");
        _refused(50, abi.encodePacked(good, uint8(0)));
        _refused(50, new bytes(65));
        _refused(50, new bytes(4096));
    }

    function test_a_zero_signature_is_not_one_of_address_zero() public {
        ChannelKey memory nobodys = _key(session, 2);
        nobodys.signer = address(0);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, _id(nobodys)));
        channels.claim(nobodys, 1, 0, new bytes(65));
    }

    function test_a_voucher_of_another_channel_is_refused() public {
        ChannelKey memory other = _key(session, 2);
        vm.prank(session.addr);
        channels.open(other, 100, OFFER);
        _refused(50, _voucher(session, _id(other), 50));
    }

    function test_a_voucher_of_another_chain_is_refused() public {
        bytes32 elsewhere = Signatures.domain("FlowShield PaymentChannels", 1, address(channels));
        _refused(50, Signatures.sign(session, elsewhere, Signatures.voucher(id, 50, 0)));
    }

    function test_a_voucher_of_another_deployment_is_refused() public {
        bytes32 elsewhere = Signatures.domain("FlowShield PaymentChannels", block.chainid, thief.addr);
        _refused(50, Signatures.sign(session, elsewhere, Signatures.voucher(id, 50, 0)));
        PaymentChannels second = new PaymentChannels(flow, gate);
        vm.assertTrue(second.channelIdOf(key) != id, "the id is another one too");
    }

    function test_on_a_fork_of_the_chain_nothing_of_this_one_is_worth_anything() public {
        bytes memory signature = _voucher(session, id, 50);
        vm.chainId(block.chainid + 1);
        vm.assertTrue(channels.DOMAIN_SEPARATOR() != domain, "the domain follows the chain");
        vm.expectPartialRevert(IPaymentChannels.NotOpen.selector);
        channels.claim(key, 50, 0, signature);
    }

    function test_a_signature_over_another_type_is_no_voucher() public {
        _refused(50, _sign(session, Signatures.close(id, 50)));
        _refused(50, _sign(session, Signatures.open(id, 50, OFFER, _meta(0))));
        _refused(50, _sign(session, Signatures.topUp(id, 50, 0, _meta(0))));
        _refused(50, _sign(session, id));
    }

    function test_a_replayed_voucher_pays_once() public {
        bytes memory signature = _voucher(session, id, 50);
        channels.claim(key, 50, 0, signature);
        _nothing(50, signature);
        vm.assertEq(flow.balanceOf(payee.addr), 50);
    }

    function test_a_voucher_twice_in_a_batch_pays_once() public {
        Claim[] memory batch = new Claim[](2);
        batch[0] = Claim(key, 50, 0, _voucher(session, id, 50));
        batch[1] = batch[0];
        channels.claimMany(batch);
        vm.assertEq(flow.balanceOf(payee.addr), 50);
    }

    function test_an_older_voucher_after_a_newer_pays_nothing_and_takes_nothing_back() public {
        channels.claim(key, 50, 0, _voucher(session, id, 50));
        _nothing(20, _voucher(session, id, 20));
        vm.assertEq(_claimed(id), 50);
    }

    function test_a_voucher_over_zero_pays_nothing() public {
        _nothing(0, _voucher(session, id, 0));
    }

    function test_an_exhausted_deposit_pays_nothing_more() public {
        channels.claim(key, 100, 0, _voucher(session, id, 100));
        _nothing(101, _voucher(session, id, 101));
    }

    function test_a_huge_voucher_pays_the_deposit_and_is_not_cut_off_to_96_bits() public {
        channels.claim(key, type(uint128).max, 0, _voucher(session, id, type(uint128).max));
        vm.assertEq(flow.balanceOf(payee.addr), 100);
    }

    function test_a_voucher_just_above_96_bits_is_not_taken_for_a_small_one() public {
        channels.claim(key, 10, 0, _voucher(session, id, 10));
        uint128 wraps = (uint128(1) << 96) + 20;
        channels.claim(key, wraps, 0, _voucher(session, id, wraps));
        vm.assertEq(flow.balanceOf(payee.addr), 100, "all of it, as was signed");
    }

    function test_an_amount_of_256_bits_is_refused() public {
        bytes memory data = abi.encodeCall(channels.claim, (key, 50, 0, _voucher(session, id, 50)));
        assembly {
            mstore(add(data, 0xa4), not(0)) // the word after selector and key: cumulative
        }
        (bool accepted,) = address(channels).call(data);
        vm.assertFalse(accepted);
    }

    function test_who_hands_in_somebody_elses_voucher_pays_its_payee() public {
        bytes memory signature = _voucher(session, id, 50);
        vm.prank(thief.addr);
        channels.claim(key, 50, 0, signature);
        vm.assertEq(flow.balanceOf(thief.addr), 0);
        vm.assertEq(flow.balanceOf(payee.addr), 50);
    }

    function test_putting_another_payee_into_the_key_leads_to_no_channel() public {
        bytes memory signature = _voucher(session, id, 50);
        ChannelKey memory mine = _key(session, 1);
        mine.payee = thief.addr;
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, _id(mine)));
        channels.claim(mine, 50, 0, signature);
    }

    function test_putting_another_signer_into_the_key_leads_to_no_channel() public {
        ChannelKey memory mine = _key(thief, 1);
        bytes memory signature = _voucher(thief, id, 50);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, _id(mine)));
        channels.claim(mine, 50, 0, signature);
    }

    function test_a_voucher_after_the_close_pays_nothing() public {
        bytes memory signature = _voucher(session, id, 50);
        channels.cooperativeClose(key, 0, 0, "", _sign(payee, Signatures.close(id, 0)));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, id));
        channels.claim(key, 50, 0, signature);
    }

    function test_an_id_cannot_be_opened_again_to_replay_its_vouchers() public {
        vm.startPrank(session.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.ChannelExists.selector, id));
        channels.open(key, 100, OFFER);
        channels.startClose(key);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.ChannelExists.selector, id));
        channels.open(key, 100, OFFER);
        vm.warp(START + 1 days);
        channels.finishClose(key);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.ChannelExists.selector, id));
        channels.open(key, 100, OFFER);
    }

    function test_a_batch_is_bounded_and_one_bad_item_does_not_stop_it() public {
        Claim[] memory tooLong = new Claim[](65);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.BatchTooLong.selector, 65));
        channels.claimMany(tooLong);

        Claim[] memory batch = new Claim[](64);
        for (uint256 i = 0; i < 63; ++i) {
            batch[i] = Claim(key, 50, 0, new bytes(i));
        }
        batch[63] = Claim(key, 50, 0, _voucher(session, id, 50));
        channels.claimMany(batch);
        vm.assertEq(flow.balanceOf(payee.addr), 50);
    }

    function test_a_payer_cannot_leave_a_claim_without_its_money() public {
        // All of the purse is withdrawn: what is locked stays locked.
        vm.prank(payer.addr);
        channels.withdraw(payer.addr, PURSE - 100);
        channels.claim(key, 100, 0, _voucher(session, id, 100));
        vm.assertEq(flow.balanceOf(payee.addr), 100);
    }

    function test_the_same_money_cannot_be_locked_twice() public {
        vm.startPrank(payer.addr);
        channels.open(_key(payer, 2), PURSE - 100, OFFER);
        vm.expectPartialRevert(IPaymentChannels.PurseTooSmall.selector);
        channels.open(_key(payer, 3), 1, OFFER);
    }

    function test_a_dust_top_up_does_not_use_up_a_voucher() public {
        bytes memory signature = _voucher(session, id, 200);
        vm.prank(session.addr);
        channels.topUp(key, 1);
        channels.claim(key, 200, 0, signature);
        vm.assertEq(flow.balanceOf(payee.addr), 101);
        vm.prank(session.addr);
        channels.topUp(key, 99);
        channels.claim(key, 200, 0, signature);
        vm.assertEq(flow.balanceOf(payee.addr), 200);
    }

    function _refused(uint128 cumulative, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongVoucherSignature.selector, id));
        channels.claim(key, cumulative, 0, signature);
    }

    function _nothing(uint128 cumulative, bytes memory signature) private {
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NothingToClaim.selector, id));
        channels.claim(key, cumulative, 0, signature);
    }
}
