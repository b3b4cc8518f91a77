// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IPayeeGate} from "../interfaces/IPayeeGate.sol";

/// @title The one point where policy meets money
/// @notice The immutable channels know this address for ever; what it answers is for the policy, which only the timelock can
/// replace. The worst that a policy can do is to keep new channels from being opened.
contract PayeeGate is IPayeeGate, AccessManaged {
    /// @notice The policy was replaced.
    event PolicySet(IPayeeGate policy);

    /// @notice There must be a policy; one that lets everybody in is a contract that says so.
    error ZeroAddress();

    /// @notice Who is asked.
    IPayeeGate public policy;

    /// @param authority the AccessManager
    constructor(IPayeeGate first, address authority) AccessManaged(authority) {
        _setPolicy(first);
    }

    /// @notice Replaces the policy. Only by the timelock.
    function setPolicy(IPayeeGate next) external restricted {
        _setPolicy(next);
    }

    /// @inheritdoc IPayeeGate
    function mayReceive(address payee) external view returns (bool) {
        return policy.mayReceive(payee);
    }

    function _setPolicy(IPayeeGate next) private {
        require(address(next) != address(0), ZeroAddress());
        policy = next;
        emit PolicySet(next);
    }
}
