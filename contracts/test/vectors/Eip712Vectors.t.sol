// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import "../Fixture.sol";

/// @dev The committed eip712.json is what these contracts sign and accept; the Java side checks its own digests against the same
/// file. With FLOWSHIELD_WRITE_VECTORS=true it is written instead.
contract Eip712VectorsTest is Fixture {
    string private constant FILE = "test/vectors/eip712.json";
    address private constant CHANNELS = 0x1111111111111111111111111111111111111111;
    address private constant TOKEN = 0x2222222222222222222222222222222222222222;
    address private constant IDENTITIES = 0x3333333333333333333333333333333333333333;
    address private constant PROVIDERS = 0x4444444444444444444444444444444444444444;

    bytes32 private constant NODE = keccak256("node key");
    uint96 private constant AMOUNT = 12.5 ether;
    uint96 private constant MAX_FEE = 0.25 ether;
    uint256 private constant NONCE = (uint256(7) << 64) | 3;

    bytes32 private id;
    string private vectors;

    function setUp() public override {
        vm.warp(START);
        _deploy();
        vm.etch(CHANNELS, address(channels).code);
        vm.etch(TOKEN, address(flow).code);
        vm.etch(IDENTITIES, address(identities).code);
        vm.etch(PROVIDERS, address(providers).code);
        id = Signatures.idOf(_key(session, 42), 31337, CHANNELS);
    }

    function test_the_committed_vectors_are_those_of_the_contracts() public {
        vm.assertEq(block.chainid, 31337);
        vm.assertEq(PaymentChannels(CHANNELS).DOMAIN_SEPARATOR(), _domain("channels"));
        vm.assertEq(FlowToken(TOKEN).DOMAIN_SEPARATOR(), _domain("token"));
        vm.assertEq(IdentityRegistry(IDENTITIES).DOMAIN_SEPARATOR(), _domain("identities"));
        vm.assertEq(ProviderRegistry(PROVIDERS).DOMAIN_SEPARATOR(), _domain("providers"));
        vm.assertEq(PaymentChannels(CHANNELS).channelIdOf(_key(session, 42)), id);
        vm.assertEq(
            PaymentChannels(CHANNELS).voucherDigest(id, AMOUNT, 987654321),
            Signatures.digest(_domain("channels"), Signatures.voucher(id, AMOUNT, 987654321))
        );

        string memory made = _json();
        if (vm.envOr("FLOWSHIELD_WRITE_VECTORS", false)) vm.writeFile(FILE, made);
        vm.assertTrue(
            keccak256(bytes(vm.readFile(FILE))) == keccak256(bytes(made)), "eip712.json: ./dev contracts regenerate"
        );
    }

    function _json() private returns (string memory) {
        _channelVectors();
        _purseVectors();
        _otherVectors();
        return string.concat(
            "{\n  \"chainId\": 31337,\n",
            _object("privateKeys", _keys()),
            _object("contracts", _contracts()),
            _object("domains", _domains()),
            _object("channel", _channel()),
            "  \"vectors\": [\n",
            vectors,
            "\n  ]\n}\n"
        );
    }

    function _channelVectors() private {
        Meta memory meta = _signedMeta();
        _add(
            "Voucher",
            session,
            "session",
            string.concat(_hex("channelId", id), _num("cumulative", AMOUNT), _lastNum("bytesServed", 987654321)),
            Signatures.voucher(id, AMOUNT, 987654321)
        );
        _add(
            "Voucher",
            session,
            "session",
            string.concat(
                _hex("channelId", id), _num("cumulative", type(uint128).max), _lastNum("bytesServed", type(uint64).max)
            ),
            Signatures.voucher(id, type(uint128).max, type(uint64).max)
        );
        _add(
            "Close",
            payee,
            "payee",
            string.concat(_hex("channelId", id), _lastNum("finalCumulative", AMOUNT)),
            Signatures.close(id, AMOUNT)
        );
        _add(
            "Open",
            session,
            "session",
            string.concat(_hex("channelId", id), _num("amount", AMOUNT), _hex("offerHash", OFFER), _once()),
            Signatures.open(id, AMOUNT, OFFER, meta)
        );
        _add(
            "TopUp",
            session,
            "session",
            string.concat(_hex("channelId", id), _num("amount", AMOUNT), _nonced()),
            Signatures.topUp(id, AMOUNT, NONCE, meta)
        );
        _add(
            "StartClose", payer, "payer", string.concat(_hex("channelId", id), _once()), Signatures.startClose(id, meta)
        );
    }

    function _purseVectors() private {
        Meta memory meta = _signedMeta();
        _add(
            "Deposit",
            payer,
            "payer",
            string.concat(_address("owner", payer.addr), _num("amount", AMOUNT), _nonced()),
            Signatures.deposit(payer.addr, AMOUNT, NONCE, meta)
        );
        _add(
            "Withdraw",
            payer,
            "payer",
            string.concat(_address("owner", payer.addr), _address("to", thief.addr), _num("amount", AMOUNT), _nonced()),
            Signatures.withdraw(payer.addr, thief.addr, AMOUNT, NONCE, meta)
        );
        _add(
            "Authorise",
            payer,
            "payer",
            string.concat(
                _address("owner", payer.addr),
                _address("signer", session.addr),
                _num("total", 100 ether),
                _num("perPayee", AMOUNT),
                _num("expiry", START),
                _nonced()
            ),
            Signatures.authorise(payer.addr, session.addr, Caps(100 ether, AMOUNT, START), NONCE, meta)
        );
        _add(
            "SetOperator",
            payee,
            "payee",
            string.concat(
                _address("payee", payee.addr), _address("operator", operator.addr), "\"allowed\": true, ", _nonced()
            ),
            Signatures.setOperator(payee.addr, operator.addr, true, NONCE, meta)
        );
    }

    function _otherVectors() private {
        Meta memory meta = _signedMeta();
        bytes memory proof = abi.encodePacked(keccak256("first half"), keccak256("second half"));
        string memory uri = unicode"ipfs://bafkrei…/über";
        _addOf(
            "identities",
            "Bind",
            payer,
            "payer",
            string.concat(
                _address("wallet", payer.addr),
                _hex("nodeKey", NODE),
                "\"proof\": \"",
                vm.toString(proof),
                "\", ",
                _num("roles", 5),
                _once()
            ),
            Signatures.bind(payer.addr, NODE, proof, 5, meta)
        );
        _addOf(
            "identities",
            "Revoke",
            payer,
            "payer",
            string.concat(_address("wallet", payer.addr), _hex("nodeKey", NODE), _once()),
            Signatures.revoke(payer.addr, NODE, meta)
        );
        _addOf(
            "providers",
            "Register",
            payee,
            "payee",
            string.concat(
                _address("wallet", payee.addr),
                _hex("nodeKey", NODE),
                _hex("metaHash", OFFER),
                "\"uri\": \"",
                uri,
                "\", ",
                _nonced()
            ),
            Signatures.register(payee.addr, NODE, OFFER, uri, NONCE, meta)
        );
        _addOf(
            "token",
            "Permit",
            payer,
            "payer",
            string.concat(
                _address("owner", payer.addr),
                _address("spender", CHANNELS),
                _num("value", AMOUNT),
                _num("nonce", 9),
                _lastNum("deadline", uint256(START) + 3600)
            ),
            Signatures.permit(payer.addr, CHANNELS, AMOUNT, 9, uint256(START) + 3600)
        );
    }

    function _add(
        string memory typeName,
        Account memory by,
        string memory name,
        string memory fields,
        bytes32 structHash
    ) private {
        _addOf("channels", typeName, by, name, fields, structHash);
    }

    function _addOf(
        string memory contractName,
        string memory typeName,
        Account memory by,
        string memory name,
        string memory fields,
        bytes32 structHash
    ) private {
        bytes32 separator = _domain(contractName);
        string memory results = string.concat(
            "      \"structHash\": \"",
            vm.toString(structHash),
            "\",\n      \"digest\": \"",
            vm.toString(Signatures.digest(separator, structHash)),
            "\",\n      \"signature\": \"",
            vm.toString(Signatures.sign(by, separator, structHash)),
            "\"\n    }"
        );
        vectors = string.concat(
            vectors,
            bytes(vectors).length == 0 ? "" : ",\n",
            "    {\n      \"type\": \"",
            typeName,
            "\",\n      \"domain\": \"",
            contractName,
            "\",\n      \"signedBy\": \"",
            name,
            "\",\n      \"fields\": { ",
            fields,
            " },\n",
            results
        );
    }

    function _domain(string memory name) private pure returns (bytes32) {
        bytes32 which = keccak256(bytes(name));
        if (which == keccak256("token")) return Signatures.domain("FlowShield", 31337, TOKEN);
        if (which == keccak256("identities")) {
            return Signatures.domain("FlowShield IdentityRegistry", 31337, IDENTITIES);
        }
        if (which == keccak256("providers")) return Signatures.domain("FlowShield ProviderRegistry", 31337, PROVIDERS);
        return Signatures.domain("FlowShield PaymentChannels", 31337, CHANNELS);
    }

    function _signedMeta() private pure returns (Meta memory) {
        return Meta({fee: 0, maxFee: MAX_FEE, deadline: uint256(START) + 3600});
    }

    function _once() private pure returns (string memory) {
        return string.concat(_num("maxFee", MAX_FEE), _lastNum("deadline", uint256(START) + 3600));
    }

    function _nonced() private pure returns (string memory) {
        return string.concat(_num("maxFee", MAX_FEE), _num("nonce", NONCE), _lastNum("deadline", uint256(START) + 3600));
    }

    // ------------------------------------------------------------------ JSON: numbers as text, no reader rounds them

    function _keys() private view returns (string memory) {
        return string.concat(
            _hex("payer", bytes32(payer.key)),
            _hex("session", bytes32(session.key)),
            _quoted("payee", vm.toString(bytes32(payee.key)))
        );
    }

    function _contracts() private pure returns (string memory) {
        return string.concat(
            _address("channels", CHANNELS),
            _address("token", TOKEN),
            _address("identities", IDENTITIES),
            _quoted("providers", vm.toString(PROVIDERS))
        );
    }

    function _domains() private pure returns (string memory) {
        return string.concat(
            _hex("channels", _domain("channels")),
            _hex("token", _domain("token")),
            _hex("identities", _domain("identities")),
            _quoted("providers", vm.toString(_domain("providers")))
        );
    }

    function _channel() private view returns (string memory) {
        ChannelKey memory key = _key(session, 42);
        return string.concat(
            _address("payer", key.payer),
            _address("payee", key.payee),
            _address("signer", key.signer),
            _hex("salt", key.salt),
            _quoted("id", vm.toString(id))
        );
    }

    function _object(string memory name, string memory fields) private pure returns (string memory) {
        return string.concat("  \"", name, "\": { ", fields, " },\n");
    }

    function _quoted(string memory name, string memory value) private pure returns (string memory) {
        return string.concat("\"", name, "\": \"", value, "\"");
    }

    function _hex(string memory name, bytes32 value) private pure returns (string memory) {
        return string.concat(_quoted(name, vm.toString(value)), ", ");
    }

    function _address(string memory name, address value) private pure returns (string memory) {
        return string.concat(_quoted(name, vm.toString(value)), ", ");
    }

    function _num(string memory name, uint256 value) private pure returns (string memory) {
        return string.concat(_lastNum(name, value), ", ");
    }

    function _lastNum(string memory name, uint256 value) private pure returns (string memory) {
        return _quoted(name, vm.toString(value));
    }
}
