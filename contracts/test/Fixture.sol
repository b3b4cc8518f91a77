// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {Contracts, Parameters} from "../script/Deployment.sol";
import {Roles} from "../src/governance/Roles.sol";
import {IdentityRegistry} from "../src/identity/IdentityRegistry.sol";
import {Caps, Channel, ChannelKey, Claim, IPaymentChannels, Status} from "../src/interfaces/IPaymentChannels.sol";
import {IRelayed, Meta} from "../src/interfaces/IRelayed.sol";
import {StakeKind} from "../src/interfaces/IStakeVault.sol";
import {Permit} from "../src/libraries/Permits.sol";
import {PayeeGate} from "../src/payments/PayeeGate.sol";
import {PaymentChannels} from "../src/payments/PaymentChannels.sol";
import {ProviderRegistry} from "../src/registry/ProviderRegistry.sol";
import {StakeVault} from "../src/staking/StakeVault.sol";
import {FlowToken} from "../src/token/FlowToken.sol";
import {Account, Signatures} from "./Signatures.sol";
import {vm} from "./Vm.sol";

interface IDeployed {
    function contracts() external view returns (Contracts memory);
}

/// @dev Everything deployed as it is on a chain, a provider in the market, and a payer with money, a purse and a session signer.
abstract contract Fixture {
    uint96 internal constant MIN_STAKE = 1_000 ether;
    uint96 internal constant PURSE = 10_000 ether;
    uint48 internal constant START = 1_800_000_000;
    uint256 internal constant FOREVER = type(uint256).max;
    bytes32 internal constant OFFER = keccak256("offer");

    Account internal holder = Signatures.account("holder");
    Account internal payer = Signatures.account("payer");
    Account internal session = Signatures.account("session");
    Account internal payee = Signatures.account("payee");
    Account internal operator = Signatures.account("operator");
    Account internal relayer = Signatures.account("relayer");
    Account internal thief = Signatures.account("thief");

    address internal deployer;
    FlowToken internal flow;
    AccessManager internal access;
    TimelockController internal timelock;
    StakeVault internal vault;
    IdentityRegistry internal identities;
    ProviderRegistry internal providers;
    PayeeGate internal gate;
    PaymentChannels internal channels;
    bytes32 internal domain;
    bytes32 internal tokenDomain;

    function setUp() public virtual {
        vm.warp(START);
        _deploy();
        _enterMarket(payee);
        _fund(payer, 2 * PURSE);
        vm.startPrank(payer.addr);
        flow.approve(address(channels), PURSE);
        channels.deposit(payer.addr, PURSE);
        channels.authorise(session.addr, Caps({total: 1_000 ether, perPayee: 600 ether, expiry: START + 30 days}));
        vm.stopPrank();
    }

    function _deploy() internal {
        Parameters memory parameters =
            Parameters({holder: holder.addr, proposer: holder.addr, timelockDelay: 2 days, minStake: MIN_STAKE});
        deployer = vm.deployCode("Deployed.sol:Deployed", abi.encode(parameters));
        Contracts memory made = IDeployed(deployer).contracts();
        (flow, access, timelock, vault) = (made.flow, made.access, made.timelock, made.vault);
        (identities, providers, gate, channels) = (made.identities, made.providers, made.gate, made.channels);
        domain = channels.DOMAIN_SEPARATOR();
        tokenDomain = flow.DOMAIN_SEPARATOR();
    }

    function _fund(Account memory who, uint256 amount) internal {
        vm.prank(holder.addr);
        flow.transfer(who.addr, amount);
    }

    function _enterMarket(Account memory who) internal {
        bytes32 nodeKey = keccak256(abi.encode("node of", who.addr));
        _fund(who, MIN_STAKE);
        vm.startPrank(who.addr);
        flow.approve(address(vault), MIN_STAKE);
        vault.stake(StakeKind.Provider, MIN_STAKE);
        identities.bind(nodeKey, new bytes(64), 1);
        providers.register(nodeKey, keccak256("about"), "ipfs://about");
        vm.stopPrank();
    }

    function _asTimelock(address target, bytes memory call) internal {
        vm.startPrank(holder.addr);
        timelock.schedule(target, 0, call, 0, 0, 2 days);
        vm.warp(block.timestamp + 2 days);
        timelock.execute(target, 0, call, 0, 0);
        vm.stopPrank();
    }

    function _grant(uint64 role, address to) internal {
        _asTimelock(address(access), abi.encodeCall(AccessManager.grantRole, (role, to, 0)));
    }

    // ------------------------------------------------------------------ keys, ids and signatures

    function _key(Account memory signer, uint256 salt) internal view returns (ChannelKey memory) {
        return ChannelKey({payer: payer.addr, payee: payee.addr, signer: signer.addr, salt: bytes32(salt)});
    }

    function _id(ChannelKey memory key) internal view returns (bytes32) {
        return Signatures.idOf(key, block.chainid, address(channels));
    }

    /// @dev A channel with `amount`, opened by the session signer.
    function _opened(uint96 amount) internal returns (ChannelKey memory key, bytes32 id) {
        key = _key(session, 1);
        id = _id(key);
        vm.prank(session.addr);
        channels.open(key, amount, OFFER);
    }

    function _meta(uint96 fee) internal pure returns (Meta memory) {
        return Meta({fee: fee, maxFee: fee, deadline: FOREVER});
    }

    function _sign(Account memory by, bytes32 structHash) internal view returns (bytes memory) {
        return Signatures.sign(by, domain, structHash);
    }

    function _voucher(Account memory by, bytes32 id, uint128 cumulative) internal view returns (bytes memory) {
        return _sign(by, Signatures.voucher(id, cumulative, 0));
    }

    function _permit(Account memory by, address spender, uint256 value) internal view returns (Permit memory) {
        bytes32 structHash = Signatures.permit(by.addr, spender, value, flow.nonces(by.addr), FOREVER);
        return Signatures.signPermit(by, tokenDomain, structHash, FOREVER);
    }

    function _noPermit() internal pure returns (Permit memory) {}

    // ------------------------------------------------------------------ looking at results

    function _claimed(bytes32 id) internal view returns (uint96) {
        return channels.channel(id).claimed;
    }

    function _used(Account memory signer) internal view returns (uint96 used) {
        (,,, used) = channels.authorisation(payer.addr, signer.addr);
    }

    function _assertStatus(bytes32 id, Status expected) internal view {
        vm.assertEq(uint256(channels.channel(id).status), uint256(expected), "status");
    }
}
