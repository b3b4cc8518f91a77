// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Caps, Channel, ChannelKey, Claim, IPaymentChannels, Status} from "../interfaces/IPaymentChannels.sol";
import {IPayeeGate} from "../interfaces/IPayeeGate.sol";
import {Meta} from "../interfaces/IRelayed.sol";
import {ChannelHashes} from "../libraries/ChannelHashes.sol";
import {Permit, Permits} from "../libraries/Permits.sol";
import {Relayed} from "../libraries/Relayed.sol";

/// @title Payment channels
/// @notice See {IPaymentChannels}. The balance of this contract in FLOW is the sum of all purses and of `deposit - claimed` of
/// all channels that are not closed.
/// @dev FLOW is our own token, without hooks or fees. Even so every function changes its state before it calls out, so that a
/// call that came back in would find nothing to take. The gate is called by a static call with bounded gas.
contract PaymentChannels is IPaymentChannels, Relayed {
    using SafeERC20 for IERC20;
    using Permits for IERC20Permit;

    /// @notice How long a payee has to claim once the payer wants the rest back: a day, so that a node that is down over night,
    /// or somebody who watches for it, is in time.
    uint48 public constant CHALLENGE_PERIOD = 24 hours;

    /// @notice The longest batch of claims: about 1.4 M gas, a small part of any chain's block.
    uint256 public constant MAX_BATCH = 64;

    /// @notice Gas that the gate may use: today's policy needs a sixth of it.
    uint256 public constant GATE_GAS = 100_000;

    /// @notice The token that is paid with.
    IERC20 public immutable FLOW;

    /// @notice Who is asked whether a new channel may name a payee.
    IPayeeGate public immutable GATE;

    struct Authorisation {
        uint96 total;
        uint96 used;
        uint48 expiry;
        uint96 perPayee;
        mapping(address payee => uint96) usedWith;
    }

    /// @inheritdoc IPaymentChannels
    mapping(address owner => uint96) public purseOf;

    /// @inheritdoc IPaymentChannels
    mapping(address payee => mapping(address operator => bool)) public isOperator;

    mapping(address owner => mapping(address signer => Authorisation)) private _authorisations;
    mapping(bytes32 id => Channel) private _channels;

    constructor(IERC20 flow, IPayeeGate gate) EIP712("FlowShield PaymentChannels", "1") {
        require(address(flow) != address(0) && address(gate) != address(0), ZeroAddress());
        FLOW = flow;
        GATE = gate;
    }

    // ------------------------------------------------------------------ purse

    /// @inheritdoc IPaymentChannels
    function deposit(address owner, uint96 amount) public {
        _credit(owner, amount);
        emit PurseDeposited(owner, msg.sender, amount);
        FLOW.safeTransferFrom(msg.sender, address(this), amount);
    }

    /// @inheritdoc IPaymentChannels
    function depositWithPermit(address owner, uint96 amount, Permit calldata permit) external {
        IERC20Permit(address(FLOW)).tryPermit(msg.sender, amount, permit);
        deposit(owner, amount);
    }

    /// @inheritdoc IPaymentChannels
    function depositFor(
        address owner,
        uint96 amount,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature,
        Permit calldata permit
    ) external {
        _checkSigned(owner, ChannelHashes.deposit(owner, amount, nonce, meta), nonce, meta, signature);
        require(meta.fee <= amount, FeeAboveAmount(meta.fee, amount));
        _credit(owner, amount);
        emit PurseDeposited(owner, owner, amount);
        _payRelayer(owner, meta.fee);
        IERC20Permit(address(FLOW)).tryPermit(owner, amount, permit);
        FLOW.safeTransferFrom(owner, address(this), amount);
    }

    /// @inheritdoc IPaymentChannels
    function withdraw(address to, uint96 amount) external {
        _withdraw(msg.sender, to, amount);
    }

    /// @inheritdoc IPaymentChannels
    function withdrawFor(
        address owner,
        address to,
        uint96 amount,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) external {
        _checkSigned(owner, ChannelHashes.withdraw(owner, to, amount, nonce, meta), nonce, meta, signature);
        _payRelayer(owner, meta.fee);
        _withdraw(owner, to, amount);
    }

    function _withdraw(address owner, address to, uint96 amount) private {
        require(to != address(this), NotARecipient(to));
        require(amount != 0, ZeroAmount());
        _debit(owner, amount);
        emit PurseWithdrawn(owner, to, amount);
        FLOW.safeTransfer(to, amount);
    }

    function _credit(address owner, uint96 amount) private {
        require(owner != address(0), ZeroAddress());
        require(amount != 0, ZeroAmount());
        purseOf[owner] += amount;
    }

    function _debit(address owner, uint96 amount) private {
        uint96 available = purseOf[owner];
        require(amount <= available, PurseTooSmall(owner, available, amount));
        unchecked {
            purseOf[owner] = available - amount;
        }
    }

    /// @dev From purse to purse: no transfer of the token.
    function _payRelayer(address payer, uint96 fee) private {
        if (fee == 0) return;
        _debit(payer, fee);
        purseOf[msg.sender] += fee;
        emit RelayerPaid(payer, msg.sender, fee);
    }

    // ------------------------------------------------------------------ session signers and operators

    /// @inheritdoc IPaymentChannels
    function authorise(address signer, Caps calldata caps) external {
        _authorise(msg.sender, signer, caps);
    }

    /// @inheritdoc IPaymentChannels
    function authoriseFor(
        address owner,
        address signer,
        Caps calldata caps,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) external {
        _checkSigned(owner, ChannelHashes.authorise(owner, signer, caps, nonce, meta), nonce, meta, signature);
        _authorise(owner, signer, caps);
        _payRelayer(owner, meta.fee);
    }

    function _authorise(address owner, address signer, Caps calldata caps) private {
        Authorisation storage authorised = _authorisations[owner][signer];
        authorised.total = caps.total;
        authorised.expiry = caps.expiry;
        authorised.perPayee = caps.perPayee;
        emit SignerAuthorised(owner, signer, caps.total, caps.perPayee, caps.expiry);
    }

    /// @inheritdoc IPaymentChannels
    function setOperator(address operator, bool allowed) external {
        _setOperator(msg.sender, operator, allowed);
    }

    /// @inheritdoc IPaymentChannels
    function setOperatorFor(
        address payee,
        address operator,
        bool allowed,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) external {
        _checkSigned(payee, ChannelHashes.setOperator(payee, operator, allowed, nonce, meta), nonce, meta, signature);
        _setOperator(payee, operator, allowed);
        _payRelayer(payee, meta.fee);
    }

    function _setOperator(address payee, address operator, bool allowed) private {
        isOperator[payee][operator] = allowed;
        emit OperatorSet(payee, operator, allowed);
    }

    // ------------------------------------------------------------------ opening and topping up

    /// @inheritdoc IPaymentChannels
    function open(ChannelKey calldata key, uint96 amount, bytes32 offerHash) external {
        _open(channelIdOf(key), key, amount, offerHash, msg.sender, 0);
    }

    /// @inheritdoc IPaymentChannels
    function openFor(
        ChannelKey calldata key,
        uint96 amount,
        bytes32 offerHash,
        Meta calldata meta,
        bytes calldata signature
    ) external {
        bytes32 id = channelIdOf(key);
        address by = _signer(ChannelHashes.open(id, amount, offerHash, meta), meta, signature);
        _open(id, key, amount, offerHash, by, meta.fee);
    }

    function _open(bytes32 id, ChannelKey calldata key, uint96 amount, bytes32 offerHash, address by, uint96 fee)
        private
    {
        require(key.payee != address(0) && key.signer != address(0), ZeroAddress());
        require(key.payee != address(this), NotARecipient(key.payee));
        require(_channels[id].status == Status.None, ChannelExists(id));
        require(_mayReceive(key.payee), PayeeRefused(key.payee));
        _lock(key, by, amount, fee);
        _channels[id] = Channel({deposit: amount, claimed: 0, closesAt: 0, status: Status.Open});
        emit Opened(id, key.payer, key.payee, key.signer, key.salt, amount, offerHash);
    }

    /// @inheritdoc IPaymentChannels
    function topUp(ChannelKey calldata key, uint96 amount) external {
        _topUp(channelIdOf(key), key, amount, msg.sender, 0);
    }

    /// @inheritdoc IPaymentChannels
    function topUpFor(
        ChannelKey calldata key,
        uint96 amount,
        uint256 nonce,
        Meta calldata meta,
        bytes calldata signature
    ) external {
        bytes32 id = channelIdOf(key);
        address by = _signer(ChannelHashes.topUp(id, amount, nonce, meta), meta, signature);
        _useCheckedNonce(by, nonce);
        _topUp(id, key, amount, by, meta.fee);
    }

    function _topUp(bytes32 id, ChannelKey calldata key, uint96 amount, address by, uint96 fee) private {
        Channel storage topped = _channels[id];
        require(topped.status == Status.Open, NotOpen(id));
        _lock(key, by, amount, fee);
        uint96 total = topped.deposit + amount;
        topped.deposit = total;
        emit ToppedUp(id, amount, total);
    }

    /// @dev Takes `amount` for a channel out of the payer's purse.
    function _lock(ChannelKey calldata key, address by, uint96 amount, uint96 fee) private {
        require(amount != 0, ZeroAmount());
        _count(key, by, amount, fee);
        _debit(key.payer, amount);
        _payRelayer(key.payer, fee);
    }

    /// @dev Counts what is spent through a session signer; it must keep to its caps unless the payer acts. The fee counts too,
    /// if the session signer agreed to it: else it could hand out the purse as fees.
    function _count(ChannelKey calldata key, address by, uint96 amount, uint96 fee) private {
        bool byPayer = by == key.payer;
        require(byPayer || by == key.signer, NotAllowed(by));
        if (key.signer == key.payer) return;

        Authorisation storage authorised = _authorisations[key.payer][key.signer];
        uint96 needed = byPayer ? amount : amount + fee;
        uint96 used = authorised.used;
        uint96 usedWithPayee = authorised.usedWith[key.payee];
        if (!byPayer) {
            require(block.timestamp <= authorised.expiry, SignerExpired(key.payer, key.signer, authorised.expiry));
            uint96 left = _left(authorised.total, used);
            require(needed <= left, TotalCapExceeded(key.signer, left, needed));
            left = _left(authorised.perPayee, usedWithPayee);
            require(needed <= left, PayeeCapExceeded(key.signer, key.payee, left, needed));
        }
        authorised.used = used + needed;
        authorised.usedWith[key.payee] = usedWithPayee + needed;
    }

    function _left(uint96 cap, uint96 used) private pure returns (uint96) {
        return used < cap ? cap - used : 0;
    }

    /// @dev Whatever the gate does, this costs at most GATE_GAS and 32 bytes of memory, and anything but a plain `true` is a no.
    function _mayReceive(address payee) private view returns (bool allowed) {
        address gate = address(GATE);
        uint256 gasLimit = GATE_GAS;
        bytes memory question = abi.encodeCall(IPayeeGate.mayReceive, (payee));
        assembly ("memory-safe") {
            let answered := staticcall(gasLimit, gate, add(question, 0x20), mload(question), 0x00, 0x20)
            allowed := and(and(answered, gt(returndatasize(), 0x1f)), eq(mload(0x00), 1))
        }
    }

    // ------------------------------------------------------------------ claiming

    /// @inheritdoc IPaymentChannels
    function claim(ChannelKey calldata key, uint128 cumulative, uint64 bytesServed, bytes calldata signature) external {
        bytes32 id = channelIdOf(key);
        (uint96 amount, bytes4 failure) = _worth(id, key.signer, cumulative, bytesServed, signature);
        if (failure != 0) _fail(failure, id);
        _book(id, key.payee, amount, cumulative, bytesServed);
        FLOW.safeTransfer(key.payee, amount);
    }

    /// @inheritdoc IPaymentChannels
    function claimMany(Claim[] calldata claims) external {
        require(claims.length <= MAX_BATCH, BatchTooLong(claims.length));
        address payee;
        uint256 due; // to one payee in a row: one transfer
        for (uint256 i = 0; i < claims.length; ++i) {
            Claim calldata item = claims[i];
            bytes32 id = channelIdOf(item.key);
            (uint96 amount, bytes4 failure) =
                _worth(id, item.key.signer, item.cumulative, item.bytesServed, item.signature);
            if (failure != 0) {
                emit ClaimSkipped(id, failure);
                continue;
            }
            _book(id, item.key.payee, amount, item.cumulative, item.bytesServed);
            if (item.key.payee != payee) {
                if (due != 0) FLOW.safeTransfer(payee, due);
                (payee, due) = (item.key.payee, 0);
            }
            due += amount;
        }
        if (due != 0) FLOW.safeTransfer(payee, due);
    }

    /// @dev What a voucher would pay now, or the selector of the error (with the id as its only argument) why it pays nothing.
    function _worth(bytes32 id, address signer, uint128 cumulative, uint64 bytesServed, bytes calldata signature)
        private
        view
        returns (uint96 amount, bytes4 failure)
    {
        Channel memory found = _channels[id];
        if (found.status != Status.Open && found.status != Status.Closing) return (0, NotOpen.selector);

        // forge-lint: disable-next-line(unsafe-typecast) less than a deposit, which has 96 bits
        uint96 earned = cumulative < found.deposit ? uint96(cumulative) : found.deposit;
        if (earned <= found.claimed) return (0, NothingToClaim.selector);

        (address recovered, ECDSA.RecoverError malformed,) =
            ECDSA.tryRecoverCalldata(voucherDigest(id, cumulative, bytesServed), signature);
        if (malformed != ECDSA.RecoverError.NoError || recovered != signer) {
            return (0, WrongVoucherSignature.selector);
        }
        return (earned - found.claimed, 0);
    }

    function _book(bytes32 id, address payee, uint96 amount, uint128 cumulative, uint64 bytesServed) private {
        _channels[id].claimed += amount;
        emit Claimed(id, payee, amount, cumulative, bytesServed);
    }

    function _fail(bytes4 selector, bytes32 id) private pure {
        assembly ("memory-safe") {
            mstore(0x00, selector)
            mstore(0x04, id)
            revert(0x00, 0x24)
        }
    }

    // ------------------------------------------------------------------ closing

    /// @inheritdoc IPaymentChannels
    function cooperativeClose(
        ChannelKey calldata key,
        uint128 finalCumulative,
        uint64 bytesServed,
        bytes calldata voucherSignature,
        bytes calldata payeeSignature
    ) external {
        bytes32 id = channelIdOf(key);
        address by = ECDSA.recoverCalldata(_hashTypedDataV4(ChannelHashes.close(id, finalCumulative)), payeeSignature);
        require(_actsFor(key.payee, by), WrongCloseSignature(id));
        _settle(id, key, finalCumulative, bytesServed, voucherSignature);
    }

    /// @inheritdoc IPaymentChannels
    function claimAndClose(ChannelKey calldata key, uint128 cumulative, uint64 bytesServed, bytes calldata signature)
        external
    {
        require(_actsFor(key.payee, msg.sender), NotAllowed(msg.sender));
        _settle(channelIdOf(key), key, cumulative, bytesServed, signature);
    }

    /// @inheritdoc IPaymentChannels
    function startClose(ChannelKey calldata key) external {
        _startClose(channelIdOf(key), key, msg.sender);
    }

    /// @inheritdoc IPaymentChannels
    function startCloseFor(ChannelKey calldata key, Meta calldata meta, bytes calldata signature) external {
        bytes32 id = channelIdOf(key);
        address by = _signer(ChannelHashes.startClose(id, meta), meta, signature);
        _startClose(id, key, by);
        if (meta.fee == 0) return; // a signer whose caps are used up can still close
        _count(key, by, 0, meta.fee);
        _payRelayer(key.payer, meta.fee);
    }

    function _startClose(bytes32 id, ChannelKey calldata key, address by) private {
        require(by == key.payer || by == key.signer, NotAllowed(by));
        Channel storage closing = _channels[id];
        require(closing.status == Status.Open, NotOpen(id));
        uint48 closesAt = uint48(block.timestamp) + CHALLENGE_PERIOD;
        closing.status = Status.Closing;
        closing.closesAt = closesAt;
        emit Closing(id, closesAt);
    }

    /// @inheritdoc IPaymentChannels
    function finishClose(ChannelKey calldata key) external {
        bytes32 id = channelIdOf(key);
        Channel storage closing = _channels[id];
        require(closing.status == Status.Closing, NotClosing(id));
        require(block.timestamp >= closing.closesAt, TooEarly(id, closing.closesAt));
        _close(id, key);
    }

    /// @dev Pays the voucher if it is worth something, then closes.
    function _settle(
        bytes32 id,
        ChannelKey calldata key,
        uint128 cumulative,
        uint64 bytesServed,
        bytes calldata signature
    ) private {
        (uint96 amount, bytes4 failure) = _worth(id, key.signer, cumulative, bytesServed, signature);
        if (failure != 0 && failure != NothingToClaim.selector) _fail(failure, id);
        if (amount != 0) _book(id, key.payee, amount, cumulative, bytesServed);
        _close(id, key);
        if (amount != 0) FLOW.safeTransfer(key.payee, amount);
    }

    /// @dev The rest goes back to the purse, and gives the session signer its allowance back.
    function _close(bytes32 id, ChannelKey calldata key) private {
        Channel storage closed = _channels[id];
        (uint96 paid, uint96 refund) = (closed.claimed, closed.deposit - closed.claimed);
        closed.status = Status.Closed;
        if (refund != 0) {
            purseOf[key.payer] += refund;
            if (key.signer != key.payer) {
                Authorisation storage authorised = _authorisations[key.payer][key.signer];
                authorised.used -= refund;
                authorised.usedWith[key.payee] -= refund;
            }
        }
        emit Closed(id, paid, refund);
    }

    function _actsFor(address payee, address who) private view returns (bool) {
        return who == payee || isOperator[payee][who];
    }

    // ------------------------------------------------------------------ views

    /// @inheritdoc IPaymentChannels
    function authorisation(address owner, address signer)
        external
        view
        returns (uint96 total, uint96 perPayee, uint48 expiry, uint96 used)
    {
        Authorisation storage authorised = _authorisations[owner][signer];
        return (authorised.total, authorised.perPayee, authorised.expiry, authorised.used);
    }

    /// @inheritdoc IPaymentChannels
    function usedWith(address owner, address signer, address payee) external view returns (uint96) {
        return _authorisations[owner][signer].usedWith[payee];
    }

    /// @inheritdoc IPaymentChannels
    function channel(bytes32 id) external view returns (Channel memory) {
        return _channels[id];
    }

    /// @inheritdoc IPaymentChannels
    function channelIdOf(ChannelKey calldata key) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), key.payer, key.payee, key.signer, key.salt));
    }

    /// @inheritdoc IPaymentChannels
    function voucherDigest(bytes32 id, uint128 cumulative, uint64 bytesServed) public view returns (bytes32) {
        return _hashTypedDataV4(ChannelHashes.voucher(id, cumulative, bytesServed));
    }
}
