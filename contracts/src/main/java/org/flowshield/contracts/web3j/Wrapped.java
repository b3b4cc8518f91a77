package org.flowshield.contracts.web3j;

import java.io.InputStream;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.LogQuery;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.rpc.Answers;
import org.flowshield.contracts.token.SignedPermit;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.Service;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;

/**
 * Uses web3j's generated wrapper of a contract to encode and decode only: what is asked and sent
 * goes through the {@link Chain}. Safe for use by any thread.
 *
 * @param <W> the wrapper
 */
final class Wrapped<W> {

    /** Makes a wrapper; each has a static method of this shape. */
    interface Loader<W> {
        W load(
                String address,
                Web3j web3j,
                TransactionManager transactions,
                ContractGasProvider gas);
    }

    /** Wrappers want one; ours ask nothing. */
    private static final Web3j NOBODY =
            Web3j.build(
                    new Service(false) {
                        @Override
                        protected InputStream performIO(String payload) {
                            throw new IllegalStateException("a wrapper was asked to ask");
                        }

                        @Override
                        public void close() {
                            // Nothing is open.
                        }
                    });

    private final Chain chain;
    private final EvmAddress address;
    private final W wrapper;

    Wrapped(Chain chain, EvmAddress address, Loader<W> loader) {
        this.chain = chain;
        this.address = address;
        this.wrapper =
                loader.load(
                        address.toString(),
                        NOBODY,
                        new ReadonlyTransactionManager(NOBODY, EvmAddress.ZERO.toString()),
                        new StaticGasProvider(BigInteger.ZERO, BigInteger.ZERO));
    }

    EvmAddress address() {
        return address;
    }

    /** A call of a function, to be sent. */
    Call call(String purpose, Function<W, RemoteFunctionCall<?>> function) {
        return Call.of(address, encode(function.apply(wrapper)), purpose);
    }

    private static byte[] encode(RemoteFunctionCall<?> function) {
        return HexFormat.of().parseHex(function.encodeFunctionCall().substring(2));
    }

    /** What a function that only reads returns in the newest block. */
    <T> T read(Class<T> type, Function<W, RemoteFunctionCall<?>> function) throws RpcException {
        return readAll(function, null).at(0, type);
    }

    /** What such a function returns after a block. */
    <T> T read(Class<T> type, Function<W, RemoteFunctionCall<?>> function, long block)
            throws RpcException {
        return readAll(function, block).at(0, type);
    }

    /** All that a function returns. */
    Returned readAll(Function<W, RemoteFunctionCall<?>> function) throws RpcException {
        return readAll(function, null);
    }

    private Returned readAll(Function<W, RemoteFunctionCall<?>> function, @Nullable Long block)
            throws RpcException {
        RemoteFunctionCall<?> asked = function.apply(wrapper);
        Call call = Call.of(address, encode(asked), "reads");
        byte[] returned;
        try {
            returned =
                    block == null
                            ? chain.ask(EvmAddress.ZERO, call)
                            : chain.ask(EvmAddress.ZERO, call, block);
        } catch (RejectedException e) {
            throw notThatContract(e);
        }
        if (returned.length == 0) {
            throw notThatContract(null);
        }
        String hex = "0x" + HexFormat.of().formatHex(returned);
        return new Returned(Answers.get("return values", () -> decode(asked, hex)));
    }

    @SuppressWarnings("unchecked") // web3j has them raw
    private static List<? extends Type<?>> decode(RemoteFunctionCall<?> asked, String hex) {
        return (List<? extends Type<?>>) (List<?>) asked.decodeFunctionResponse(hex);
    }

    /** Functions that only read never refuse. */
    private RpcException notThatContract(@Nullable Exception cause) {
        return new RpcException(
                RpcException.Kind.MALFORMED,
                "what is at "
                        + address
                        + " on chain "
                        + chain.id()
                        + " is not the contract that the network file names: it is wrong, or the"
                        + " contracts are not deployed there",
                cause);
    }

