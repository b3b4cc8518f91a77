// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Caps, Channel, ChannelKey, Claim, Status} from "../../src/interfaces/IPaymentChannels.sol";
import {Meta} from "../../src/interfaces/IRelayed.sol";
import {Permit} from "../../src/libraries/Permits.sol";
import {PaymentChannels} from "../../src/payments/PaymentChannels.sol";
import {FlowToken} from "../../src/token/FlowToken.sol";
import {Account, Signatures} from "../Signatures.sol";
import {vm} from "../Vm.sol";

/// @dev Does to the channels what three payers, their session signers, two payees and a relayer can do, in any order, and says
/// beforehand what must succeed and what must not. It remembers what was signed, which the contract cannot know.
contract ChannelsHandler {
    uint256 internal constant MOST_CHANNELS = 24;
    uint96 internal constant UNIT = 1 ether;
    bytes32 internal constant OFFER = keccak256("offer");

    struct Known {
        ChannelKey key;
        bytes32 id;
        uint128 signed;
        uint96 seenClaimed;
        Status seenStatus;
    }

    PaymentChannels internal immutable channels;
    FlowToken internal immutable flow;
    bytes32 internal immutable domain;
    bytes32 internal immutable tokenDomain;

    Account[3] internal payers;
    Account[2] internal sessions;
    Account[2] internal payees;
    Account internal relayer = Signatures.account("relayer");
    Account internal thief = Signatures.account("thief");

    Known[] internal known;
    mapping(address owner => mapping(address signer => Caps)) internal capsOf;
    mapping(address owner => mapping(address signer => mapping(address payee => uint96))) internal feesWith;
    uint256 public donated;
    uint256 public refused;
    uint256 public done;

    constructor(PaymentChannels channels_, FlowToken flow_) {
        channels = channels_;
        flow = flow_;
        domain = channels_.DOMAIN_SEPARATOR();
        tokenDomain = flow_.DOMAIN_SEPARATOR();
        payers[0] = Signatures.account("anna");
        payers[1] = Signatures.account("bert");
        payers[2] = Signatures.account("cleo");
        sessions[0] = Signatures.account("laptop");
        sessions[1] = Signatures.account("phone");
        payees[0] = Signatures.account("payee");
        payees[1] = Signatures.account("accomplice");
    }

    // ------------------------------------------------------------------ purses

    function deposit(uint256 who, uint96 amount) external watched {
        Account memory payer = _payer(who);
        amount = _amount(amount, flow.balanceOf(payer.addr));
        if (amount == 0) return;
        vm.prank(payer.addr);
        flow.approve(address(channels), amount);
        vm.prank(payer.addr);
        channels.deposit(_payer(who >> 8).addr, amount);
    }

    function depositFor(uint256 who, uint96 amount, uint96 fee) external watched {
        Account memory payer = _payer(who);
        amount = _amount(amount, flow.balanceOf(payer.addr));
        if (amount == 0) return;
        Meta memory meta = _meta(fee % (amount + 1));
        uint256 nonce = channels.nonces(payer.addr);
        Permit memory permit = Signatures.signPermit(
            payer,
            tokenDomain,
            Signatures.permit(payer.addr, address(channels), amount, flow.nonces(payer.addr), type(uint256).max),
            type(uint256).max
        );
        bytes memory signature = _sign(payer, Signatures.deposit(payer.addr, amount, nonce, meta));
        vm.prank(relayer.addr);
        channels.depositFor(payer.addr, amount, nonce, meta, signature, permit);
    }

    function withdraw(uint256 who, uint96 amount) external watched {
        Account memory payer = _payer(who);
        amount = _amount(amount, channels.purseOf(payer.addr));
        if (amount == 0) return;
        vm.prank(payer.addr);
        channels.withdraw(payer.addr, amount);
    }

    function withdrawFor(uint256 who, uint96 amount, uint96 fee) external watched {
        Account memory payer = _payer(who);
        uint96 purse = channels.purseOf(payer.addr);
        amount = _amount(amount, purse);
        if (amount == 0) return;
        Meta memory meta = _meta(fee % (purse - amount + 1));
        uint256 nonce = channels.nonces(payer.addr);
        bytes memory signature = _sign(payer, Signatures.withdraw(payer.addr, payer.addr, amount, nonce, meta));
        vm.prank(relayer.addr);
        channels.withdrawFor(payer.addr, payer.addr, amount, nonce, meta, signature);
    }

    function authorise(uint256 who, uint96 total, uint96 perPayee, uint48 time) external watched {
        uint48 expiry = uint48(block.timestamp) + time % 60 days;
        setCaps(_payer(who).addr, _session(who >> 8).addr, Caps(total % (400 * UNIT), perPayee % (300 * UNIT), expiry));
    }

    function setCaps(address owner, address signer, Caps memory caps) public {
        vm.prank(owner);
        channels.authorise(signer, caps);
        capsOf[owner][signer] = caps;
    }

    function donate(uint256 who, uint96 amount) external watched {
        Account memory payer = _payer(who);
        amount = _amount(amount, flow.balanceOf(payer.addr) / 100);
        vm.prank(payer.addr);
        flow.transfer(address(channels), amount);
        donated += amount;
    }

    // ------------------------------------------------------------------ opening

    function open(uint256 who, uint96 amount, uint96 fee) external watched {
        if (known.length == MOST_CHANNELS) return;
        Account memory payer = _payer(who);
        (Account memory signer, Account memory by) = _signerAndActor(who, payer);
        ChannelKey memory key = ChannelKey(payer.addr, payees[(who >> 32) % 2].addr, signer.addr, bytes32(known.length));
        bytes32 id = _id(key);
        amount = 1 + amount % (200 * UNIT);
        bool relayed = (who >> 40) % 2 == 0;
        fee = relayed ? fee % UNIT : 0;
        bool must = _maySpend(key, by.addr, amount, fee);
        bool did;
        if (relayed) {
            Meta memory meta = _meta(fee);
            bytes memory signature = _sign(by, Signatures.open(id, amount, OFFER, meta));
            vm.prank(relayer.addr);
            try channels.openFor(key, amount, OFFER, meta, signature) {
                did = true;
            } catch {}
        } else {
            vm.prank(by.addr);
            try channels.open(key, amount, OFFER) {
                did = true;
            } catch {}
        }
        _expect(did, must, "open");
        if (did) {
            known.push(Known(key, id, 0, 0, Status.Open));
            _spent(key, by.addr, fee);
        }
    }

    function topUp(uint256 who, uint96 amount, uint96 fee) external watched {
        if (known.length == 0) return;
        Known storage k = _known(who >> 64);
        Account memory by = (who >> 16) % 2 == 0 ? _accountOf(k.key.payer) : _accountOf(k.key.signer);
        amount = 1 + amount % (100 * UNIT);
        bool relayed = (who >> 40) % 2 == 0;
        fee = relayed ? fee % UNIT : 0;
        bool must = _status(k) == Status.Open && _maySpend(k.key, by.addr, amount, fee);
        bool did;
        if (relayed) {
            Meta memory meta = _meta(fee);
            uint256 nonce = channels.nonces(by.addr);
            bytes memory signature = _sign(by, Signatures.topUp(k.id, amount, nonce, meta));
            vm.prank(relayer.addr);
            try channels.topUpFor(k.key, amount, nonce, meta, signature) {
                did = true;
            } catch {}
        } else {
            vm.prank(by.addr);
            try channels.topUp(k.key, amount) {
                did = true;
            } catch {}
        }
        _expect(did, must, "topUp");
        if (did) _spent(k.key, by.addr, fee);
    }

    // ------------------------------------------------------------------ earning and claiming

    function signMore(uint256 which, uint96 amount) external watched {
        if (known.length == 0) return;
        _known(which).signed += 1 + amount % (50 * UNIT);
    }

    function claim(uint256 which, uint128 cumulative) external watched {
        if (known.length == 0) return;
        Known storage k = _known(which);
        cumulative = uint128(cumulative % (uint256(k.signed) + 1));
        bool must = _worth(k, cumulative) > 0;
        bytes memory voucher = _voucher(_accountOf(k.key.signer), k.id, cumulative);
        bool did;
        vm.prank(thief.addr);
        try channels.claim(k.key, cumulative, 0, voucher) {
            did = true;
        } catch {}
        _expect(did, must, "claim");
    }

    function claimWhatWasNotSigned(uint256 which, uint128 cumulative) external watched {
        if (known.length == 0) return;
        Known storage k = _known(which);
        bytes memory forged = _voucher(thief, k.id, cumulative);
        vm.prank(_accountOf(k.key.payee).addr);
        try channels.claimAndClose(k.key, cumulative, 0, forged) {
            // Closing for nothing is the payee's right.
            require(_cut(cumulative, channels.channel(k.id).deposit) <= k.seenClaimed, "paid a forged voucher");
        } catch {
            ++refused;
        }
    }

    function claimMany(uint256 which, uint128 cumulative) external watched {
        if (known.length == 0) return;
        Claim[] memory batch = new Claim[](4);
        for (uint256 i = 0; i < 3; ++i) {
            Known storage k = _known(which >> (i * 8));
            uint128 amount = uint128((cumulative >> i) % (uint256(k.signed) + 1));
            batch[i] = Claim(k.key, amount, 0, _voucher(_accountOf(k.key.signer), k.id, amount));
        }
        Known storage last = _known(which);
        batch[3] = Claim(last.key, cumulative, 0, _voucher(thief, last.id, cumulative));
        channels.claimMany(batch);
    }

    // ------------------------------------------------------------------ closing

    function cooperativeClose(uint256 which, uint128 cumulative) external watched {
        if (known.length == 0) return;
        Known storage k = _known(which);
        cumulative = uint128(cumulative % (uint256(k.signed) + 1));
        bytes memory voucher = _voucher(_accountOf(k.key.signer), k.id, cumulative);
        bytes memory agreed = _sign(_accountOf(k.key.payee), Signatures.close(k.id, cumulative));
        bool did;
        try channels.cooperativeClose(k.key, cumulative, 0, voucher, agreed) {
            did = true;
        } catch {}
        _expect(did, _live(k), "cooperativeClose");
    }

    function claimAndClose(uint256 which, uint128 cumulative) external watched {
        if (known.length == 0) return;
        Known storage k = _known(which);
        cumulative = uint128(cumulative % (uint256(k.signed) + 1));
        bytes memory voucher = _voucher(_accountOf(k.key.signer), k.id, cumulative);
        bool did;
        vm.prank(k.key.payee);
        try channels.claimAndClose(k.key, cumulative, 0, voucher) {
            did = true;
        } catch {}
        _expect(did, _live(k), "claimAndClose");
    }

    function startClose(uint256 which, uint96 fee) external watched {
        if (known.length == 0) return;
        Known storage k = _known(which);
        Account memory by = (which >> 16) % 2 == 0 ? _accountOf(k.key.payer) : _accountOf(k.key.signer);
        Meta memory meta = _meta(fee % UNIT);
        bool must = _status(k) == Status.Open && (meta.fee == 0 || _maySpend(k.key, by.addr, 0, meta.fee));
        bytes memory signature = _sign(by, Signatures.startClose(k.id, meta));
        bool did;
        vm.prank(relayer.addr);
        try channels.startCloseFor(k.key, meta, signature) {
            did = true;
        } catch {}
        _expect(did, must, "startClose");
        if (did) _spent(k.key, by.addr, meta.fee);
    }

    function finishClose(uint256 which) external watched {
        if (known.length == 0) return;
        Known storage k = _known(which);
        Channel memory before = channels.channel(k.id);
        bool did;
        try channels.finishClose(k.key) {
            did = true;
        } catch {}
        _expect(did, before.status == Status.Closing && block.timestamp >= before.closesAt, "finishClose");
    }

    function pass(uint256 time) external watched {
        vm.warp(block.timestamp + time % 2 days);
    }

    // ------------------------------------------------------------------ what must hold

    /// @dev All money is somebody's: in a purse, or locked in a channel.
    function checkConservation() external view {
        uint256 owned = channels.purseOf(relayer.addr) + donated;
        for (uint256 i = 0; i < payers.length; ++i) {
            owned += channels.purseOf(payers[i].addr);
        }
        for (uint256 i = 0; i < known.length; ++i) {
            Channel memory c = channels.channel(known[i].id);
            if (c.status != Status.Closed) owned += c.deposit - c.claimed;
        }
        vm.assertEq(flow.balanceOf(address(channels)), owned, "balance = purses + locked");
    }

    /// @dev A payee has what was claimed for it, and never more than was signed.
    function checkPayees() external view {
        for (uint256 i = 0; i < payees.length; ++i) {
            uint256 claimed;
            uint256 signed;
            for (uint256 j = 0; j < known.length; ++j) {
                if (known[j].key.payee != payees[i].addr) continue;
                Channel memory c = channels.channel(known[j].id);
                vm.assertLe(c.claimed, c.deposit, "claimed <= deposit");
                vm.assertLe(c.claimed, known[j].signed, "claimed <= signed");
                claimed += c.claimed;
                signed += known[j].signed;
            }
            vm.assertEq(flow.balanceOf(payees[i].addr), claimed, "paid = claimed");
            vm.assertLe(flow.balanceOf(payees[i].addr), signed, "paid <= signed");
        }
    }

    /// @dev A channel only goes forward.
    function checkMonotone() external view {
        for (uint256 i = 0; i < known.length; ++i) {
            Channel memory c = channels.channel(known[i].id);
            vm.assertLe(known[i].seenClaimed, c.claimed, "claimed only grows");
            vm.assertLe(uint256(known[i].seenStatus), uint256(c.status), "status only goes forward");
        }
    }

    /// @dev What a session signer has used is what is locked and claimed through it, and its fees.
    function checkUse() external view {
        for (uint256 p = 0; p < payers.length; ++p) {
            for (uint256 s = 0; s < sessions.length; ++s) {
                uint256 sum;
                for (uint256 e = 0; e < payees.length; ++e) {
                    uint256 expected = _use(payers[p].addr, sessions[s].addr, payees[e].addr);
                    sum += expected;
                    vm.assertEq(
                        channels.usedWith(payers[p].addr, sessions[s].addr, payees[e].addr), expected, "used with payee"
                    );
                }
                (,,, uint96 used) = channels.authorisation(payers[p].addr, sessions[s].addr);
                vm.assertEq(used, sum, "used");
            }
        }
    }

    /// @dev The channels, for who breaks them on purpose.
    function idOf(uint256 which) external view returns (bytes32) {
        return known[which % known.length].id;
    }

    function _use(address payer, address session, address payee) private view returns (uint256 use) {
        use = feesWith[payer][session][payee];
        for (uint256 i = 0; i < known.length; ++i) {
            ChannelKey storage key = known[i].key;
            if (key.payer != payer || key.signer != session || key.payee != payee) continue;
            Channel memory c = channels.channel(known[i].id);
            use += c.status == Status.Closed ? c.claimed : c.deposit;
        }
    }

    // ------------------------------------------------------------------ the model

    /// @dev Whether amount and fee are there, and allowed.
    function _maySpend(ChannelKey memory key, address by, uint96 amount, uint96 fee) private view returns (bool) {
        uint96 sum = amount + fee;
        if (channels.purseOf(key.payer) < sum) return false;
        if (by == key.payer) return true;
        Caps memory caps = capsOf[key.payer][by];
        uint256 used;
        for (uint256 i = 0; i < payees.length; ++i) {
            used += _use(key.payer, by, payees[i].addr);
        }
        return block.timestamp <= caps.expiry && used + sum <= caps.total
            && _use(key.payer, by, key.payee) + sum <= caps.perPayee;
    }

    function _spent(ChannelKey memory key, address by, uint96 fee) private {
        if (by != key.payer) feesWith[key.payer][by][key.payee] += fee;
    }

    function _worth(Known storage k, uint128 cumulative) private view returns (uint96) {
        Channel memory c = channels.channel(k.id);
        uint96 earned = _cut(cumulative, c.deposit);
        return _live(k) && earned > c.claimed ? earned - c.claimed : 0;
    }

    function _cut(uint128 cumulative, uint96 most) private pure returns (uint96) {
        return cumulative < most ? uint96(cumulative) : most;
    }

    function _live(Known storage k) private view returns (bool) {
        return k.seenStatus == Status.Open || k.seenStatus == Status.Closing;
    }

    function _status(Known storage k) private view returns (Status) {
        return channels.channel(k.id).status;
    }

    function _expect(bool did, bool must, string memory what) private {
        vm.assertTrue(did == must, what);
        if (did) ++done;
        else ++refused;
    }

    /// @dev After each step: nothing went back, and what is now is what the next step must not go back behind.
    modifier watched() {
        _;
        this.checkMonotone();
        for (uint256 i = 0; i < known.length; ++i) {
            Channel memory c = channels.channel(known[i].id);
            known[i].seenClaimed = c.claimed;
            known[i].seenStatus = c.status;
        }
    }

    // ------------------------------------------------------------------ who is who

    function _payer(uint256 seed) private view returns (Account memory) {
        return payers[uint8(seed) % payers.length];
    }

    function _session(uint256 seed) private view returns (Account memory) {
        return sessions[uint8(seed) % sessions.length];
    }

    /// @dev One channel in four is signed for by the payer; half of the others are opened by him.
    function _signerAndActor(uint256 seed, Account memory payer)
        private
        view
        returns (Account memory signer, Account memory by)
    {
        if ((seed >> 16) % 4 == 0) return (payer, payer);
        signer = _session(seed >> 8);
        by = (seed >> 24) % 2 == 0 ? signer : payer;
    }

    function _known(uint256 seed) private view returns (Known storage) {
        return known[uint8(seed) % known.length];
    }

    function _accountOf(address who) private view returns (Account memory) {
        for (uint256 i = 0; i < payers.length; ++i) {
            if (payers[i].addr == who) return payers[i];
        }
        for (uint256 i = 0; i < sessions.length; ++i) {
            if (sessions[i].addr == who) return sessions[i];
            if (payees[i].addr == who) return payees[i];
        }
        revert("nobody we know");
    }

    function _amount(uint96 seed, uint256 most) private pure returns (uint96) {
        return most == 0 ? 0 : uint96(seed % (most < 1_000 * UNIT ? most : 1_000 * UNIT));
    }

    function _meta(uint96 fee) private pure returns (Meta memory) {
        return Meta(fee, fee, type(uint256).max);
    }

    function _id(ChannelKey memory key) private view returns (bytes32) {
        return Signatures.idOf(key, block.chainid, address(channels));
    }

    function _sign(Account memory by, bytes32 structHash) private view returns (bytes memory) {
        return Signatures.sign(by, domain, structHash);
    }

    function _voucher(Account memory by, bytes32 id, uint128 cumulative) private view returns (bytes memory) {
        return _sign(by, Signatures.voucher(id, cumulative, 0));
    }
}
