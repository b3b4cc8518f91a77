// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Roles} from "../src/governance/Roles.sol";
import {IdentityRegistry} from "../src/identity/IdentityRegistry.sol";
import {PayeeGate} from "../src/payments/PayeeGate.sol";
import {PaymentChannels} from "../src/payments/PaymentChannels.sol";
import {ProviderRegistry} from "../src/registry/ProviderRegistry.sol";
import {StakeVault} from "../src/staking/StakeVault.sol";
import {FlowToken} from "../src/token/FlowToken.sol";

/// @notice What a deployment is made with.
/// @param holder gets the whole supply of FLOW
/// @param proposer proposes to the timelock and cancels there, until the governor takes over
/// @param timelockDelay in seconds: two days or more where real money is
/// @param minStake of a provider, in smallest units
struct Parameters {
    address holder;
    address proposer;
    uint256 timelockDelay;
    uint96 minStake;
}

/// @notice All of FlowShield on a chain.
struct Contracts {
    FlowToken flow;
    TimelockController timelock;
    AccessManager access;
    StakeVault vault;
    IdentityRegistry identities;
    ProviderRegistry providers;
    PayeeGate gate;
    PaymentChannels channels;
}

/// @title How the contracts are deployed, in this order
/// @dev Every test runs against what this makes; the Java deployment follows it step by step (README.md).
library Deployment {
    /// @param deployer who sends this: admin of the access manager for the time of the deployment
    function deploy(Parameters memory parameters, address deployer) internal returns (Contracts memory made) {
        made.flow = new FlowToken(parameters.holder);

        address[] memory proposers = new address[](1);
        proposers[0] = parameters.proposer;
        address[] memory executors = new address[](1); // address zero: anybody may execute what has waited
        made.timelock = new TimelockController(parameters.timelockDelay, proposers, executors, address(0));
        made.access = new AccessManager(deployer);

        made.vault = new StakeVault(made.flow, address(made.timelock), address(made.access));
        made.identities = new IdentityRegistry(made.flow);
        made.providers =
            new ProviderRegistry(made.flow, made.vault, made.identities, parameters.minStake, address(made.access));
        made.gate = new PayeeGate(made.providers, address(made.access));
        made.channels = new PaymentChannels(made.flow, made.gate);

        _restrict(made);
        made.access.grantRole(made.access.ADMIN_ROLE(), address(made.timelock), 0);
        made.access.renounceRole(made.access.ADMIN_ROLE(), deployer);
    }

    /// @dev What is not named here (setPolicy, setMinStake) is the admin's: the timelock's.
    function _restrict(Contracts memory made) private {
        made.access.setTargetFunctionRole(address(made.vault), _one(StakeVault.slash.selector), Roles.SLASHER);
        made.access.setTargetFunctionRole(address(made.providers), _one(ProviderRegistry.jail.selector), Roles.JAILER);
        made.access.setTargetFunctionRole(address(made.providers), _one(ProviderRegistry.unjail.selector), Roles.JAILER);
        made.access.labelRole(Roles.SLASHER, "SLASHER");
        made.access.labelRole(Roles.JAILER, "JAILER");
    }

    function _one(bytes4 selector) private pure returns (bytes4[] memory selectors) {
        selectors = new bytes4[](1);
        selectors[0] = selector;
    }
}