    /** What a function returned. */
    record Returned(List<? extends Type<?>> values) {

        <T> T at(int index, Class<T> type) throws RpcException {
            return Answers.get(
                    "return values",
                    () -> {
                        Type<?> value = values.get(index);
                        return type.isInstance(value)
                                ? type.cast(value)
                                : type.cast(value.getValue());
                    });
        }
    }

    /** Reads one of the events that were asked for. */
    interface EventReader<E> {
        E read(Bytes32 name, Log log, org.flowshield.contracts.chain.Log where) throws RpcException;
    }

    <E> List<E> events(LogQuery query, long from, long to, EventReader<E> reader)
            throws RpcException {
        List<E> events = new ArrayList<>();
        for (org.flowshield.contracts.chain.Log log : chain.logs(query, from, to)) {
            try {
                events.add(reader.read(log.topics().getFirst(), forWeb3j(log), log));
            } catch (RuntimeException e) { // whatever web3j throws over data that are no event
                throw Answers.malformed("event", e);
            }
        }
        return events;
    }

    private static Log forWeb3j(org.flowshield.contracts.chain.Log log) {
        Log made = new Log();
        made.setAddress(log.contract().toString());
        made.setTopics(log.topics().stream().map(Bytes32::toString).toList());
        made.setData("0x" + HexFormat.of().formatHex(log.data()));
        return made;
    }

    /** The event's name in the first topic. */
    static Bytes32 name(Event event) {
        return new Bytes32(HexFormat.of().parseHex(EventEncoder.encode(event).substring(2)));
    }

    static TokenAmount amount(@Nullable BigInteger value) throws RpcException {
        try {
            return new TokenAmount(Answers.get("amount", () -> value));
        } catch (IllegalArgumentException e) {
            throw Answers.malformed("amount", e);
        }
    }

    static Instant time(@Nullable BigInteger value) throws RpcException {
        try {
            return Instant.ofEpochSecond(Answers.number("time", () -> value));
        } catch (DateTimeException e) {
            throw Answers.malformed("time", e);
        }
    }

    static EvmAddress address(@Nullable String value) throws RpcException {
        return Answers.address("address", () -> value);
    }

    static Bytes32 word(byte @Nullable [] value) throws RpcException {
        if (value == null || value.length != Bytes32.LENGTH) {
            throw Answers.malformed("word", null);
        }
        return new Bytes32(value);
    }

    static <E extends Enum<E>> E choice(E[] values, @Nullable BigInteger value)
            throws RpcException {
        long index = Answers.number("status", () -> value);
        if (index >= values.length) {
            throw Answers.malformed("status", null);
        }
        return values[(int) index];
    }

    /** Makes a wrapper's own permit; each wrapper has one of this shape. */
    interface PermitMaker<P> {
        P make(BigInteger deadline, BigInteger v, byte[] r, byte[] s);
    }

    /** None is one that the contract tries in vain. */
    static <P> P permit(@Nullable SignedPermit permit, PermitMaker<P> maker) {
        if (permit == null) {
            byte[] zero = Bytes32.ZERO.bytes();
            return maker.make(BigInteger.ZERO, BigInteger.ZERO, zero, zero);
        }
        return maker.make(
                BigInteger.valueOf(permit.permit().deadline().getEpochSecond()),
                BigInteger.valueOf(permit.signature().v()),
                permit.signature().r().bytes(),
                permit.signature().s().bytes());
    }

    /** Makes a wrapper's own terms; each wrapper has them in this shape. */
    interface MetaMaker<M> {
        M make(BigInteger fee, BigInteger maxFee, BigInteger deadline);
    }

    static <M> M meta(RelayTerms terms, TokenAmount fee, MetaMaker<M> maker) {
        return maker.make(
                fee.units(),
                terms.maxFee().units(),
                BigInteger.valueOf(terms.deadline().getEpochSecond()));
    }
}
