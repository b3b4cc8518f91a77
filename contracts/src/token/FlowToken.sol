// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";

/// @title FLOW
/// @notice The token that bandwidth is paid with. All of it exists from the start; nobody can mint, burn, pause or tax it. It has
/// no votes, which keeps payments cheap: voting power comes from stake.
contract FlowToken is ERC20, ERC20Permit {
    /// @notice A thousand million FLOW of 1e18 units each; fits into 96 bits.
    uint256 public constant SUPPLY = 1_000_000_000 ether;

    /// @param holder who gets the whole supply
    constructor(address holder) ERC20("FlowShield", "FLOW") ERC20Permit("FlowShield") {
        _mint(holder, SUPPLY);
    }
}
