// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Roles in the AccessManager
/// @notice What is not given to one of these is for the admin (role 0): the timelock.
library Roles {
    /// @notice May slash stake. For contracts that decide by evidence; nobody has it at first.
    uint64 internal constant SLASHER = 1;

    /// @notice May jail providers. For contracts that decide by evidence; nobody has it at first.
    uint64 internal constant JAILER = 2;
}
