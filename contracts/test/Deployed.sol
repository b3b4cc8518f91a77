// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Contracts, Deployment, Parameters} from "../script/Deployment.sol";

/// @dev A deployment in one go. A contract of its own, so that not every test contract carries the code of all.
contract Deployed {
    Contracts private made;

    constructor(Parameters memory parameters) {
        made = Deployment.deploy(parameters, address(this));
    }

    function contracts() external view returns (Contracts memory) {
        return made;
    }
}
