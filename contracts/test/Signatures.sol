// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Caps, ChannelKey} from "../src/interfaces/IPaymentChannels.sol";
import {Meta} from "../src/interfaces/IRelayed.sol";
import {Permit} from "../src/libraries/Permits.sol";
import {vm} from "./Vm.sol";

/// @dev A key pair.
struct Account {
    address addr;
    uint256 key;
}

/// @dev EIP-712 as a signer does it, written from the type strings and without the code under test.
library Signatures {
    function account(string memory name) internal pure returns (Account memory made) {
        made.key = uint256(keccak256(bytes(name)));
        made.addr = vm.addr(made.key);
    }

    function domain(string memory name, uint256 chainId, address verifier) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                chainId,
                verifier
            )
        );
    }

    function digest(bytes32 domainSeparator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainSeparator, structHash));
    }

    function sign(Account memory by, bytes32 domainSeparator, bytes32 structHash) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(by.key, digest(domainSeparator, structHash));
        return abi.encodePacked(r, s, v);
    }

    function idOf(ChannelKey memory key, uint256 chainId, address channels) internal pure returns (bytes32) {
        return keccak256(abi.encode(chainId, channels, key.payer, key.payee, key.signer, key.salt));
    }

    function voucher(bytes32 id, uint128 cumulative, uint64 bytesServed) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Voucher(bytes32 channelId,uint128 cumulative,uint64 bytesServed)"),
                id,
                cumulative,
                bytesServed
            )
        );
    }

    function close(bytes32 id, uint128 finalCumulative) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256("Close(bytes32 channelId,uint128 finalCumulative)"), id, finalCumulative));
    }

    function open(bytes32 id, uint96 amount, bytes32 offerHash, Meta memory meta) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Open(bytes32 channelId,uint96 amount,bytes32 offerHash,uint96 maxFee,uint256 deadline)"),
                id,
                amount,
                offerHash,
                meta.maxFee,
                meta.deadline
            )
        );
    }

    function topUp(bytes32 id, uint96 amount, uint256 nonce, Meta memory meta) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("TopUp(bytes32 channelId,uint96 amount,uint96 maxFee,uint256 nonce,uint256 deadline)"),
                id,
                amount,
                meta.maxFee,
                nonce,
                meta.deadline
            )
        );
    }

    function startClose(bytes32 id, Meta memory meta) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("StartClose(bytes32 channelId,uint96 maxFee,uint256 deadline)"),
                id,
                meta.maxFee,
                meta.deadline
            )
        );
    }

    function deposit(address owner, uint96 amount, uint256 nonce, Meta memory meta) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Deposit(address owner,uint96 amount,uint96 maxFee,uint256 nonce,uint256 deadline)"),
                owner,
                amount,
                meta.maxFee,
                nonce,
                meta.deadline
            )
        );
    }

    function withdraw(address owner, address to, uint96 amount, uint256 nonce, Meta memory meta)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256(
                    "Withdraw(address owner,address to,uint96 amount,uint96 maxFee,uint256 nonce,uint256 deadline)"
                ),
                owner,
                to,
                amount,
                meta.maxFee,
                nonce,
                meta.deadline
            )
        );
    }

    function authorise(address owner, address signer, Caps memory caps, uint256 nonce, Meta memory meta)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256(
                    "Authorise(address owner,address signer,uint96 total,uint96 perPayee,uint48 expiry,uint96 maxFee,uint256 nonce,uint256 deadline)"
                ),
                owner,
                signer,
                caps.total,
                caps.perPayee,
                caps.expiry,
                meta.maxFee,
                nonce,
                meta.deadline
            )
        );
    }

    function setOperator(address payee, address operator, bool allowed, uint256 nonce, Meta memory meta)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256(
                    "SetOperator(address payee,address operator,bool allowed,uint96 maxFee,uint256 nonce,uint256 deadline)"
                ),
                payee,
                operator,
                allowed,
                meta.maxFee,
                nonce,
                meta.deadline
            )
        );
    }

    function bind(address wallet, bytes32 nodeKey, bytes memory proof, uint32 roles, Meta memory meta)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256(
                    "Bind(address wallet,bytes32 nodeKey,bytes proof,uint32 roles,uint96 maxFee,uint256 deadline)"
                ),
                wallet,
                nodeKey,
                keccak256(proof),
                roles,
                meta.maxFee,
                meta.deadline
            )
        );
    }

    function revoke(address wallet, bytes32 nodeKey, Meta memory meta) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("Revoke(address wallet,bytes32 nodeKey,uint96 maxFee,uint256 deadline)"),
                wallet,
                nodeKey,
                meta.maxFee,
                meta.deadline
            )
        );
    }

    function register(
        address wallet,
        bytes32 nodeKey,
        bytes32 metaHash,
        string memory uri,
        uint256 nonce,
        Meta memory meta
    ) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "Register(address wallet,bytes32 nodeKey,bytes32 metaHash,string uri,uint96 maxFee,uint256 nonce,uint256 deadline)"
                ),
                wallet,
                nodeKey,
                metaHash,
                keccak256(bytes(uri)),
                meta.maxFee,
                nonce,
                meta.deadline
            )
        );
    }

    function permit(address owner, address spender, uint256 value, uint256 nonce, uint256 deadline)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                spender,
                value,
                nonce,
                deadline
            )
        );
    }

    function signPermit(Account memory by, bytes32 tokenDomain, bytes32 structHash, uint256 deadline)
        internal
        pure
        returns (Permit memory)
    {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(by.key, digest(tokenDomain, structHash));
        return Permit(deadline, v, r, s);
    }
}
