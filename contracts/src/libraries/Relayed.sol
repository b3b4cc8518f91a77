// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {NoncesKeyed} from "@openzeppelin/contracts/utils/NoncesKeyed.sol";
import {IRelayed, Meta} from "../interfaces/IRelayed.sol";

/// @title Who signed a relayed call
/// @dev Base of the contracts that take signed calls. It says who signed; whether that one may, and how the relayer is paid,
/// is for the contract. Every type string ends with `uint96 maxFee, [uint256 nonce,] uint256 deadline`. A call that can by its
/// nature happen once (an id opens once) has no nonce.
abstract contract Relayed is IRelayed, EIP712, NoncesKeyed {
    /// @inheritdoc IRelayed
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @dev The signer of a call that can happen once, after the check of its deadline and fee.
    function _signer(bytes32 structHash, Meta calldata meta, bytes calldata signature) internal view returns (address) {
        require(block.timestamp <= meta.deadline, SignatureExpired(meta.deadline));
        require(meta.fee <= meta.maxFee, FeeAboveMaximum(meta.fee, meta.maxFee));
        return ECDSA.recoverCalldata(_hashTypedDataV4(structHash), signature);
    }

    /// @dev Checks that `account` signed, and uses up its nonce.
    function _checkSigned(
        address account,
        bytes32 structHash,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) internal {
        _checkSigned(account, structHash, meta, signature);
        _useCheckedNonce(account, nonce);
    }

    /// @dev Checks that `account` signed a call that can happen once.
    function _checkSigned(address account, bytes32 structHash, Meta calldata meta, bytes calldata signature)
        internal
        view
    {
        address recovered = _signer(structHash, meta, signature);
        require(recovered == account, WrongSigner(recovered));
    }
}
