// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// An EIP-2612 permit without the fields that the call it accompanies already says: owner, spender and value.
struct Permit {
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

/// @title Permits that nobody can spoil
/// @notice A permit is public once it is sent: anyone may hand it in first, and the second use fails. What counts is the
/// allowance, so that a failing permit is ignored and the transfer that follows decides.
library Permits {
    /// @notice Gives this contract the allowance, if the permit is (still) good.
    function tryPermit(IERC20Permit token, address owner, uint256 value, Permit calldata permit) internal {
        try token.permit(owner, address(this), value, permit.deadline, permit.v, permit.r, permit.s) {} catch {}
    }
}
