package org.flowshield.contracts.rpc;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.proof.HeaderFields;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;

/**
 * A block as JSON, field by field: web3j's own type leaves out what later forks added, without
 * which no hash is right. Nodes have no standard call for the header's bytes.
 */
final class HeaderAnswer extends Response<@Nullable Map<String, @Nullable Object>> {

    /** How a field is written in the header. */
    private enum Form {
        BYTES,
        NUMBER
    }

    private record Field(String name, Form form) {}

    /** Every header has these, in this order (yellow paper 4.4). */
    private static final List<Field> FIRST =
            List.of(
                    bytes("parentHash"),
                    bytes("sha3Uncles"),
                    bytes("miner"),
                    bytes("stateRoot"),
                    bytes("transactionsRoot"),
                    bytes("receiptsRoot"),
                    bytes("logsBloom"),
                    number("difficulty"),
                    number("number"),
                    number("gasLimit"),
                    number("gasUsed"),
                    number("timestamp"),
                    bytes("extraData"),
                    bytes("mixHash"),
                    bytes("nonce"));

    /** Forks added these one after the other: EIP-1559, 4895, 4844 (two), 4788, 7685. */
    private static final List<Field> LATER =
            List.of(
                    number("baseFeePerGas"),
                    bytes("withdrawalsRoot"),
                    number("blobGasUsed"),
                    number("excessBlobGas"),
                    bytes("parentBeaconBlockRoot"),
                    bytes("requestsHash"));

    private static Field bytes(String name) {
        return new Field(name, Form.BYTES);
    }

    private static Field number(String name) {
        return new Field(name, Form.NUMBER);
    }

    static Request<Object, HeaderAnswer> request(long number, Web3jService service) {
        return new Request<>(
                "eth_getBlockByNumber",
                List.of("0x" + Long.toHexString(number), false),
                service,
                HeaderAnswer.class);
    }

    /** The header's bytes, whose hash is the one that the node names. */
    static byte[] header(long number, HeaderAnswer answer) throws RpcException {
        @Nullable Map<String, @Nullable Object> block = answer.getResult();
        if (block == null) {
            throw new RpcException(RpcException.Kind.MALFORMED, "the RPC knows no block " + number);
        }
        HeaderFields fields = new HeaderFields();
        for (Field field : FIRST) {
            put(fields, field, block);
        }
        for (Field field : LATER) {
            if (block.get(field.name()) == null) {
                break;
            }
            put(fields, field, block);
        }
        byte[] header = fields.encode();
        Bytes32 named = Answers.word("block hash", () -> text(block, "hash"));
        if (!Keccak256.hash(header).equals(named)) {
            throw new RpcException(
                    RpcException.Kind.MALFORMED,
                    "the RPC's block " + number + " has other fields than its hash says");
        }
        return header;
    }

    private static void put(HeaderFields fields, Field field, Map<String, @Nullable Object> block)
            throws RpcException {
        String what = "header field " + field.name();
        switch (field.form()) {
            case BYTES -> fields.bytes(Answers.bytes(what, () -> text(block, field.name())));
            case NUMBER -> fields.number(quantity(what, text(block, field.name())));
        }
    }

    private static BigInteger quantity(String what, @Nullable String text) throws RpcException {
        if (text == null || !text.startsWith("0x")) {
            throw Answers.malformed(what, null);
        }
        try {
            return new BigInteger(1, digits(text));
        } catch (IllegalArgumentException e) {
            throw Answers.malformed(what, e);
        }
    }

    /** Quantities have no zeros in front, so their digits may be odd in number. */
    private static byte[] digits(String text) {
        String digits = text.substring(2);
        return HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
    }

    private static @Nullable String text(Map<String, @Nullable Object> block, String name) {
        return block.get(name) instanceof String text ? text : null;
    }
}
