// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a signed call pays to whoever submits it. `maxFee` and `deadline` are part of the signature, `fee` is the
/// relayer's choice: at most `maxFee`, in smallest units of FLOW.
struct Meta {
    uint96 fee;
    uint96 maxFee;
    uint256 deadline;
}

/// @title Calls that others submit
/// @notice A user without gas signs EIP-712 data; any relayer submits it with `...For` and is repaid in FLOW. The fee and the
/// call are one transaction: when the call fails, so does the fee. Signatures are exactly 65 bytes, r || s || v, low s.
interface IRelayed {
    /// @notice `relayer` was paid `fee` for a call that `payer`'s money pays for.
    event RelayerPaid(address indexed payer, address indexed relayer, uint96 fee);

    /// @notice The signed call came after its deadline.
    error SignatureExpired(uint256 deadline);

    /// @notice The relayer asks for more than was signed.
    error FeeAboveMaximum(uint96 fee, uint96 maxFee);

    /// @notice The signature is of `recovered`, who may not sign this call. A signature over other data recovers to an
    /// arbitrary address.
    error WrongSigner(address recovered);

    /// @notice The EIP-712 domain separator.
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32);
}
