// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";
import {ChannelsHandler} from "./ChannelsHandler.sol";

/// @dev Three payers with purses and two session signers each, two payees, no channel yet.
abstract contract Crowd is Fixture {
    ChannelsHandler internal handler;

    function setUp() public virtual override {
        vm.warp(START);
        _deploy();
        _enterMarket(payee);
        _enterMarket(Signatures.account("accomplice"));
        handler = new ChannelsHandler(channels, flow);
        string[3] memory names = ["anna", "bert", "cleo"];
        for (uint256 i = 0; i < names.length; ++i) {
            Account memory rich = Signatures.account(names[i]);
            _fund(rich, 1_000_000 ether);
            vm.prank(rich.addr);
            flow.approve(address(channels), 1_000 ether);
            vm.prank(rich.addr);
            channels.deposit(rich.addr, 1_000 ether);
            for (uint256 j = 0; j < 2; ++j) {
                Account memory device = Signatures.account(j == 0 ? "laptop" : "phone");
                handler.setCaps(rich.addr, device.addr, Caps(400 ether, 300 ether, START + 30 days));
            }
        }
    }
}

/// @dev Whatever everybody does in whatever order: the money is all there, and nobody got more than was signed.
contract ChannelsInvariantTest is Crowd {
    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    /// @dev Set-up only: callers choose among those that are known by `authorise`.
    function excludeSelectors() public view returns (FuzzSelector[] memory excluded) {
        excluded = new FuzzSelector[](1);
        excluded[0] = FuzzSelector(address(handler), new bytes4[](1));
        excluded[0].selectors[0] = ChannelsHandler.setCaps.selector;
    }

    /// @dev One run for all four: what a run costs is the calls, not the looking.
    function invariant_all_money_is_somebodys_and_nobody_has_more_than_was_signed() public view {
        handler.checkConservation();
        handler.checkPayees();
        handler.checkMonotone();
        handler.checkUse();
    }

    /// @dev The calls must get somewhere: a run in which everything is refused would show nothing.
    function test_the_handler_reaches_every_state() public {
        handler.open(1 << 16 | uint256(1) << 40, 150 ether, 0);
        handler.signMore(0, 30 ether);
        handler.claim(0, 20 ether);
        handler.startClose(0, 0);
        handler.pass(1 days);
        handler.finishClose(0);
        vm.assertEq(handler.done(), 4);
        vm.assertEq(handler.refused(), 0);
        _assertStatus(handler.idOf(0), Status.Closed);
    }
}

/// @dev The same checks on channels that are broken on purpose: each of them must see its fault.
contract ChannelsInvariantDetectsTest is Crowd {
    uint256 private constant PURSES = 4;
    uint256 private constant AUTHORISATIONS = 6;
    uint256 private constant CHANNELS = 7;

    bytes32 private channelSlot;
    bytes32 private purseSlot;
    bytes32 private authorisationSlot;

    function setUp() public override {
        super.setUp();
        address anna = Signatures.account("anna").addr;
        address laptop = Signatures.account("laptop").addr;
        handler.open(_by(0), 150 ether, 0); // anna, by her laptop, to the payee
        handler.signMore(0, 30 ether);
        handler.claim(0, 20 ether);
        vm.assertEq(handler.done(), 2, "both did something");
        channelSlot = keccak256(abi.encode(handler.idOf(0), CHANNELS));
        purseSlot = keccak256(abi.encode(anna, PURSES));
        authorisationSlot = keccak256(abi.encode(laptop, keccak256(abi.encode(anna, AUTHORISATIONS))));
    }

    function test_sound_channels_pass() public view {
        handler.checkConservation();
        handler.checkPayees();
        handler.checkMonotone();
        handler.checkUse();
    }

    function test_sees_a_purse_that_grew_by_itself() public {
        _add(purseSlot, 0, 1);
        vm.expectRevert();
        handler.checkConservation();
    }

    function test_sees_a_payment_that_was_not_booked() public {
        vm.prank(address(channels));
        flow.transfer(payee.addr, 1);
        vm.expectRevert();
        handler.checkConservation();
        vm.expectRevert();
        handler.checkPayees();
    }

    function test_sees_a_claim_that_was_booked_and_not_paid() public {
        _add(channelSlot, 96, 1);
        vm.expectRevert();
        handler.checkConservation();
        vm.expectRevert();
        handler.checkPayees();
    }

    function test_sees_a_claim_above_the_deposit_and_above_what_was_signed() public {
        _add(channelSlot, 96, 140 ether);
        vm.expectRevert();
        handler.checkPayees();
    }

    function test_sees_a_claim_that_went_back() public {
        vm.store(address(channels), channelSlot, bytes32(uint256(vm.load(address(channels), channelSlot)) - (1 << 96)));
        vm.expectRevert();
        handler.checkMonotone();
    }

    function test_sees_a_closed_channel_that_came_back() public {
        handler.cooperativeClose(0, 20 ether);
        uint256 stored = uint256(vm.load(address(channels), channelSlot));
        vm.store(address(channels), channelSlot, bytes32(stored - (uint256(2) << 240)));
        _assertStatus(handler.idOf(0), Status.Open);
        vm.expectRevert();
        handler.checkMonotone();
        vm.expectRevert();
        handler.checkConservation();
    }

    function test_sees_use_that_was_forgotten_or_invented() public {
        _add(authorisationSlot, 96, 1);
        vm.expectRevert();
        handler.checkUse();
    }

    function test_sees_use_with_a_payee_that_was_invented() public {
        bytes32 mapping_ = bytes32(uint256(authorisationSlot) + 2);
        _add(keccak256(abi.encode(payee.addr, mapping_)), 0, 1);
        vm.expectRevert();
        handler.checkUse();
    }

    function test_sees_a_contract_that_forgets_a_cap() public {
        _add(authorisationSlot, 0, 1_000 ether);
        _add(bytes32(uint256(authorisationSlot) + 1), 0, 1_000 ether);
        vm.expectRevert();
        handler.open(_by(0), 160 ether, 0); // with the 150 before: more than 300
    }

    function test_sees_a_contract_that_refuses_what_it_owes() public {
        _add(channelSlot, 240, 2); // closed
        vm.expectRevert();
        handler.claim(0, 30 ether);
    }

    function _add(bytes32 slot, uint256 offset, uint256 amount) private {
        uint256 stored = uint256(vm.load(address(channels), slot));
        vm.store(address(channels), slot, bytes32(stored + (amount << offset)));
    }

    /// @dev Seed of the handler's open: payer number `who`, its laptop acts itself, the payee, not relayed.
    function _by(uint256 who) private pure returns (uint256) {
        return who | (1 << 16) | (uint256(1) << 40);
    }
}
