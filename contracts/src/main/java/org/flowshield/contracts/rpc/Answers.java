package org.flowshield.contracts.rpc;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.flowshield.contracts.chain.FeeHistory;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedHexException;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.proof.StorageProof;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthFeeHistory;
import org.web3j.protocol.core.methods.response.EthGetProof;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** Reads what nodes answer; what is missing or no value is {@code MALFORMED}. Pure. */
public final class Answers {

    /** An event has its name and three indexed fields (the EVM's LOG4). */
    private static final int MAX_TOPICS = 4;

    private static final String SUCCESS = "0x1";
    private static final String FAILURE = "0x0";

    private Answers() {}

    /** What a getter of web3j gives, which parses when asked. */
    public static <T> T get(String what, Supplier<@Nullable T> getter) throws RpcException {
        @Nullable T value;
        try {
            value = getter.get();
        } catch (RuntimeException e) { // whatever web3j throws over a text that is no value
            throw malformed(what, e);
        }
        if (value == null) {
            throw malformed(what, null);
        }
        return value;
    }

    /** The trouble of an answer that lacks something. */
    public static RpcException malformed(String what, @Nullable Exception cause) {
        return new RpcException(
                RpcException.Kind.MALFORMED, "the RPC's answer has no sound " + what, cause);
    }

    /** A number that is not negative. */
    public static long number(String what, Supplier<@Nullable BigInteger> getter)
            throws RpcException {
        BigInteger value = get(what, getter);
        if (value.signum() < 0 || value.bitLength() >= Long.SIZE) {
            throw malformed(what, null);
        }
        return value.longValue();
    }

    static Wei wei(String what, Supplier<@Nullable BigInteger> getter) throws RpcException {
        try {
            return new Wei(get(what, getter));
        } catch (IllegalArgumentException e) {
            throw malformed(what, e);
        }
    }

    static Bytes32 word(String what, Supplier<@Nullable String> getter) throws RpcException {
        try {
            return Bytes32.parse(get(what, getter));
        } catch (MalformedHexException e) {
            throw malformed(what, e);
        }
    }

    /** An address. */
    public static EvmAddress address(String what, Supplier<@Nullable String> getter)
            throws RpcException {
        try {
            return EvmAddress.parse(get(what, getter));
        } catch (MalformedAddressException e) {
            throw malformed(what, e);
        }
    }

    static byte[] bytes(String what, Supplier<@Nullable String> getter) throws RpcException {
        String text = get(what, getter);
        if (!text.startsWith("0x") || text.length() % 2 != 0) {
            throw malformed(what, null);
        }
        try {
            return HexFormat.of().parseHex(text, 2, text.length());
        } catch (IllegalArgumentException e) {
            throw malformed(what, e);
        }
    }

    static Head head(EthBlock.Block block) throws RpcException {
        try {
            return new Head(
                    number("block number", block::getNumber),
                    word("block hash", block::getHash),
                    Instant.ofEpochSecond(number("block time", block::getTimestamp)),
                    wei("base fee", block::getBaseFeePerGas));
        } catch (DateTimeException e) {
            throw malformed("block time", e);
        }
    }

    static FeeHistory feeHistory(EthFeeHistory.FeeHistory history) throws RpcException {
        List<BigInteger> baseFees = get("base fees", history::getBaseFeePerGas);
        if (baseFees.isEmpty()) {
            throw malformed("base fees", null);
        }
        @Nullable List<List<BigInteger>> rewards = history.getReward();
        List<Wei> tips = new ArrayList<>();
        for (List<BigInteger> ofBlock : rewards == null ? List.<List<BigInteger>>of() : rewards) {
            tips.add(wei("tips", ofBlock::getFirst));
        }
        return new FeeHistory(wei("base fee", baseFees::getLast), tips);
    }

    /** A receipt of this transaction: one of another is a lie. */
    static Receipt receipt(TransactionHash asked, TransactionReceipt receipt) throws RpcException {
        Bytes32 hash = word("transaction hash", receipt::getTransactionHash);
        if (!hash.equals(asked.value())) {
            throw new RpcException(
                    RpcException.Kind.LYING,
                    "the RPC was asked for transaction "
                            + asked
                            + " and told of "
                            + hash
                            + ". Do not believe it about money; use another RPC");
        }
        String status = get("status", receipt::getStatus);
        if (!status.equals(SUCCESS) && !status.equals(FAILURE)) {
            throw malformed("status", null);
        }
        long gasUsed = number("used gas", receipt::getGasUsed);
        Wei price = wei("gas price", () -> Numeric.decodeQuantity(receipt.getEffectiveGasPrice()));
        List<Log> logs = new ArrayList<>();
        for (var log : get("logs", receipt::getLogs)) {
            logs.add(log(log));
        }
        return new Receipt(
                asked,
                number("block number", receipt::getBlockNumber),
                word("block hash", receipt::getBlockHash),
                status.equals(SUCCESS),
                gasUsed,
                cost(gasUsed, price),
                receipt.getContractAddress() == null
                        ? null
                        : address("contract address", receipt::getContractAddress),
                logs);
    }

    /** A proof of one word; verified by whoever uses it. */
    static StorageProof proof(EthGetProof.Proof proof) throws RpcException {
        List<EthGetProof.StorageProof> words = get("storage proof", proof::getStorageProof);
        if (words.size() != 1) {
            throw malformed("storage proof", null);
        }
        EthGetProof.StorageProof word = words.getFirst();
        return new StorageProof(
                nodes(get("account proof", proof::getAccountProof)),
                nodes(get("storage proof", word::getProof)));
    }

    private static List<byte[]> nodes(List<String> texts) throws RpcException {
        List<byte[]> nodes = new ArrayList<>();
        for (String text : texts) {
            nodes.add(bytes("node of a proof", () -> text));
        }
        return nodes;
    }

    private static Wei cost(long gasUsed, Wei price) throws RpcException {
        try {
            return new Wei(price.units().multiply(BigInteger.valueOf(gasUsed)));
        } catch (IllegalArgumentException e) {
            throw malformed("gas price", e);
        }
    }

    static Log log(org.web3j.protocol.core.methods.response.Log log) throws RpcException {
        List<String> said = get("topics", log::getTopics);
        if (said.size() > MAX_TOPICS) {
            throw malformed("topics", null);
        }
        List<Bytes32> topics = new ArrayList<>();
        for (String topic : said) {
            topics.add(word("topic", () -> topic));
        }
        long index = number("log index", log::getLogIndex);
        if (index > Integer.MAX_VALUE) {
            throw malformed("log index", null);
        }
        return new Log(
                address("address", log::getAddress),
                topics,
                bytes("data", log::getData),
                number("block number", log::getBlockNumber),
                word("block hash", log::getBlockHash),
                new TransactionHash(word("transaction hash", log::getTransactionHash)),
                (int) index);
    }
}
