// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

contract OpeningTest is Fixture {
    function test_the_session_signer_opens_from_the_purse() public {
        ChannelKey memory key = _key(session, 1);
        bytes32 id = _id(key);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.Opened(id, payer.addr, payee.addr, session.addr, key.salt, 100, OFFER);
        vm.prank(session.addr);
        channels.open(key, 100, OFFER);

        Channel memory opened = channels.channel(id);
        vm.assertEq(opened.deposit, 100);
        vm.assertEq(opened.claimed, 0);
        vm.assertEq(opened.closesAt, 0);
        _assertStatus(id, Status.Open);
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 100);
        vm.assertEq(_used(session), 100);
        vm.assertEq(channels.usedWith(payer.addr, session.addr, payee.addr), 100);
    }

    function test_the_id_binds_chain_contract_parties_and_salt() public view {
        ChannelKey memory key = _key(session, 1);
        vm.assertEq(channels.channelIdOf(key), _id(key));
    }

    function test_the_payer_opens_without_caps() public {
        vm.prank(payer.addr);
        channels.open(_key(session, 1), 5_000 ether, OFFER);
        vm.assertEq(_used(session), 5_000 ether, "counts as exposure of the session signer");
        vm.prank(payer.addr);
        channels.open(_key(payer, 1), 1_000 ether, OFFER);
        vm.assertEq(_used(payer), 0, "a payer who signs himself has no caps to count for");
    }

    function test_a_relayer_opens_for_the_session_signer() public {
        ChannelKey memory key = _key(session, 1);
        bytes32 id = _id(key);
        Meta memory meta = Meta({fee: 2, maxFee: 5, deadline: block.timestamp});
        bytes memory signature = _sign(session, Signatures.open(id, 100, OFFER, meta));
        vm.expectEmit(address(channels));
        emit IRelayed.RelayerPaid(payer.addr, relayer.addr, 2);
        vm.prank(relayer.addr);
        channels.openFor(key, 100, OFFER, meta, signature);
        vm.assertEq(channels.channel(id).deposit, 100);
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 102);
        vm.assertEq(channels.purseOf(relayer.addr), 2);
        vm.assertEq(_used(session), 102, "the fee counts against the caps");
        vm.assertEq(channels.usedWith(payer.addr, session.addr, payee.addr), 102);
    }

    function test_a_relayer_opens_for_the_payer_whose_fee_is_not_capped() public {
        ChannelKey memory key = _key(session, 1);
        Meta memory meta = _meta(2_000 ether);
        bytes memory signature = _sign(payer, Signatures.open(_id(key), 100, OFFER, meta));
        vm.prank(relayer.addr);
        channels.openFor(key, 100, OFFER, meta, signature);
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 100 - 2_000 ether);
        vm.assertEq(_used(session), 100);
    }

    function test_tops_up_by_signer_payer_and_relayer() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.ToppedUp(id, 10, 110);
        vm.prank(session.addr);
        channels.topUp(key, 10);
        vm.prank(payer.addr);
        channels.topUp(key, 20);
        Meta memory meta = _meta(3);
        bytes memory signature = _sign(session, Signatures.topUp(id, 30, 0, meta));
        vm.prank(relayer.addr);
        channels.topUpFor(key, 30, 0, meta, signature);
        vm.assertEq(channels.channel(id).deposit, 160);
        vm.assertEq(_used(session), 163);
        vm.assertEq(channels.purseOf(payer.addr), PURSE - 163);
        vm.assertEq(channels.nonces(session.addr), 1);
    }

    function test_a_keyed_nonce_lets_signed_calls_come_in_any_order() public {
        (ChannelKey memory key, bytes32 id) = _opened(100);
        uint256 lane = uint256(7) << 64;
        Meta memory meta = _meta(0);
        channels.topUpFor(key, 1, lane, meta, _sign(session, Signatures.topUp(id, 1, lane, meta)));
        channels.topUpFor(key, 1, 0, meta, _sign(session, Signatures.topUp(id, 1, 0, meta)));
        vm.assertEq(channels.nonces(session.addr, 7), lane + 1);
    }

    function test_refuses_what_would_lose_money() public {
        vm.startPrank(payer.addr);
        ChannelKey memory key = _key(session, 1);
        vm.expectRevert(IPaymentChannels.ZeroAmount.selector);
        channels.open(key, 0, OFFER);
        key.payee = address(0);
        vm.expectRevert(IPaymentChannels.ZeroAddress.selector);
        channels.open(key, 1, OFFER);
        key.payee = address(channels);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotARecipient.selector, address(channels)));
        channels.open(key, 1, OFFER);
        key = _key(session, 1);
        key.signer = address(0);
        vm.expectRevert(IPaymentChannels.ZeroAddress.selector);
        channels.open(key, 1, OFFER);
    }

    function test_refuses_to_top_up_by_nothing() public {
        (ChannelKey memory key,) = _opened(100);
        vm.prank(session.addr);
        vm.expectRevert(IPaymentChannels.ZeroAmount.selector);
        channels.topUp(key, 0);
    }

    function test_refuses_to_top_up_what_is_not_open() public {
        ChannelKey memory key = _key(session, 1);
        bytes32 id = _id(key);
        vm.startPrank(session.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, id));
        channels.topUp(key, 1);
        channels.open(key, 1, OFFER);
        channels.startClose(key);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.NotOpen.selector, id));
        channels.topUp(key, 1);
    }

    function test_refuses_what_the_purse_does_not_hold() public {
        vm.prank(payer.addr);
        vm.expectRevert(abi.encodeWithSelector(IPaymentChannels.PurseTooSmall.selector, payer.addr, PURSE, PURSE + 1));
        channels.open(_key(payer, 1), PURSE + 1, OFFER);
    }

    function test_authorises_revokes_and_keeps_what_was_used() public {
        _opened(100);
        vm.expectEmit(address(channels));
        emit IPaymentChannels.SignerAuthorised(payer.addr, session.addr, 0, 0, 0);
        vm.prank(payer.addr);
        channels.authorise(session.addr, Caps(0, 0, 0));
        (uint96 total, uint96 perPayee, uint48 expiry, uint96 used) = channels.authorisation(payer.addr, session.addr);
        vm.assertEq(total, 0);
        vm.assertEq(perPayee, 0);
        vm.assertEq(expiry, 0);
        vm.assertEq(used, 100);
        ChannelKey memory key = _key(session, 2);
        vm.prank(session.addr);
        vm.expectRevert(
            abi.encodeWithSelector(IPaymentChannels.SignerExpired.selector, payer.addr, session.addr, uint48(0))
        );
        channels.open(key, 1, OFFER);
    }

    function test_a_relayer_brings_an_authorisation() public {
        Caps memory caps = Caps({total: 9, perPayee: 8, expiry: START + 1});
        Meta memory meta = _meta(1);
        bytes memory signature = _sign(payer, Signatures.authorise(payer.addr, thief.addr, caps, 0, meta));
        vm.prank(relayer.addr);
        channels.authoriseFor(payer.addr, thief.addr, caps, 0, meta, signature);
        (uint96 total, uint96 perPayee, uint48 expiry, uint96 used) = channels.authorisation(payer.addr, thief.addr);
        vm.assertEq(total, 9);
        vm.assertEq(perPayee, 8);
        vm.assertEq(expiry, START + 1);
        vm.assertEq(used, 0);
        vm.assertEq(channels.purseOf(relayer.addr), 1);
    }
}
