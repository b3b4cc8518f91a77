// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPayeeGate} from "../../src/interfaces/IPayeeGate.sol";

/// @dev Lets everybody in.
contract OpenGate is IPayeeGate {
    function mayReceive(address) external pure returns (bool) {
        return true;
    }
}

/// @dev Answers in every way but by a plain yes.
contract HostileGate is IPayeeGate {
    uint256 public constant WAYS = 9;
    uint256 private how;

    function answer(uint256 next) external {
        how = next;
    }

    function mayReceive(address) external view returns (bool) {
        uint256 chosen = how;
        if (chosen == 0) return false;
        if (chosen == 1) revert("no");
        if (chosen == 2) while (true) {}
        assembly ("memory-safe") {
            switch chosen
            case 3 { return(0, 0) } // nothing
            case 4 { return(0, 31) } // too little
            case 5 {
                mstore(0, 2) // not a truth value
                return(0, 32)
            }
            case 6 { return(0, 100000) } // a bomb of zeros
            case 7 { revert(0, 100000) }
            case 8 {
                mstore(0, 1) // a yes, but failing
                revert(0, 32)
            }
        }
        return false;
    }
}
