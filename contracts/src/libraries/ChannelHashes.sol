// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Caps} from "../interfaces/IPaymentChannels.sol";
import {Meta} from "../interfaces/IRelayed.sol";

/// @title EIP-712 struct hashes of all that is signed for PaymentChannels
/// @dev Each type has its own type hash, so that no signature can pass for one over another type.
library ChannelHashes {
    bytes32 internal constant VOUCHER = keccak256("Voucher(bytes32 channelId,uint128 cumulative,uint64 bytesServed)");
    bytes32 internal constant CLOSE = keccak256("Close(bytes32 channelId,uint128 finalCumulative)");
    bytes32 internal constant OPEN =
        keccak256("Open(bytes32 channelId,uint96 amount,bytes32 offerHash,uint96 maxFee,uint256 deadline)");
    bytes32 internal constant TOP_UP =
        keccak256("TopUp(bytes32 channelId,uint96 amount,uint96 maxFee,uint256 nonce,uint256 deadline)");
    bytes32 internal constant START_CLOSE = keccak256("StartClose(bytes32 channelId,uint96 maxFee,uint256 deadline)");
    bytes32 internal constant DEPOSIT =
        keccak256("Deposit(address owner,uint96 amount,uint96 maxFee,uint256 nonce,uint256 deadline)");
    bytes32 internal constant WITHDRAW =
        keccak256("Withdraw(address owner,address to,uint96 amount,uint96 maxFee,uint256 nonce,uint256 deadline)");
    bytes32 internal constant AUTHORISE = keccak256(
        "Authorise(address owner,address signer,uint96 total,uint96 perPayee,uint48 expiry,uint96 maxFee,uint256 nonce,uint256 deadline)"
    );
    bytes32 internal constant SET_OPERATOR = keccak256(
        "SetOperator(address payee,address operator,bool allowed,uint96 maxFee,uint256 nonce,uint256 deadline)"
    );

    function voucher(bytes32 id, uint128 cumulative, uint64 bytesServed) internal pure returns (bytes32) {
        return keccak256(abi.encode(VOUCHER, id, cumulative, bytesServed));
    }

    function close(bytes32 id, uint128 finalCumulative) internal pure returns (bytes32) {
        return keccak256(abi.encode(CLOSE, id, finalCumulative));
    }

    function open(bytes32 id, uint96 amount, bytes32 offerHash, Meta calldata meta) internal pure returns (bytes32) {
        return keccak256(abi.encode(OPEN, id, amount, offerHash, meta.maxFee, meta.deadline));
    }

    function topUp(bytes32 id, uint96 amount, uint256 nonce, Meta calldata meta) internal pure returns (bytes32) {
        return keccak256(abi.encode(TOP_UP, id, amount, meta.maxFee, nonce, meta.deadline));
    }

    function startClose(bytes32 id, Meta calldata meta) internal pure returns (bytes32) {
        return keccak256(abi.encode(START_CLOSE, id, meta.maxFee, meta.deadline));
    }

    function deposit(address owner, uint96 amount, uint256 nonce, Meta calldata meta) internal pure returns (bytes32) {
        return keccak256(abi.encode(DEPOSIT, owner, amount, meta.maxFee, nonce, meta.deadline));
    }

    function withdraw(address owner, address to, uint96 amount, uint256 nonce, Meta calldata meta)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(WITHDRAW, owner, to, amount, meta.maxFee, nonce, meta.deadline));
    }

    function authorise(address owner, address signer, Caps calldata caps, uint256 nonce, Meta calldata meta)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                AUTHORISE, owner, signer, caps.total, caps.perPayee, caps.expiry, meta.maxFee, nonce, meta.deadline
            )
        );
    }

    function setOperator(address payee, address operator, bool allowed, uint256 nonce, Meta calldata meta)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(SET_OPERATOR, payee, operator, allowed, meta.maxFee, nonce, meta.deadline));
    }
}
