// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../../src/interfaces/IIdentityRegistry.sol";
import "../unit/IdentityRegistry.t.sol";

/// @dev Somebody wants to speak for a node that is not his, or to bring back a key that was given up.
contract IdentityAttackTest is NodeOwner {
    function test_squatting_a_node_key_does_not_keep_its_owner_out() public {
        vm.prank(thief.addr);
        identities.bind(NODE, new bytes(64), 1);
        vm.prank(payer.addr);
        identities.bind(NODE, proof, 1);
        vm.assertTrue(identities.isBound(payer.addr, NODE));
    }

    function test_a_stranger_revokes_rotates_and_describes_nothing() public {
        vm.prank(payer.addr);
        identities.bind(NODE, proof, 1);
        vm.startPrank(thief.addr);
        vm.expectPartialRevert(IIdentityRegistry.NotBound.selector);
        identities.revoke(NODE);
        vm.expectPartialRevert(IIdentityRegistry.NotBound.selector);
        identities.rotate(NODE, keccak256("next"), proof);
        vm.expectPartialRevert(IIdentityRegistry.NotBound.selector);
        identities.setAttribute(NODE, "a", "b");
        vm.stopPrank();
        bytes memory forged = _signed(thief, Signatures.revoke(payer.addr, NODE, _meta(0)));
        vm.expectRevert(abi.encodeWithSelector(IRelayed.WrongSigner.selector, thief.addr));
        identities.revokeFor(payer.addr, NODE, _meta(0), forged, _noPermit());
    }

    function test_a_revoked_key_never_comes_back() public {
        Meta memory meta = _meta(0);
        bytes memory signature = _signed(payer, Signatures.bind(payer.addr, NODE, proof, 5, meta));
        identities.bindFor(payer.addr, NODE, proof, 5, meta, signature, _noPermit());
        vm.prank(payer.addr);
        identities.revoke(NODE);
        vm.prank(payer.addr);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AlreadyBound.selector, id));
        identities.bind(NODE, proof, 5);
        vm.expectRevert(abi.encodeWithSelector(IIdentityRegistry.AlreadyBound.selector, id));
        identities.bindFor(payer.addr, NODE, proof, 5, meta, signature, _noPermit());
    }

    function test_a_relayer_cannot_swap_proof_roles_or_fee() public {
        Meta memory meta = _meta(1);
        bytes memory signature = _signed(payer, Signatures.bind(payer.addr, NODE, proof, 5, meta));
        vm.expectPartialRevert(IRelayed.WrongSigner.selector);
        identities.bindFor(payer.addr, NODE, new bytes(64), 5, meta, signature, _noPermit());
        vm.expectPartialRevert(IRelayed.WrongSigner.selector);
        identities.bindFor(payer.addr, NODE, proof, 7, meta, signature, _noPermit());
        meta.fee = 2;
        vm.expectRevert(abi.encodeWithSelector(IRelayed.FeeAboveMaximum.selector, 2, 1));
        identities.bindFor(payer.addr, NODE, proof, 5, meta, signature, _noPermit());
    }

    function test_a_fee_that_cannot_be_paid_binds_nothing() public {
        Meta memory meta = _meta(1);
        bytes memory signature = _signed(payer, Signatures.bind(payer.addr, NODE, proof, 5, meta));
        vm.expectRevert();
        identities.bindFor(payer.addr, NODE, proof, 5, meta, signature, _noPermit());
        vm.assertFalse(identities.isBound(payer.addr, NODE));
    }
}
