// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

/// @dev The thief has the session key (1 000 FLOW in all, 600 with one payee, 30 days) and wants more of the purse than that.
contract CapsAttackTest is Fixture {
    Account internal accomplice = Signatures.account("accomplice");

    function setUp() public override {
        super.setUp();
        _enterMarket(accomplice);
    }

    function test_one_channel_above_the_cap_with_its_payee_is_refused() public {
        _payeeCap(600 ether, 600 ether + 1);
        vm.prank(session.addr);
        channels.open(_key(session, 1), 600 ether + 1, OFFER);
    }

    function test_many_small_channels_do_not_get_around_the_cap_with_a_payee() public {
        vm.startPrank(session.addr);
        channels.open(_key(session, 1), 300 ether, OFFER);
        channels.open(_key(session, 2), 300 ether, OFFER);
        _payeeCap(0, 1);
        channels.open(_key(session, 3), 1, OFFER);
    }

    function test_many_payees_do_not_get_around_the_total() public {
        vm.startPrank(session.addr);
        channels.open(_key(session, 1), 600 ether, OFFER);
        ChannelKey memory second = _keyOfAccomplice(1);
        _totalCap(400 ether, 400 ether + 1);
        channels.open(second, 400 ether + 1, OFFER);
        channels.open(second, 400 ether, OFFER);
    }

    function test_topping_up_does_not_get_around_the_caps() public {
        vm.startPrank(session.addr);
        channels.open(_key(session, 1), 1, OFFER);
        _payeeCap(600 ether - 1, 600 ether);
        channels.topUp(_key(session, 1), 600 ether);
    }

    function test_claiming_does_not_make_room() public {
        ChannelKey memory key = _key(session, 1);
        vm.prank(session.addr);
        channels.open(key, 600 ether, OFFER);
        bytes memory voucher = _voucher(session, _id(key), 600 ether);
        vm.prank(payee.addr);
        channels.claimAndClose(key, 600 ether, 0, voucher);
        _payeeCap(0, 1);
        vm.prank(session.addr);
        channels.open(_key(session, 2), 1, OFFER);
    }

    function test_fees_of_opening_count() public {
        ChannelKey memory key = _key(session, 1);
        Meta memory meta = _meta(600 ether);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 1, OFFER, meta));
        _payeeCap(600 ether, 600 ether + 1);
        channels.openFor(key, 1, OFFER, meta, signature);
    }

    function test_fees_of_topping_up_count() public {
        (ChannelKey memory key, bytes32 id) = _opened(1);
        Meta memory meta = _meta(600 ether - 1);
        bytes memory signature = _sign(session, Signatures.topUp(id, 1, 0, meta));
        _payeeCap(600 ether - 1, 600 ether);
        channels.topUpFor(key, 1, 0, meta, signature);
    }

    function test_fees_of_closing_count() public {
        (ChannelKey memory key, bytes32 id) = _opened(1);
        Meta memory meta = _meta(600 ether);
        bytes memory signature = _sign(session, Signatures.startClose(id, meta));
        _payeeCap(600 ether - 1, 600 ether);
        channels.startCloseFor(key, meta, signature);
    }

    function test_fees_cannot_be_paid_after_the_revocation() public {
        (ChannelKey memory key, bytes32 id) = _opened(1);
        vm.prank(payer.addr);
        channels.authorise(session.addr, Caps(0, 0, 0));
        Meta memory meta = _meta(1);
        bytes memory signature = _sign(session, Signatures.startClose(id, meta));
        vm.expectPartialRevert(IPaymentChannels.SignerExpired.selector);
        channels.startCloseFor(key, meta, signature);
    }

    function test_fees_are_not_given_back_by_a_refund() public {
        ChannelKey memory key = _key(session, 1);
        bytes32 id = _id(key);
        Meta memory meta = _meta(500 ether);
        channels.openFor(key, 100 ether, OFFER, meta, _sign(session, Signatures.open(id, 100 ether, OFFER, meta)));
        channels.cooperativeClose(key, 0, 0, "", _sign(payee, Signatures.close(id, 0)));
        vm.assertEq(_used(session), 500 ether);
    }

    function test_opening_and_closing_round_and_round_makes_no_room() public {
        for (uint256 i = 1; i < 4; ++i) {
            ChannelKey memory key = _key(session, i);
            vm.prank(session.addr);
            channels.open(key, 600 ether, OFFER);
            channels.cooperativeClose(key, 0, 0, "", _sign(payee, Signatures.close(_id(key), 0)));
        }
        vm.assertEq(_used(session), 0);
        vm.assertEq(channels.purseOf(payer.addr), PURSE);
    }

    function test_the_refund_of_a_channel_that_the_payer_opened_makes_no_room() public {
        ChannelKey memory key = _key(session, 1);
        vm.prank(payer.addr);
        channels.open(key, 900 ether, OFFER);
        vm.prank(session.addr);
        channels.open(_keyOfAccomplice(1), 100 ether, OFFER);
        channels.cooperativeClose(key, 0, 0, "", _sign(payee, Signatures.close(_id(key), 0)));
        vm.assertEq(_used(session), 100 ether, "no less than what is locked");
    }

    function test_what_the_payer_locks_for_the_signer_counts_against_it() public {
        vm.prank(payer.addr);
        channels.open(_key(session, 1), 5_000 ether, OFFER);
        ChannelKey memory second = _keyOfAccomplice(1);
        _totalCap(0, 1);
        vm.prank(session.addr);
        channels.open(second, 1, OFFER);
    }

    function test_a_new_authorisation_does_not_forget_what_was_used() public {
        _opened(600 ether);
        vm.prank(payer.addr);
        channels.authorise(session.addr, Caps(700 ether, 700 ether, START + 60 days));
        _totalCap(100 ether, 100 ether + 1);
        vm.prank(session.addr);
        channels.open(_key(session, 2), 100 ether + 1, OFFER);
    }

    function test_an_expired_signer_opens_and_tops_up_nothing() public {
        (ChannelKey memory key,) = _opened(1);
        vm.warp(START + 30 days);
        vm.prank(session.addr);
        channels.topUp(key, 1);
        vm.warp(START + 30 days + 1);
        vm.startPrank(session.addr);
        vm.expectPartialRevert(IPaymentChannels.SignerExpired.selector);
        channels.open(_key(session, 2), 1, OFFER);
        vm.expectPartialRevert(IPaymentChannels.SignerExpired.selector);
        channels.topUp(key, 1);
    }

    function test_a_signature_from_before_the_revocation_opens_nothing() public {
        ChannelKey memory key = _key(session, 1);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 1, OFFER, _meta(0)));
        vm.prank(payer.addr);
        channels.authorise(session.addr, Caps(0, 0, 0));
        vm.expectPartialRevert(IPaymentChannels.SignerExpired.selector);
        channels.openFor(key, 1, OFFER, _meta(0), signature);
    }

    function test_a_revocation_does_not_take_back_what_was_earned() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        vm.prank(payer.addr);
        channels.authorise(session.addr, Caps(0, 0, 0));
        channels.claim(key, 100, 0, _voucher(session, id, 100));
        vm.assertEq(flow.balanceOf(payee.addr), 100);
    }

    function test_a_stranger_opens_nothing_from_a_purse() public {
        ChannelKey memory key = _key(thief, 1);
        vm.prank(thief.addr);
        vm.expectPartialRevert(IPaymentChannels.SignerExpired.selector);
        channels.open(key, 1, OFFER);
        vm.prank(thief.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotAllowed.selector, thief.addr));
        channels.open(_key(session, 1), 1, OFFER);
    }

    function test_the_payee_opens_and_tops_up_nothing() public {
        (ChannelKey memory key,) = _opened(1);
        vm.startPrank(payee.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotAllowed.selector, payee.addr));
        channels.open(_key(session, 2), 1, OFFER);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotAllowed.selector, payee.addr));
        channels.topUp(key, 1);
    }

    function test_a_session_signer_takes_no_money_out() public {
        vm.prank(session.addr);
        vm.expectPartialRevert(IPaymentChannels.PurseTooSmall.selector);
        channels.withdraw(session.addr, 1);
        bytes memory signature = _sign(session, Signatures.withdraw(payer.addr, session.addr, 1, 0, _meta(0)));
        vm.expectRevert(abi.encodeWithSelector(IRelayed.WrongSigner.selector, session.addr));
        channels.withdrawFor(payer.addr, session.addr, 1, 0, _meta(0), signature);
    }

    function test_a_session_signer_raises_no_caps() public {
        Caps memory all = Caps(type(uint96).max, type(uint96).max, type(uint48).max);
        bytes memory signature = _sign(session, Signatures.authorise(payer.addr, session.addr, all, 0, _meta(0)));
        vm.expectRevert(abi.encodeWithSelector(IRelayed.WrongSigner.selector, session.addr));
        channels.authoriseFor(payer.addr, session.addr, all, 0, _meta(0), signature);
        vm.prank(session.addr);
        channels.authorise(session.addr, all);
        vm.assertEq(_used(session), 0);
        (uint96 total,,,) = channels.authorisation(payer.addr, session.addr);
        vm.assertEq(total, 1_000 ether, "only its own purse, which is empty");
    }

    function test_a_session_signer_pays_nobody_outside_the_market() public {
        ChannelKey memory key = _key(session, 1);
        key.payee = thief.addr;
        vm.prank(session.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.PayeeRefused.selector, thief.addr));
        channels.open(key, 1, OFFER);
    }

    function test_amount_and_fee_do_not_wrap_around() public {
        ChannelKey memory key = _key(session, 1);
        Meta memory meta = _meta(type(uint96).max);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 2, OFFER, meta));
        vm.expectPartialRevert(bytes4(keccak256("Panic(uint256)")));
        channels.openFor(key, 2, OFFER, meta, signature);
    }

    function test_the_worst_that_a_stolen_session_key_does_is_its_total() public {
        uint256 before = channels.purseOf(payer.addr);
        vm.startPrank(session.addr);
        channels.open(_key(session, 1), 600 ether, OFFER);
        channels.open(_keyOfAccomplice(1), 400 ether, OFFER);
        vm.stopPrank();
        channels.claim(_key(session, 1), 600 ether, 0, _voucher(session, _id(_key(session, 1)), 600 ether));
        ChannelKey memory second = _keyOfAccomplice(1);
        channels.claim(second, 400 ether, 0, _voucher(session, _id(second), 400 ether));
        vm.assertEq(before - channels.purseOf(payer.addr), 1_000 ether);
        Meta memory meta = _meta(1);
        bytes memory signature = _sign(session, Signatures.startClose(_id(second), meta));
        vm.expectPartialRevert(IPaymentChannels.TotalCapExceeded.selector);
        channels.startCloseFor(second, meta, signature);
    }

    function _keyOfAccomplice(uint256 salt) private view returns (ChannelKey memory key) {
        key = _key(session, salt);
        key.payee = accomplice.addr;
    }

    function _payeeCap(uint96 available, uint96 needed) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IPaymentChannels.PayeeCapExceeded.selector, session.addr, payee.addr, available, needed
            )
        );
    }

    function _totalCap(uint96 available, uint96 needed) private {
        vm.expectRevert(
            abi.encodeWithSelector(IPaymentChannels.TotalCapExceeded.selector, session.addr, available, needed)
        );
    }
}
