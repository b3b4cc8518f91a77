// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @dev Calls back in the middle of each transfer that it is told to spoil. As a payee it may also close.
contract CallingBackToken is ERC20("Hostile", "BACK") {
    address private target;
    bytes[] private calls;
    uint256 public calledBack;
    bool private inside;

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function callBack(address to, bytes[] calldata what) external {
        target = to;
        for (uint256 i = 0; i < what.length; ++i) {
            calls.push(what[i]);
        }
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (inside || from != target) return;
        inside = true;
        for (uint256 i = 0; i < calls.length; ++i) {
            ++calledBack;
            (bool ignored,) = target.call(calls[i]);
            ignored;
        }
        inside = false;
    }
}

/// @dev Says that it failed, instead of failing.
contract TellingFalseToken is ERC20("Hostile", "FALSE") {
    function transfer(address, uint256) public pure override returns (bool) {
        return false;
    }

    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return false;
    }
}
