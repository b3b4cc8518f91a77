// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

contract ClosingChannelsTest is Fixture {
    ChannelKey internal key;
    bytes32 internal id;

    function setUp() public override {
        super.setUp();
        (key, id) = _opened(100);
    }

    function test_both_agree_and_the_rest_is_back_at_once() public {
        bytes memory voucher = _sign(session, Signatures.voucher(id, 60, 5));
        bytes memory agreed = _sign(payee, Signatures.close(id, 60));
        vm.expectEmit(address(channels));
        emit IPaymentChannels.Claimed(id, payee.addr, 60, 60, 5);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.Closed(id, 60, 40);
        vm.prank(thief.addr);
        channels.cooperativeClose(key, 60, 5, voucher, agreed);
        _assertClosed(60);
    }

    function test_a_payee_that_has_all_it_wants_needs_no_voucher_to_close() public {
        channels.claim(key, 60, 0, _voucher(session, id, 60));
        channels.cooperativeClose(key, 60, 0, "", _sign(payee, Signatures.close(id, 60)));
        _assertClosed(60);
    }

    function test_an_operator_agrees_for_the_payee() public {
        vm.expectEmit(address(channels));
        emit IPaymentChannels.OperatorSet(payee.addr, operator.addr, true);
        vm.prank(payee.addr);
        channels.setOperator(operator.addr, true);
        channels.cooperativeClose(key, 0, 0, "", _sign(operator, Signatures.close(id, 0)));
        _assertClosed(0);
    }

    function test_the_payee_claims_and_closes() public {
        bytes memory voucher = _voucher(session, id, 70);
        vm.prank(payee.addr);
        channels.claimAndClose(key, 70, 0, voucher);
        _assertClosed(70);
    }

    function test_an_operator_claims_and_closes_but_the_money_is_the_payees() public {
        Meta memory meta = _meta(0);
        channels.setOperatorFor(
            payee.addr,
            operator.addr,
            true,
            0,
            meta,
            _sign(payee, Signatures.setOperator(payee.addr, operator.addr, true, 0, meta))
        );
        vm.assertTrue(channels.isOperator(payee.addr, operator.addr));
        bytes memory voucher = _voucher(session, id, 70);
        vm.prank(operator.addr);
        channels.claimAndClose(key, 70, 0, voucher);
        _assertClosed(70);
        vm.assertEq(flow.balanceOf(operator.addr), 0);
    }

    function test_a_voucher_beyond_the_deposit_pays_all_and_closes() public {
        bytes memory voucher = _voucher(session, id, 500);
        vm.prank(payee.addr);
        channels.claimAndClose(key, 500, 0, voucher);
        _assertClosed(100);
    }

    function test_a_used_up_channel_closes_without_looking_at_the_voucher() public {
        channels.claim(key, 100, 0, _voucher(session, id, 100));
        vm.prank(payee.addr);
        channels.claimAndClose(key, 100, 0, "");
        _assertClosed(100);
    }

    function test_the_payer_leaves_alone_after_a_day() public {
        vm.expectEmit(address(channels));
        emit IPaymentChannels.Closing(id, START + 1 days);
        vm.prank(payer.addr);
        channels.startClose(key);
        _assertStatus(id, Status.Closing);
        vm.assertEq(channels.channel(id).closesAt, START + 1 days);

        vm.warp(START + 1 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.TooEarly.selector, id, START + 1 days));
        channels.finishClose(key);

        vm.warp(START + 1 days);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.Closed(id, 0, 100);
        vm.prank(thief.addr);
        channels.finishClose(key);
        _assertClosed(0);
    }

    function test_the_payee_claims_until_the_close_is_finished() public {
        vm.prank(session.addr);
        channels.startClose(key);
        channels.claim(key, 20, 0, _voucher(session, id, 20));
        vm.warp(START + 3 days);
        channels.claim(key, 25, 0, _voucher(session, id, 25));
        channels.finishClose(key);
        _assertClosed(25);
    }

    function test_a_close_that_was_started_can_be_agreed_upon() public {
        vm.prank(session.addr);
        channels.startClose(key);
        channels.cooperativeClose(key, 0, 0, "", _sign(payee, Signatures.close(id, 0)));
        _assertClosed(0);
    }

    function test_a_relayer_starts_to_close_for_the_session_signer() public {
        Meta memory meta = _meta(4);
        bytes memory signature = _sign(session, Signatures.startClose(id, meta));
        vm.prank(relayer.addr);
        channels.startCloseFor(key, meta, signature);
        _assertStatus(id, Status.Closing);
        vm.assertEq(channels.purseOf(relayer.addr), 4);
        vm.assertEq(_used(session), 104);
    }

    function test_a_relayer_starts_to_close_for_the_payer() public {
        Meta memory meta = _meta(4);
        channels.startCloseFor(key, meta, _sign(payer, Signatures.startClose(id, meta)));
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 104);
        vm.assertEq(_used(session), 100);
    }

    function test_a_session_signer_that_was_revoked_still_closes_without_a_fee() public {
        vm.prank(payer.addr);
        channels.authorise(session.addr, Caps(0, 0, 0));
        Meta memory meta = _meta(0);
        channels.startCloseFor(key, meta, _sign(session, Signatures.startClose(id, meta)));
        _assertStatus(id, Status.Closing);
    }

    function test_a_refund_gives_the_allowance_back() public {
        channels.claim(key, 30, 0, _voucher(session, id, 30));
        channels.cooperativeClose(key, 30, 0, "", _sign(payee, Signatures.close(id, 30)));
        vm.assertEq(_used(session), 30);
        vm.assertEq(channels.usedWith(payer.addr, session.addr, payee.addr), 30);
    }

    function test_a_payer_that_signs_himself_gets_his_refund() public {
        ChannelKey memory own = _key(payer, 5);
        vm.prank(payer.addr);
        channels.open(own, 100, OFFER);
        vm.prank(payee.addr);
        channels.claimAndClose(own, 0, 0, "");
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 100);
    }

    function test_refuses_to_finish_what_nobody_started() public {
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotClosing.selector, id));
        channels.finishClose(key);
    }

    function test_starts_to_close_once() public {
        vm.startPrank(payer.addr);
        channels.startClose(key);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, id));
        channels.startClose(key);
    }

    function _assertClosed(uint96 paid) private view {
        _assertStatus(id, Status.Closed);
        vm.assertEq(flow.balanceOf(payee.addr), paid, "paid");
        vm.assertEq(channels.purseOf(payer.addr), PURSE - paid, "refunded");
        vm.assertEq(flow.balanceOf(address(channels)), PURSE - paid, "balance");
        vm.assertEq(_used(session), paid, "used");
    }
}
