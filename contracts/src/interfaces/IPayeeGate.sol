// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Who may be paid through new channels
/// @notice Asked when a channel is opened and never afterwards: no answer of a gate can hold back money that was earned.
interface IPayeeGate {
    /// @notice Whether new channels may name `payee`.
    function mayReceive(address payee) external view returns (bool);
}
