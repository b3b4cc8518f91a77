// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Meta} from "../interfaces/IRelayed.sol";
import {Permit, Permits} from "./Permits.sol";
import {Relayed} from "./Relayed.sol";

/// @title Relayers paid by a transfer of the token
/// @dev Base of the registries, which hold no money.
abstract contract TokenFees is Relayed {
    using SafeERC20 for IERC20;
    using Permits for IERC20Permit;

    /// @notice The token that relayers are paid with.
    IERC20 public immutable FLOW;

    constructor(IERC20 flow) {
        FLOW = flow;
    }

    /// @dev The permit, if one is needed, is over `maxFee`. The last thing that a call does.
    function _payRelayer(address wallet, Meta calldata meta, Permit calldata permit) internal {
        if (meta.fee == 0) return;
        emit RelayerPaid(wallet, msg.sender, meta.fee);
        IERC20Permit(address(FLOW)).tryPermit(wallet, meta.maxFee, permit);
        FLOW.safeTransferFrom(wallet, msg.sender, meta.fee);
    }
}
