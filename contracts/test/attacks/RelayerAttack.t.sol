// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";
import "../Fixture.sol";

/// @dev The relayer, or who reads its transactions, wants more than the fee that was signed.
contract RelayerAttackTest is Fixture {
    function test_asks_for_more_than_was_signed() public {
        ChannelKey memory key = _key(session, 1);
        Meta memory meta = _meta(5);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 10, OFFER, meta));
        meta.fee = 6;
        vm.expectRevert(abi.encodeWithSelector(IRelayed.FeeAboveMaximum.selector, 6, 5));
        channels.openFor(key, 10, OFFER, meta, signature);
    }

    function test_raises_the_maximum() public {
        ChannelKey memory key = _key(session, 1);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 10, OFFER, _meta(5)));
        _notAllowed();
        channels.openFor(key, 10, OFFER, _meta(6), signature);
    }

    function test_comes_too_late() public {
        ChannelKey memory key = _key(session, 1);
        Meta memory meta = Meta({fee: 0, maxFee: 0, deadline: block.timestamp});
        bytes memory signature = _sign(session, Signatures.open(_id(key), 10, OFFER, meta));
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(IRelayed.SignatureExpired.selector, START));
        channels.openFor(key, 10, OFFER, meta, signature);
        meta.deadline += 1;
        _notAllowed();
        channels.openFor(key, 10, OFFER, meta, signature);
    }

    function test_changes_amount_offer_or_channel() public {
        ChannelKey memory key = _key(session, 1);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 10, OFFER, _meta(0)));
        _notAllowed();
        channels.openFor(key, 11, OFFER, _meta(0), signature);
        _notAllowed();
        channels.openFor(key, 10, bytes32(0), _meta(0), signature);
        _notAllowed();
        channels.openFor(_key(session, 2), 10, OFFER, _meta(0), signature);
    }

    function test_opens_twice_to_be_paid_twice() public {
        ChannelKey memory key = _key(session, 1);
        Meta memory meta = _meta(5);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 10, OFFER, meta));
        channels.openFor(key, 10, OFFER, meta, signature);
        vm.expectPartialRevert(IPaymentChannels.ChannelExists.selector);
        channels.openFor(key, 10, OFFER, meta, signature);
        _closeAgreed(key);
        vm.expectPartialRevert(IPaymentChannels.ChannelExists.selector);
        channels.openFor(key, 10, OFFER, meta, signature);
    }

    function test_starts_to_close_twice_to_be_paid_twice() public {
        (ChannelKey memory key, bytes32 id) = _opened(10);
        Meta memory meta = _meta(5);
        bytes memory signature = _sign(session, Signatures.startClose(id, meta));
        channels.startCloseFor(key, meta, signature);
        vm.expectPartialRevert(IPaymentChannels.NotOpen.selector);
        channels.startCloseFor(key, meta, signature);
        _closeAgreed(key);
        vm.expectPartialRevert(IPaymentChannels.NotOpen.selector);
        channels.startCloseFor(key, meta, signature);
    }

    function test_replays_every_other_call() public {
        (ChannelKey memory key, bytes32 id) = _opened(10);
        Meta memory meta = _meta(0);
        bytes memory signature = _sign(session, Signatures.topUp(id, 10, 0, meta));
        channels.topUpFor(key, 10, 0, meta, signature);
        _usedNonce(session);
        channels.topUpFor(key, 10, 0, meta, signature);

        signature = _sign(payer, Signatures.withdraw(payer.addr, thief.addr, 1, 0, meta));
        channels.withdrawFor(payer.addr, thief.addr, 1, 0, meta, signature);
        _usedNonce(payer);
        channels.withdrawFor(payer.addr, thief.addr, 1, 0, meta, signature);

        Caps memory caps = Caps(1, 1, 1);
        signature = _sign(payer, Signatures.authorise(payer.addr, thief.addr, caps, 1, meta));
        channels.authoriseFor(payer.addr, thief.addr, caps, 1, meta, signature);
        _usedNonce(payer);
        channels.authoriseFor(payer.addr, thief.addr, caps, 1, meta, signature);

        signature = _sign(payee, Signatures.setOperator(payee.addr, operator.addr, true, 0, meta));
        channels.setOperatorFor(payee.addr, operator.addr, true, 0, meta, signature);
        _usedNonce(payee);
        channels.setOperatorFor(payee.addr, operator.addr, true, 0, meta, signature);

        vm.prank(payer.addr);
        flow.approve(address(channels), 100);
        signature = _sign(payer, Signatures.deposit(payer.addr, 10, 2, meta));
        channels.depositFor(payer.addr, 10, 2, meta, signature, _noPermit());
        _usedNonce(payer);
        channels.depositFor(payer.addr, 10, 2, meta, signature, _noPermit());
    }

    function test_takes_a_nonce_that_was_not_signed() public {
        (ChannelKey memory key, bytes32 id) = _opened(10);
        bytes memory signature = _sign(session, Signatures.topUp(id, 10, 0, _meta(0)));
        vm.expectRevert(); // another digest recovers to somebody else, who has no such nonce
        channels.topUpFor(key, 10, uint256(1) << 64, _meta(0), signature);
        vm.expectRevert();
        channels.topUpFor(key, 10, 1, _meta(0), signature);
    }

    function test_a_permit_alone_gives_no_fee() public {
        Permit memory permit = _permit(payer, address(channels), 100);
        Meta memory meta = _meta(100);
        bytes memory forged = _sign(thief, Signatures.deposit(payer.addr, 100, 0, meta));
        vm.prank(thief.addr);
        vm.expectRevert(abi.encodeWithSelector(IRelayed.WrongSigner.selector, thief.addr));
        channels.depositFor(payer.addr, 100, 0, meta, forged, permit);
    }

    function test_a_permit_for_others_deposits_nothing_of_the_owner() public {
        Permit memory permit = _permit(payer, address(channels), 100);
        vm.prank(thief.addr);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        channels.depositWithPermit(thief.addr, 100, permit);
    }

    function test_an_allowance_to_the_channels_is_not_for_strangers() public {
        vm.prank(payer.addr);
        flow.approve(address(channels), 100);
        vm.prank(thief.addr);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        channels.deposit(thief.addr, 100);
    }

    function test_handing_in_the_permit_first_does_not_stop_the_deposit() public {
        Permit memory permit = _permit(payer, address(channels), 100);
        flow.permit(payer.addr, address(channels), 100, permit.deadline, permit.v, permit.r, permit.s);
        vm.prank(payer.addr);
        channels.depositWithPermit(payer.addr, 100, permit);

        permit = _permit(payer, address(channels), 50);
        bytes memory signature = _sign(payer, Signatures.deposit(payer.addr, 50, 0, _meta(1)));
        flow.permit(payer.addr, address(channels), 50, permit.deadline, permit.v, permit.r, permit.s);
        channels.depositFor(payer.addr, 50, 0, _meta(1), signature, permit);
        vm.assertEq(channels.purseOf(payer.addr), PURSE + 149);
    }

    function test_an_expired_permit_deposits_nothing() public {
        Permit memory permit = _permit(payer, address(channels), 100);
        permit.deadline = block.timestamp - 1;
        vm.prank(payer.addr);
        vm.expectPartialRevert(IERC20Errors.ERC20InsufficientAllowance.selector);
        channels.depositWithPermit(payer.addr, 100, permit);
    }

    function test_a_call_that_fails_costs_no_fee() public {
        ChannelKey memory key = _key(session, 1);
        key.payee = thief.addr;
        Meta memory meta = _meta(5);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 10, OFFER, meta));
        vm.prank(relayer.addr);
        vm.expectPartialRevert(IPaymentChannels.PayeeRefused.selector);
        channels.openFor(key, 10, OFFER, meta, signature);
        vm.assertEq(channels.purseOf(payer.addr), PURSE);
        vm.assertEq(channels.purseOf(relayer.addr), 0);
    }

    function test_too_little_gas_for_the_gate_costs_no_fee() public {
        ChannelKey memory key = _key(session, 1);
        Meta memory meta = _meta(5);
        bytes memory signature = _sign(session, Signatures.open(_id(key), 10, OFFER, meta));
        bytes memory call = abi.encodeCall(channels.openFor, (key, 10, OFFER, meta, signature));
        for (uint256 gas = 20_000; gas < 120_000; gas += 2_500) {
            uint256 state = vm.snapshotState();
            vm.prank(relayer.addr);
            (bool done,) = address(channels).call{gas: gas}(call);
            vm.assertEq(channels.purseOf(relayer.addr), done ? 5 : 0);
            vm.assertEq(channels.channel(_id(key)).deposit, done ? 10 : 0);
            vm.revertToState(state);
        }
    }

    function test_a_fee_comes_from_the_signers_own_payer_only() public {
        ChannelKey memory key = _key(session, 1);
        bytes memory signature = _sign(thief, Signatures.open(_id(key), 10, OFFER, _meta(5)));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotAllowed.selector, thief.addr));
        channels.openFor(key, 10, OFFER, _meta(5), signature);
    }

    function test_a_fee_of_naming_an_operator_comes_from_the_payees_purse() public {
        Meta memory meta = _meta(1);
        bytes memory signature = _sign(payee, Signatures.setOperator(payee.addr, operator.addr, true, 0, meta));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.PurseTooSmall.selector, payee.addr, 0, 1));
        channels.setOperatorFor(payee.addr, operator.addr, true, 0, meta, signature);
    }

    function test_a_signature_for_one_call_is_good_for_no_other() public {
        (ChannelKey memory key, bytes32 id) = _opened(10);
        Meta memory meta = _meta(0);
        bytes memory toTopUp = _sign(session, Signatures.topUp(id, 10, 0, meta));
        _notAllowed();
        channels.startCloseFor(key, meta, toTopUp);
        bytes memory toClose = _sign(payee, Signatures.close(id, 0));
        _notAllowed();
        channels.startCloseFor(key, meta, toClose);
        bytes memory toDeposit = _sign(payer, Signatures.deposit(payer.addr, 10, 0, meta));
        vm.expectPartialRevert(IRelayed.WrongSigner.selector);
        channels.withdrawFor(payer.addr, payer.addr, 10, 0, meta, toDeposit);
    }

    function test_a_signature_for_another_chain_or_contract_is_good_for_nothing_here() public {
        ChannelKey memory key = _key(session, 1);
        bytes32 structHash = Signatures.open(_id(key), 10, OFFER, _meta(0));
        bytes memory signature =
            Signatures.sign(session, Signatures.domain("FlowShield PaymentChannels", 1, address(channels)), structHash);
        _notAllowed();
        channels.openFor(key, 10, OFFER, _meta(0), signature);
        signature = Signatures.sign(
            session, Signatures.domain("FlowShield IdentityRegistry", block.chainid, address(channels)), structHash
        );
        _notAllowed();
        channels.openFor(key, 10, OFFER, _meta(0), signature);
    }

    function test_changes_where_a_withdrawal_goes() public {
        bytes memory signature = _sign(payer, Signatures.withdraw(payer.addr, payer.addr, 10, 0, _meta(0)));
        vm.prank(thief.addr);
        vm.expectPartialRevert(IRelayed.WrongSigner.selector);
        channels.withdrawFor(payer.addr, thief.addr, 10, 0, _meta(0), signature);
    }

    function _closeAgreed(ChannelKey memory key) private {
        channels.cooperativeClose(key, 0, 0, "", _sign(payee, Signatures.close(_id(key), 0)));
    }

    function _notAllowed() private {
        vm.expectPartialRevert(IPaymentChannels.NotAllowed.selector);
    }

    function _usedNonce(Account memory who) private {
        vm.expectRevert(
            abi.encodeWithSelector(Nonces.InvalidAccountNonce.selector, who.addr, channels.nonces(who.addr))
        );
    }
}
