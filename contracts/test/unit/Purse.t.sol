// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import "../Fixture.sol";

contract PurseTest is Fixture {
    function test_holds_what_was_deposited() public view {
        vm.assertEq(channels.purseOf(payer.addr), PURSE);
        vm.assertEq(flow.balanceOf(address(channels)), PURSE);
    }

    function test_a_deposit_says_who_paid_for_whom() public {
        vm.prank(payer.addr);
        flow.approve(address(channels), 5);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.PurseDeposited(session.addr, payer.addr, 5);
        vm.prank(payer.addr);
        channels.deposit(session.addr, 5);
        vm.assertEq(channels.purseOf(session.addr), 5);
    }

    function test_a_permit_saves_the_approval() public {
        Permit memory permit = _permit(payer, address(channels), 7);
        vm.prank(payer.addr);
        channels.depositWithPermit(payer.addr, 7, permit);
        vm.assertEq(channels.purseOf(payer.addr), PURSE + 7);
    }

    function test_a_deposit_by_a_relayer_pays_it_from_what_was_deposited() public {
        Meta memory meta = Meta({fee: 3, maxFee: 4, deadline: block.timestamp});
        bytes memory signature = _sign(payer, Signatures.deposit(payer.addr, 100, 0, meta));
        Permit memory permit = _permit(payer, address(channels), 100);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.PurseDeposited(payer.addr, payer.addr, 100);
        vm.expectEmit(address(channels));
        emit IRelayed.RelayerPaid(payer.addr, relayer.addr, 3);
        vm.prank(relayer.addr);
        channels.depositFor(payer.addr, 100, 0, meta, signature, permit);
        vm.assertEq(channels.purseOf(payer.addr), PURSE + 97);
        vm.assertEq(channels.purseOf(relayer.addr), 3);
        vm.assertEq(channels.nonces(payer.addr), 1);
    }

    function test_a_fee_above_the_deposit_is_refused() public {
        Meta memory meta = _meta(101);
        bytes memory signature = _sign(payer, Signatures.deposit(payer.addr, 100, 0, meta));
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.FeeAboveAmount.selector, 101, 100));
        channels.depositFor(payer.addr, 100, 0, meta, signature, _noPermit());
    }

    function test_the_owner_withdraws_to_anybody() public {
        vm.expectEmit(address(channels));
        emit IPaymentChannels.PurseWithdrawn(payer.addr, thief.addr, 40);
        vm.prank(payer.addr);
        channels.withdraw(thief.addr, 40);
        vm.assertEq(flow.balanceOf(thief.addr), 40);
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 40);
    }

    function test_a_withdrawal_by_a_relayer_takes_the_fee_on_top() public {
        Meta memory meta = _meta(2);
        bytes memory signature = _sign(payer, Signatures.withdraw(payer.addr, thief.addr, 40, 0, meta));
        vm.prank(relayer.addr);
        channels.withdrawFor(payer.addr, thief.addr, 40, 0, meta, signature);
        vm.assertEq(flow.balanceOf(thief.addr), 40);
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 42);
        vm.assertEq(channels.purseOf(relayer.addr), 2);
    }

    function test_a_relayer_takes_its_earnings_out_of_its_purse() public {
        test_a_withdrawal_by_a_relayer_takes_the_fee_on_top();
        vm.prank(relayer.addr);
        channels.withdraw(relayer.addr, 2);
        vm.assertEq(flow.balanceOf(relayer.addr), 2);
    }

    function test_refuses_more_than_is_there() public {
        vm.prank(payer.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.PurseTooSmall.selector, payer.addr, PURSE, PURSE + 1));
        channels.withdraw(payer.addr, PURSE + 1);
    }

    function test_refuses_to_lose_money() public {
        vm.startPrank(payer.addr);
        flow.approve(address(channels), 1);
        vm.expectRevert(IPaymentChannels.ZeroAddress.selector);
        channels.deposit(address(0), 1);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotARecipient.selector, address(channels)));
        channels.withdraw(address(channels), 1);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        channels.withdraw(address(0), 1);
    }

    function test_refuses_amounts_of_zero() public {
        vm.startPrank(payer.addr);
        vm.expectRevert(IPaymentChannels.ZeroAmount.selector);
        channels.deposit(payer.addr, 0);
        vm.expectRevert(IPaymentChannels.ZeroAmount.selector);
        channels.withdraw(payer.addr, 0);
    }

    function test_refuses_a_deposit_without_allowance() public {
        vm.prank(payer.addr);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(channels), 0, 1)
        );
        channels.deposit(payer.addr, 1);
    }

    function test_needs_a_token_and_a_gate() public {
        vm.expectRevert(IPaymentChannels.ZeroAddress.selector);
        new PaymentChannels(FlowToken(address(0)), gate);
        vm.expectRevert(IPaymentChannels.ZeroAddress.selector);
        new PaymentChannels(flow, PayeeGate(address(0)));
    }
}
