// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Binding, BindingStatus, IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import "../Fixture.sol";

abstract contract NodeOwner is Fixture {
    bytes32 internal constant NODE = keccak256("node key");
    bytes internal proof = abi.encodePacked(keccak256("first half"), keccak256("second half"));
    bytes32 internal id;
    bytes32 internal identityDomain;

    function setUp() public override {
        super.setUp();
        id = keccak256(abi.encode(payer.addr, NODE));
        identityDomain = Signatures.domain("FlowShield IdentityRegistry", block.chainid, address(identities));
    }

    function _signed(Account memory by, bytes32 structHash) internal view returns (bytes memory) {
        return Signatures.sign(by, identityDomain, structHash);
    }
}

contract IdentityRegistryTest is NodeOwner {
    function test_binds_a_node_key_with_its_proof() public {
        vm.expectEmit(address(identities));
        emit IIdentityRegistry.Bound(id, payer.addr, NODE, 5, proof);
        vm.prank(payer.addr);
        identities.bind(NODE, proof, 5);
        Binding memory made = identities.binding(id);
        vm.assertEq(uint256(made.status), uint256(BindingStatus.Bound));
        vm.assertEq(made.roles, 5);
        vm.assertEq(made.boundAt, START);
        vm.assertEq(made.revokedAt, 0);
        vm.assertTrue(identities.isBound(payer.addr, NODE));
        vm.assertEq(identities.nodeIdOf(payer.addr, NODE), id);
    }

    function test_a_binding_lies_where_storage_proofs_look() public {
        vm.prank(payer.addr);
        identities.bind(NODE, proof, 5);
        bytes32 slot = keccak256(abi.encode(id, uint256(0)));
        uint256 stored = uint256(vm.load(address(identities), slot));
        vm.assertEq(uint8(stored), 1);
        vm.assertEq(uint32(stored >> 8), 5);
        vm.assertEq(uint48(stored >> 40), START);
        vm.assertEq(stored >> 88, 0);
        vm.warp(START + 9);
        vm.prank(payer.addr);
        identities.revoke(NODE);
        stored = uint256(vm.load(address(identities), slot));
        vm.assertEq(uint8(stored), 2);
        vm.assertEq(uint48(stored >> 88), START + 9);
        vm.assertEq(stored >> 136, 0);
    }

    function test_the_challenge_binds_chain_registry_wallet_and_key() public view {
        vm.assertEq(
            identities.challenge(payer.addr, NODE),
            keccak256(
                abi.encode(
                    keccak256("FlowShield node binding v1"), block.chainid, address(identities), payer.addr, NODE
                )
            )
        );
    }

    function test_a_relayer_binds_and_is_paid_by_permit() public {
        Meta memory meta = Meta({fee: 3, maxFee: 5, deadline: FOREVER});
        bytes memory signature = _signed(payer, Signatures.bind(payer.addr, NODE, proof, 5, meta));
        Permit memory permit = _permit(payer, address(identities), 5);
        vm.expectEmit(address(identities));
        emit IRelayed.RelayerPaid(payer.addr, relayer.addr, 3);
        vm.prank(relayer.addr);
        identities.bindFor(payer.addr, NODE, proof, 5, meta, signature, permit);
        vm.assertTrue(identities.isBound(payer.addr, NODE));
        vm.assertEq(flow.balanceOf(relayer.addr), 3);
    }

    function test_rotates_to_a_new_key_with_the_same_roles() public {
        bytes32 next = keccak256("next");
        bytes32 nextId = keccak256(abi.encode(payer.addr, next));
        vm.startPrank(payer.addr);
        identities.bind(NODE, proof, 5);
        vm.expectEmit(address(identities));
        emit IIdentityRegistry.Bound(nextId, payer.addr, next, 5, proof);
        vm.expectEmit(address(identities));
        emit IIdentityRegistry.Revoked(id, payer.addr, NODE);
        vm.expectEmit(address(identities));
        emit IIdentityRegistry.Rotated(payer.addr, id, nextId);
        identities.rotate(NODE, next, proof);
        vm.assertFalse(identities.isBound(payer.addr, NODE));
        vm.assertTrue(identities.isBound(payer.addr, next));
    }

    function test_a_relayer_revokes() public {
        vm.prank(payer.addr);
        identities.bind(NODE, proof, 5);
        Meta memory meta = _meta(0);
        bytes memory signature = _signed(payer, Signatures.revoke(payer.addr, NODE, meta));
        identities.revokeFor(payer.addr, NODE, meta, signature, _noPermit());
        vm.assertFalse(identities.isBound(payer.addr, NODE));
    }

    function test_several_devices_of_one_wallet() public {
        vm.startPrank(payer.addr);
        identities.bind(NODE, proof, 1);
        identities.bind(keccak256("laptop"), proof, 2);
        identities.revoke(NODE);
        vm.assertTrue(identities.isBound(payer.addr, keccak256("laptop")));
    }

    function test_says_something_of_a_node_and_takes_it_back() public {
        vm.startPrank(payer.addr);
        identities.bind(NODE, proof, 1);
        vm.expectEmit(address(identities));
        emit IIdentityRegistry.AttributeSet(id, "country", "CH");
        identities.setAttribute(NODE, "country", "CH");
        vm.assertEq(identities.attribute(id, "country"), "CH");
        identities.setAttribute(NODE, "country", 0);
        vm.assertEq(identities.attribute(id, "country"), bytes32(0));
    }

    function test_refuses_what_makes_no_sense() public {
        vm.startPrank(payer.addr);
        vm.expectRevert(IIdentityRegistry.ZeroKey.selector);
        identities.bind(0, proof, 1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.WrongProofLength.selector, 65));
        identities.bind(NODE, new bytes(65), 1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotBound.selector, id));
        identities.revoke(NODE);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotBound.selector, id));
        identities.setAttribute(NODE, "a", "b");
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.NotBound.selector, id));
        identities.rotate(NODE, keccak256("next"), proof);
        identities.bind(NODE, proof, 1);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AlreadyBound.selector, id));
        identities.rotate(NODE, NODE, proof);
        vm.stopPrank();
        vm.expectRevert(IIdentityRegistry.ZeroAddress.selector);
        new IdentityRegistry(FlowToken(address(0)));
    }
}
