// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IPayeeGate} from "../../src/interfaces/IPayeeGate.sol";
import "../Fixture.sol";
import {HostileGate, OpenGate} from "../mocks/Gates.sol";
import {CallingBackToken, TellingFalseToken} from "../mocks/Tokens.sol";

/// @dev What is around the channels is hostile: gate, token, forced money.
contract HostileContractsAttackTest is Fixture {
    function test_a_hostile_gate_refuses_openings_and_can_do_no_more() public {
        HostileGate hostile = new HostileGate();
        _asTimelock(address(gate), abi.encodeCall(PayeeGate.setPolicy, (hostile)));
        (bool ready,) = address(gate).staticcall("");
        vm.assertFalse(ready);
        ChannelKey memory key = _key(session, 1);
        for (uint256 how = 0; how < hostile.WAYS(); ++how) {
            hostile.answer(how);
            vm.prank(session.addr);
            vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.PayeeRefused.selector, payee.addr));
            channels.open(key, 1, OFFER);
        }
        vm.prank(payer.addr);
        channels.withdraw(payer.addr, PURSE);
    }

    function test_a_hostile_gate_without_the_gate_between() public {
        HostileGate hostile = new HostileGate();
        channels = new PaymentChannels(flow, hostile);
        vm.startPrank(payer.addr);
        flow.approve(address(channels), 1);
        channels.deposit(payer.addr, 1);
        ChannelKey memory key = _key(payer, 1);
        for (uint256 how = 0; how < hostile.WAYS(); ++how) {
            hostile.answer(how);
            vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.PayeeRefused.selector, payee.addr));
            channels.open{gas: 1_000_000}(key, 1, OFFER);
        }
    }

    function test_a_gate_that_burns_gas_burns_no_more_than_its_share() public {
        HostileGate hostile = new HostileGate();
        hostile.answer(2);
        channels = new PaymentChannels(flow, hostile);
        ChannelKey memory key = _key(payer, 1);
        uint256 before = gasleft();
        vm.prank(payer.addr);
        try channels.open(key, 1, OFFER) {
            revert("opened");
        } catch {}
        vm.assertLe(before - gasleft(), channels.GATE_GAS() + 100_000);
    }

    function test_a_short_answer_is_not_filled_up_with_what_lay_in_memory() public {
        HostileGate hostile = new HostileGate();
        hostile.answer(4); // 31 zero bytes; the last byte of the word is left from the id
        channels = new PaymentChannels(flow, hostile);
        ChannelKey memory key = _key(payer, 1);
        while (uint8(uint256(_id(key))) != 1) {
            key.salt = bytes32(uint256(key.salt) + 1);
        }
        vm.prank(payer.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.PayeeRefused.selector, payee.addr));
        channels.open(key, 1, OFFER);
    }

    function test_a_gate_without_code_lets_nobody_in() public {
        channels = new PaymentChannels(flow, IPayeeGate(thief.addr));
        vm.startPrank(payer.addr);
        flow.approve(address(channels), 1);
        channels.deposit(payer.addr, 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.PayeeRefused.selector, payee.addr));
        channels.open(_key(payer, 1), 1, OFFER);
    }

    function test_the_gate_is_not_asked_once_a_channel_is_open() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        vm.expectCall(address(gate), "", 0);
        vm.prank(session.addr);
        channels.topUp(key, 1);
        channels.claim(key, 50, 0, _voucher(session, id, 50));
        vm.prank(session.addr);
        channels.startClose(key);
        channels.cooperativeClose(key, 50, 0, "", _sign(payee, Signatures.close(id, 50)));
    }

    function test_a_token_that_calls_back_finds_nothing_to_take() public {
        CallingBackToken token = new CallingBackToken();
        channels = new PaymentChannels(token, new OpenGate());
        domain = channels.DOMAIN_SEPARATOR();
        token.mint(address(this), 1_000);
        token.mint(thief.addr, 100);
        token.approve(address(channels), 1_000);
        channels.deposit(payer.addr, 1_000);
        vm.startPrank(thief.addr);
        token.approve(address(channels), 100);
        channels.deposit(thief.addr, 100);
        vm.stopPrank();
        ChannelKey memory key = ChannelKey(payer.addr, address(token), payer.addr, 0);
        bytes32 id = _id(key);
        vm.prank(payer.addr);
        channels.open(key, 100, OFFER);
        bytes memory voucher = _voucher(payer, id, 60);

        bytes[] memory again = new bytes[](4);
        again[0] = abi.encodeCall(channels.claim, (key, 60, 0, voucher));
        again[1] = abi.encodeCall(channels.claimAndClose, (key, 60, 0, voucher));
        again[2] = abi.encodeCall(channels.finishClose, (key));
        again[3] = abi.encodeCall(channels.withdraw, (thief.addr, 100));
        token.callBack(address(channels), again);
        channels.claim(key, 60, 0, voucher);
        vm.assertTrue(token.calledBack() > 0, "the attempt was made");
        vm.assertEq(token.balanceOf(address(token)), 60, "once");

        vm.prank(thief.addr);
        channels.withdraw(thief.addr, 100);
        vm.assertEq(token.balanceOf(thief.addr), 100, "once");
        vm.assertEq(token.balanceOf(address(channels)), 940);
    }

    function test_a_token_that_answers_false_deposits_and_pays_nothing() public {
        TellingFalseToken token = new TellingFalseToken();
        channels = new PaymentChannels(token, new OpenGate());
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        channels.deposit(payer.addr, 1);
        vm.assertEq(channels.purseOf(payer.addr), 0);
    }

    function test_the_token_takes_no_fee_and_cannot_be_changed() public {
        vm.prank(payer.addr);
        flow.transfer(thief.addr, 1_000);
        vm.assertEq(flow.balanceOf(thief.addr), 1_000);
        vm.assertEq(address(channels.FLOW()), address(flow));
    }

    function test_money_that_is_forced_in_belongs_to_nobody() public {
        (bool taken,) = address(channels).call{value: 1}("");
        vm.assertFalse(taken, "no coin is accepted");
        vm.deal(address(channels), 1 ether); // but a block's reward, or a dying contract, cannot be refused
        vm.prank(payer.addr);
        flow.transfer(address(channels), 1 ether);
        vm.assertEq(channels.purseOf(payer.addr), PURSE);
        vm.prank(payer.addr);
        channels.withdraw(payer.addr, PURSE);
        vm.prank(payer.addr);
        vm.expectPartialRevert(IPaymentChannels.PurseTooSmall.selector);
        channels.withdraw(payer.addr, 1);
    }
}
