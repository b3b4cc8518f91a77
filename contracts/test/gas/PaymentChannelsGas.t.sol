// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

/// @dev What each call costs its sender, as a transaction of its own: base cost, call data and execution. Ceilings are those
/// that a user was promised; the exact figures are in snapshots/.
/// forge-config: default.isolate = true
/// forge-config: ci.isolate = true
/// forge-config: deep.isolate = true
contract PaymentChannelsGasTest is Fixture {
    uint256 internal constant OPEN = 165_000;
    uint256 internal constant FIRST_CLAIM = 78_000;
    uint256 internal constant CLAIM = 60_000;
    uint256 internal constant CLAIM_OF_TWENTY = 25_000;

    uint96 internal constant DEPOSIT = 123.456789012345678901 ether;
    uint96 internal constant STEP = 3.141592653589793238 ether;
    uint64 internal constant BYTES = 0x1234567890abcd;

    function test_opening() public {
        ChannelKey memory key = _salted(session, 1);
        Meta memory meta = Meta(STEP, STEP, START + 1 hours);
        bytes memory signature = _sign(session, Signatures.open(_id(key), DEPOSIT, OFFER, meta));
        vm.prank(relayer.addr);
        channels.openFor(key, DEPOSIT, OFFER, meta, signature);
        _atMost(OPEN, _taken("openFor, everything new"));

        key = _salted(session, 2);
        signature = _sign(session, Signatures.open(_id(key), DEPOSIT, OFFER, meta));
        vm.prank(relayer.addr);
        channels.openFor(key, DEPOSIT, OFFER, meta, signature);
        _atMost(OPEN, _taken("openFor, the same parties again"));

        vm.prank(session.addr);
        channels.open(_salted(session, 3), DEPOSIT, OFFER);
        _atMost(OPEN, _taken("open by the session signer"));

        vm.prank(payer.addr);
        channels.open(_salted(payer, 4), DEPOSIT, OFFER);
        _atMost(OPEN, _taken("open by the payer"));
    }

    function test_topping_up() public {
        ChannelKey memory key = _open(1);
        vm.prank(session.addr);
        channels.topUp(key, STEP);
        _taken("topUp");
        Meta memory meta = Meta(STEP, STEP, START + 1 hours);
        bytes memory signature = _sign(session, Signatures.topUp(_id(key), STEP, 0, meta));
        vm.prank(relayer.addr);
        channels.topUpFor(key, STEP, 0, meta, signature);
        _taken("topUpFor, first nonce and relayer");
    }

    function test_claiming() public {
        ChannelKey memory key = _open(1);
        _claim(key, STEP);
        uint256 first = _taken("claim, first to a payee");
        _atMost(FIRST_CLAIM, first);
        vm.assertLe(50_000, first, "measured as a transaction of its own");
        _claim(key, 2 * STEP);
        _atMost(CLAIM, _taken("claim"));
    }

    function test_claiming_twenty() public {
        Claim[] memory batch = new Claim[](20);
        for (uint256 i = 0; i < batch.length; ++i) {
            ChannelKey memory key = _open(i + 1);
            batch[i] = Claim(key, STEP, BYTES, _sign(session, Signatures.voucher(_id(key), STEP, BYTES)));
        }
        channels.claimMany(batch);
        _atMost(batch.length * CLAIM_OF_TWENTY, _taken("claimMany, 20 channels of one payee"));
    }

    function test_closing() public {
        ChannelKey memory key = _open(1);
        channels.cooperativeClose(
            key,
            STEP,
            BYTES,
            _sign(session, Signatures.voucher(_id(key), STEP, BYTES)),
            _sign(payee, Signatures.close(_id(key), STEP))
        );
        _taken("cooperativeClose with a first claim");

        key = _open(2);
        bytes memory voucher = _sign(session, Signatures.voucher(_id(key), STEP, BYTES));
        vm.prank(payee.addr);
        channels.claimAndClose(key, STEP, BYTES, voucher);
        _taken("claimAndClose");

        key = _open(3);
        vm.prank(session.addr);
        channels.startClose(key);
        _taken("startClose");
        vm.warp(START + 1 days);
        channels.finishClose(key);
        _taken("finishClose");
    }

    function test_moving_money() public {
        vm.prank(payer.addr);
        flow.approve(address(channels), FOREVER);
        vm.prank(payer.addr);
        channels.deposit(payer.addr, DEPOSIT);
        _taken("deposit");
        vm.prank(payer.addr);
        channels.withdraw(payer.addr, STEP);
        _taken("withdraw");
        vm.prank(payer.addr);
        flow.approve(address(channels), 0);

        Meta memory meta = Meta(STEP, STEP, START + 1 hours);
        Permit memory permit = _permit(payer, address(channels), DEPOSIT);
        bytes memory signature = _sign(payer, Signatures.deposit(payer.addr, DEPOSIT, 0, meta));
        vm.prank(relayer.addr);
        channels.depositFor(payer.addr, DEPOSIT, 0, meta, signature, permit);
        _taken("depositFor with a permit, first nonces and relayer");
    }

    function test_naming_others() public {
        vm.prank(payer.addr);
        channels.authorise(thief.addr, Caps(DEPOSIT, STEP, START + 30 days));
        _taken("authorise");
        vm.prank(payee.addr);
        channels.setOperator(operator.addr, true);
        _taken("setOperator");
    }

    function _salted(Account memory signer, uint256 salt) private view returns (ChannelKey memory) {
        return _key(signer, uint256(keccak256(abi.encode(salt))));
    }

    function _open(uint256 salt) private returns (ChannelKey memory key) {
        key = _salted(session, salt);
        vm.prank(payer.addr);
        channels.open(key, DEPOSIT, OFFER);
    }

    function _claim(ChannelKey memory key, uint96 cumulative) private {
        bytes memory voucher = _sign(session, Signatures.voucher(_id(key), cumulative, BYTES));
        vm.prank(relayer.addr);
        channels.claim(key, cumulative, BYTES, voucher);
    }

    function _taken(string memory name) private returns (uint256) {
        return vm.snapshotGasLastCall("PaymentChannels", name);
    }

    function _atMost(uint256 ceiling, uint256 gas) private pure {
        vm.assertLe(gas, ceiling, "gas");
    }
}
