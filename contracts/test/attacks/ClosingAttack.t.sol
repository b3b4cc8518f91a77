// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

/// @dev One side of a channel wants to end it to the harm of the other; or somebody else does.
contract ClosingAttackTest is Fixture {
    ChannelKey internal key;
    bytes32 internal id;

    function setUp() public override {
        super.setUp();
        (key, id) = _opened(100);
    }

    function test_a_stranger_starts_no_close() public {
        vm.prank(thief.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotAllowed.selector, thief.addr));
        channels.startClose(key);
    }

    function test_the_payer_cannot_agree_for_the_payee() public {
        bytes memory forged = _sign(payer, Signatures.close(id, 0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongCloseSignature.selector, id));
        channels.cooperativeClose(key, 0, 0, "", forged);
    }

    function test_an_agreement_about_another_channel_or_amount_closes_nothing() public {
        bytes memory other = _sign(payee, Signatures.close(keccak256("another"), 0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongCloseSignature.selector, id));
        channels.cooperativeClose(key, 0, 0, "", other);
        bytes memory more = _sign(payee, Signatures.close(id, 50));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongCloseSignature.selector, id));
        channels.cooperativeClose(key, 0, 0, "", more);
    }

    function test_the_payee_cannot_agree_with_itself_to_more_than_was_signed() public {
        bytes memory agreed = _sign(payee, Signatures.close(id, 90));
        bytes memory voucher = _voucher(session, id, 50);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongVoucherSignature.selector, id));
        channels.cooperativeClose(key, 90, 0, voucher, agreed);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongVoucherSignature.selector, id));
        channels.cooperativeClose(key, 90, 0, "", agreed);
    }

    function test_the_payee_cannot_claim_more_by_closing() public {
        bytes memory voucher = _voucher(session, id, 50);
        vm.prank(payee.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongVoucherSignature.selector, id));
        channels.claimAndClose(key, 51, 0, voucher);
    }

    function test_the_payer_cannot_close_as_if_he_were_the_payee() public {
        vm.prank(payer.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotAllowed.selector, payer.addr));
        channels.claimAndClose(key, 0, 0, "");
    }

    function test_a_stale_close_by_the_payer_does_not_stop_the_claim() public {
        vm.prank(payer.addr);
        channels.startClose(key);
        vm.warp(START + 1 days - 1);
        vm.prank(thief.addr); // anyone who watches
        channels.claim(key, 80, 0, _watched(80));
        vm.warp(START + 1 days);
        channels.finishClose(key);
        vm.assertEq(flow.balanceOf(payee.addr), 80);
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 80);
    }

    function test_the_day_cannot_be_made_shorter_or_longer() public {
        vm.startPrank(payer.addr);
        channels.startClose(key);
        vm.warp(START + 12 hours);
        vm.expectPartialRevert(IPaymentChannels.NotOpen.selector);
        channels.startClose(key);
        vm.expectPartialRevert(IPaymentChannels.NotOpen.selector);
        channels.topUp(key, 1);
        vm.stopPrank();
        vm.assertEq(channels.channel(id).closesAt, START + 1 days);
    }

    function test_the_payee_cannot_hold_the_deposit_for_ever() public {
        // It does not answer, is jailed, and the gate is closed to all: the payer leaves with what was not earned.
        _grant(Roles.JAILER, address(this));
        providers.jail(payee.addr, type(uint48).max, 0);
        vm.prank(session.addr);
        channels.startClose(key);
        vm.warp(block.timestamp + 1 days);
        channels.finishClose(key);
        vm.assertEq(channels.purseOf(payer.addr), PURSE);
    }

    function test_a_jailed_provider_is_still_paid_what_it_earned() public {
        _grant(Roles.JAILER, address(this));
        providers.jail(payee.addr, type(uint48).max, 0);
        channels.claim(key, 80, 0, _watched(80));
        vm.assertEq(flow.balanceOf(payee.addr), 80);
    }

    function test_no_refund_twice() public {
        bytes memory agreed = _sign(payee, Signatures.close(id, 0));
        channels.cooperativeClose(key, 0, 0, "", agreed);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, id));
        channels.cooperativeClose(key, 0, 0, "", agreed);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotClosing.selector, id));
        channels.finishClose(key);
        vm.prank(payee.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, id));
        channels.claimAndClose(key, 0, 0, "");
        vm.prank(payer.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, id));
        channels.startClose(key);
        vm.assertEq(channels.purseOf(payer.addr), PURSE);
        vm.assertEq(_used(session), 0);
    }

    function test_no_refund_of_a_channel_that_was_never_opened() public {
        ChannelKey memory never = _key(session, 77);
        vm.expectPartialRevert(IPaymentChannels.NotOpen.selector);
        channels.cooperativeClose(never, 0, 0, "", _signedClose(_id(never)));
        vm.prank(payee.addr);
        vm.expectPartialRevert(IPaymentChannels.NotOpen.selector);
        channels.claimAndClose(never, 0, 0, "");
        vm.expectPartialRevert(IPaymentChannels.NotClosing.selector);
        channels.finishClose(never);
    }

    function test_an_operator_of_somebody_else_closes_nothing() public {
        vm.prank(thief.addr);
        channels.setOperator(thief.addr, true);
        vm.prank(thief.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotAllowed.selector, thief.addr));
        channels.claimAndClose(key, 0, 0, "");
        bytes memory forged = _sign(thief, Signatures.close(id, 0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongCloseSignature.selector, id));
        channels.cooperativeClose(key, 0, 0, "", forged);
    }

    function test_an_operator_that_was_dismissed_closes_nothing() public {
        vm.startPrank(payee.addr);
        channels.setOperator(operator.addr, true);
        channels.setOperator(operator.addr, false);
        vm.stopPrank();
        bytes memory late = _sign(operator, Signatures.close(id, 0));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.WrongCloseSignature.selector, id));
        channels.cooperativeClose(key, 0, 0, "", late);
    }

    function test_an_operator_takes_no_money() public {
        vm.prank(payee.addr);
        channels.setOperator(operator.addr, true);
        vm.startPrank(payee.addr);
        flow.approve(address(channels), 0);
        vm.stopPrank();
        vm.prank(operator.addr);
        channels.claimAndClose(key, 50, 0, _watched(50));
        vm.assertEq(flow.balanceOf(payee.addr), 50);
        vm.assertEq(flow.balanceOf(operator.addr), 0);
        vm.assertEq(channels.purseOf(operator.addr), 0);
        vm.prank(operator.addr);
        vm.expectPartialRevert(IPaymentChannels.PurseTooSmall.selector);
        channels.withdraw(operator.addr, 1);
    }

    function test_an_operator_that_closes_too_low_is_beaten_by_any_watcher() public {
        vm.prank(payee.addr);
        channels.setOperator(operator.addr, true);
        channels.claim(key, 80, 0, _watched(80));
        vm.prank(operator.addr);
        channels.claimAndClose(key, 0, 0, "");
        vm.assertEq(flow.balanceOf(payee.addr), 80);
    }

    function test_a_malformed_agreement_closes_nothing() public {
        bytes memory good = _signedClose(id);
        vm.expectRevert();
        channels.cooperativeClose(key, 0, 0, "", "");
        vm.expectRevert();
        channels.cooperativeClose(key, 0, 0, "", new bytes(65));
        vm.expectRevert();
        channels.cooperativeClose(key, 0, 0, "", abi.encodePacked(good, uint8(0)));
    }

    function _watched(uint128 cumulative) private view returns (bytes memory) {
        return _voucher(session, id, cumulative);
    }

    function _signedClose(bytes32 channelId) private view returns (bytes memory) {
        return _sign(payee, Signatures.close(channelId, 0));
    }
}
