package org.flowshield.node.settlement;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelDomain;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.payment.Voucher;
import org.flowshield.contracts.signing.MalformedSignatureException;
import org.flowshield.contracts.signing.Signature;
import org.flowshield.node.ledger.ChannelRecord;
import org.flowshield.node.settlement.MalformedVoucherFileException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A copy of a voucher with all that it takes to redeem it, as JSON. There is nothing secret in it:
 * whoever redeems it pays the payee. Immutable.
 */
public record VoucherFile(ChannelKey key, ChannelDomain domain, SignedVoucher voucher) {

    private static final String FORMAT = "flowshield-voucher-1";

    /** A voucher takes less than 1 KiB. */
    static final int MAX_BYTES = 16 * 1024;

    /** An amount has at most as many digits as 2^128. */
    private static final int MAX_DIGITS = 39;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /**
     * @throws IllegalArgumentException if the voucher is of another channel
     */
    public VoucherFile {
        if (!key.id(domain).equals(voucher.voucher().channel())) {
            throw new IllegalArgumentException("the voucher is of another channel");
        }
    }

    /** The copy of a voucher of a channel. */
    public static VoucherFile of(ChannelRecord channel, SignedVoucher voucher) {
        return new VoucherFile(channel.key(), channel.domain(), voucher);
    }

    /** Reads a file that anybody may have written, and checks who signed the voucher. */
    public static VoucherFile read(Path file) throws IOException, MalformedVoucherFileException {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in.readNBytes(MAX_BYTES + 1));
        }
    }

    /** Reads what anybody may have written, and checks who signed the voucher. */
    public static VoucherFile parse(byte[] text) throws MalformedVoucherFileException {
        if (text.length > MAX_BYTES) {
            throw new MalformedVoucherFileException(
                    Reason.TOO_LARGE, "this is no voucher: it is larger than 16 KiB");
        }
        JsonNode root = json(text);
        if (!FORMAT.equals(root.path("format").asString(""))) {
            throw new MalformedVoucherFileException(
                    Reason.OTHER_FORMAT, "this is no voucher: its format is not " + FORMAT);
        }
        ChannelDomain domain = new ChannelDomain(chain(root, "chain"), address(root, "contract"));
        ChannelKey key =
                new ChannelKey(
                        address(root, "payer"),
                        address(root, "payee"),
                        address(root, "signer"),
                        salt(root));
        SignedVoucher voucher =
                new SignedVoucher(
                        new Voucher(key.id(domain), amount(root), bytesServed(root)),
                        signature(root));
        if (!voucher.isBy(key.signer(), domain)) {
            throw new MalformedVoucherFileException(
                    Reason.NOT_SIGNED,
                    "the voucher is worth nothing: it was not signed by " + key.signer());
        }
        return new VoucherFile(key, domain, voucher);
    }

    private static JsonNode json(byte[] text) throws MalformedVoucherFileException {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new MalformedVoucherFileException(
                    Reason.NOT_JSON, "this is no voucher: it is not JSON");
        }
    }

    private static String text(JsonNode root, String field) throws MalformedVoucherFileException {
        JsonNode node = root.path(field);
        if (!node.isString()) {
            throw new MalformedVoucherFileException(
                    Reason.MISSING_FIELD, "the voucher has no \"" + field + "\" in quotes");
        }
        return node.asString();
    }

    private static MalformedVoucherFileException bad(String field, String why) {
        return new MalformedVoucherFileException(
                Reason.BAD_FIELD, "the voucher's \"" + field + "\": " + why);
    }

    private static BigInteger number(JsonNode root, String field)
            throws MalformedVoucherFileException {
        String digits = text(root, field);
        if (digits.isEmpty()
                || digits.length() > MAX_DIGITS
                || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw bad(field, "this is no number");
        }
        return new BigInteger(digits);
    }

    private static ChainId chain(JsonNode root, String field) throws MalformedVoucherFileException {
        BigInteger number = number(root, field);
        if (number.signum() == 0 || number.bitLength() >= Long.SIZE) {
            throw bad(field, "there is no such chain");
        }
        return new ChainId(number.longValueExact());
    }

    private static EvmAddress address(JsonNode root, String field)
            throws MalformedVoucherFileException {
        try {
            return EvmAddress.parse(text(root, field));
        } catch (MalformedAddressException e) {
            throw bad(field, String.valueOf(e.getMessage()));
        }
    }

    private static Bytes32 salt(JsonNode root) throws MalformedVoucherFileException {
        try {
            return Bytes32.parse(text(root, "salt"));
        } catch (MalformedHexException e) {
            throw bad("salt", String.valueOf(e.getMessage()));
        }
    }

    private static TokenAmount amount(JsonNode root) throws MalformedVoucherFileException {
        try {
            return new TokenAmount(number(root, "cumulative"));
        } catch (IllegalArgumentException e) {
            throw bad("cumulative", "there is not so much money");
        }
    }

    private static long bytesServed(JsonNode root) throws MalformedVoucherFileException {
        BigInteger number = number(root, "bytesServed");
        if (number.bitLength() >= Long.SIZE) {
            throw bad("bytesServed", "nobody carries so many bytes");
        }
        return number.longValueExact();
    }

    private static Signature signature(JsonNode root) throws MalformedVoucherFileException {
        String text = text(root, "signature");
        try {
            if (!text.startsWith("0x")) {
                throw bad("signature", "it does not begin with 0x");
            }
            return Signature.parse(HexFormat.of().parseHex(text.substring(2)));
        } catch (MalformedSignatureException | IllegalArgumentException e) {
            throw bad("signature", String.valueOf(e.getMessage()));
        }
    }

    /** The text that {@link #parse} reads. */
    public byte[] encode() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("chain", domain.chain().toString());
        fields.put("contract", domain.contract().toString());
        fields.put("payer", key.payer().toString());
        fields.put("payee", key.payee().toString());
        fields.put("signer", key.signer().toString());
        fields.put("salt", key.salt().toString());
        fields.put("cumulative", voucher.voucher().cumulative().units().toString());
        fields.put("bytesServed", Long.toString(voucher.voucher().bytesServed()));
        fields.put("signature", voucher.signature().toString());
        return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
