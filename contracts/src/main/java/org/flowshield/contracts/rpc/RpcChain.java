package org.flowshield.contracts.rpc;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.FeeHistory;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.chain.LogQuery;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.Rejection;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.proof.ProofSource;
import org.flowshield.contracts.proof.StorageProof;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthLog;

/**
 * A chain through its RPCs. Safe for use by any thread; its calls wait, at most as long as the
 * limits say, and belong on virtual threads.
 */
public final class RpcChain implements Chain, ProofSource, AutoCloseable {

    /** Deeper reorganisations have not been seen on chains that hold value. */
    private static final int MAX_REORGANISATION = 64;

    /** Public RPCs take ranges of a few thousand blocks. */
    private static final int MAX_RANGE = 2_000;

    /** Many more than our contracts say in such a range. */
    private static final int MAX_LOGS = 20_000;

    private static final double MEDIAN = 50;

    private final ChainId id;
    private final Web3jService service;
    private final Web3j web3j;

    /** Of the RPCs that are asked now: what others said is not held against them. */
    private volatile AtomicLong highest = new AtomicLong();

    private RpcChain(ChainId id, Web3jService service) {
        this.id = id;
        this.service = service;
        this.web3j = Web3j.build(service);
    }

    /** The chain with this id, through these RPCs: the next when one is in trouble. */
    public static RpcChain of(ChainId id, List<URI> rpcs, RpcLimits limits) {
        return of(id, rpcs, limits, new JdkTransport(limits.connect()));
    }

    /**
     * The same over a way of the caller's.
     *
     * @param transport closed with this
     */
    public static RpcChain of(
            ChainId id, List<URI> rpcs, RpcLimits limits, RpcTransport transport) {
        return new RpcChain(id, new RpcService(id, rpcs, limits, transport));
    }

    static RpcChain of(ChainId id, Web3jService service) {
        return new RpcChain(id, service);
    }

    @Override
    public ChainId id() {
        return id;
    }

    @Override
    public Head head() throws RpcException {
        AtomicLong highest = this.highest;
        EthBlock answer = ask(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false));
        Head head = Answers.head(Answers.get("newest block", answer::getBlock));
        long before = highest.getAndUpdate(seen -> Math.max(seen, head.number()));
        if (head.number() < before - MAX_REORGANISATION) {
            throw new RpcException(
                    RpcException.Kind.LYING,
                    "the RPC had block "
                            + before
                            + " and says now that "
                            + head.number()
                            + " is the newest. Do not believe it about money; use another RPC");
        }
        return head;
    }

    @Override
    public Optional<Bytes32> blockHash(long number) throws RpcException {
        EthBlock answer = ask(web3j.ethGetBlockByNumber(at(number), false));
        EthBlock.@Nullable Block block = answer.getBlock();
        if (block == null) {
            return Optional.empty();
        }
        if (Answers.number("block number", block::getNumber) != number) {
            throw new RpcException(
                    RpcException.Kind.LYING,
                    "the RPC was asked for block "
                            + number
                            + " and told of another. Do not believe it about money; use another"
                            + " RPC");
        }
        return Optional.of(Answers.word("block hash", block::getHash));
    }

    @Override
    public byte[] header(long number) throws RpcException {
        return HeaderAnswer.header(number, ask(HeaderAnswer.request(number, service)));
    }

    @Override
    public StorageProof proof(EvmAddress contract, Bytes32 slot, long block) throws RpcException {
        var answer =
                ask(
                        web3j.ethGetProof(
                                text(contract), List.of(slot.toString()), at(block).getValue()));
        return Answers.proof(Answers.get("proof", answer::getProof));
    }

    @Override
    public Wei balance(EvmAddress address) throws RpcException {
        var answer = ask(web3j.ethGetBalance(text(address), DefaultBlockParameterName.LATEST));
        return Answers.wei("balance", answer::getBalance);
    }

    @Override
    public boolean hasCode(EvmAddress address) throws RpcException {
        var answer = ask(web3j.ethGetCode(text(address), DefaultBlockParameterName.LATEST));
        return Answers.bytes("code", answer::getCode).length > 0;
    }

    @Override
    public long minedNonce(EvmAddress address) throws RpcException {
        return nonce(address, DefaultBlockParameterName.LATEST);
    }

    @Override
    public long pendingNonce(EvmAddress address) throws RpcException {
        return nonce(address, DefaultBlockParameterName.PENDING);
    }

    private long nonce(EvmAddress address, DefaultBlockParameter at) throws RpcException {
        var answer = ask(web3j.ethGetTransactionCount(text(address), at));
        return Answers.number("transaction count", answer::getTransactionCount);
    }

    @Override
    public FeeHistory feeHistory(int blocks) throws RpcException {
        var answer =
                ask(web3j.ethFeeHistory(blocks, DefaultBlockParameterName.LATEST, List.of(MEDIAN)));
        return Answers.feeHistory(Answers.get("fee history", answer::getFeeHistory));
    }

    @Override
    public long estimateGas(EvmAddress from, Call call) throws RpcException, RejectedException {
        var answer = askOrRefuse(web3j.ethEstimateGas(transaction(from, call)));
        return Answers.number("gas estimate", answer::getAmountUsed);
    }

    @Override
    public byte[] ask(EvmAddress from, Call call) throws RpcException, RejectedException {
        return ask(from, call, DefaultBlockParameterName.LATEST);
    }

    private byte[] ask(EvmAddress from, Call call, DefaultBlockParameter at)
            throws RpcException, RejectedException {
        var answer = askOrRefuse(web3j.ethCall(transaction(from, call), at));
        return Answers.bytes("result", answer::getValue);
    }

    @Override
    public byte[] ask(EvmAddress from, Call call, long block)
            throws RpcException, RejectedException {
        return ask(from, call, at(block));
    }

    @Override
    public void submit(byte[] signed, TransactionHash hash) throws RpcException, RejectedException {
        var request = web3j.ethSendRawTransaction("0x" + HexFormat.of().formatHex(signed));
        var answer = exchange(request);
        if (answer.hasError()) {
            Response.Error error = answer.getError();
            if (NodeErrors.knownAlready(error)) {
                return;
            }
            throwIfRefused(NodeErrors.refusalOfTransaction(error));
            throw NodeErrors.trouble(request.getMethod(), error);
        }
        Bytes32 said = Answers.word("transaction hash", answer::getTransactionHash);
        if (!said.equals(hash.value())) {
            throw new RpcException(
                    RpcException.Kind.LYING,
                    "the RPC took transaction "
                            + hash
                            + " and calls it "
                            + said
                            + ". Do not believe it about money; look for the transaction through"
                            + " another RPC");
        }
    }

    @Override
    public boolean knows(TransactionHash hash) throws RpcException {
        var answer = ask(web3j.ethGetTransactionByHash(hash.toString()));
        return answer.getResult() != null;
    }

    @Override
    public Optional<Receipt> receipt(TransactionHash hash) throws RpcException {
        var answer = ask(web3j.ethGetTransactionReceipt(hash.toString()));
        var receipt = answer.getResult();
        return receipt == null ? Optional.empty() : Optional.of(Answers.receipt(hash, receipt));
    }

    /** Asks for ranges that nodes take, and for smaller ones where a node finds too much. */
    @Override
    public List<Log> logs(LogQuery query, long from, long to) throws RpcException {
        List<Log> logs = new ArrayList<>();
        long range = MAX_RANGE;
        for (long start = from; start <= to; ) {
            long end = Math.min(to, start + range - 1);
            try {
                logs.addAll(logsOf(query, start, end));
            } catch (RpcException e) {
                if (end == start || !mayBeTooMuch(e)) {
                    throw e;
                }
                range = Math.max(1, (end - start + 1) / 2);
                continue;
            }
            if (logs.size() > MAX_LOGS) {
                throw new RpcException(
                        RpcException.Kind.LYING,
                        "the RPC tells of more than "
                                + MAX_LOGS
                                + " events of "
                                + query.contract());
            }
            start = end + 1;
        }
        return logs;
    }

    private static boolean mayBeTooMuch(RpcException e) {
        return e.kind() == RpcException.Kind.LIMITED
                || e.kind() == RpcException.Kind.MALFORMED
                || e.kind() == RpcException.Kind.TIMEOUT;
    }

    private List<Log> logsOf(LogQuery query, long from, long to) throws RpcException {
        EthLog answer = ask(web3j.ethGetLogs(filter(query, from, to)));
        List<Log> logs = new ArrayList<>();
        for (EthLog.LogResult<?> result : Answers.get("logs", answer::getLogs)) {
            if (!(result instanceof EthLog.LogObject object)) {
                throw Answers.malformed("event", null);
            }
            Log log = Answers.log(object.get());
            if (log.block() < from || log.block() > to || !query.fits(log)) {
                throw new RpcException(
                        RpcException.Kind.LYING,
                        "the RPC tells of events that it was not asked for. Do not believe it"
                                + " about money; use another RPC");
            }
            logs.add(log);
        }
        return logs;
    }

    private static EthFilter filter(LogQuery query, long from, long to) {
        EthFilter filter = new EthFilter(at(from), at(to), text(query.contract()));
        if (query.events().isEmpty()) {
            filter.addNullTopic();
        } else {
            filter.addOptionalTopics(
                    query.events().stream().map(Bytes32::toString).toArray(String[]::new));
        }
        for (Optional<Bytes32> field : query.fields()) {
            if (field.isPresent()) {
                filter.addSingleTopic(field.get().toString());
            } else {
                filter.addNullTopic();
            }
        }
        return filter;
    }

    /** An answer that is no error. */
    private <R extends Response<?>> R ask(Request<?, R> request) throws RpcException {
        R answer = exchange(request);
        if (answer.hasError()) {
            throw NodeErrors.trouble(request.getMethod(), answer.getError());
        }
        return answer;
    }

    /** An answer that is no error; a contract's refusal is told from the node's trouble. */
    private <R extends Response<?>> R askOrRefuse(Request<?, R> request)
            throws RpcException, RejectedException {
        R answer = exchange(request);
        if (answer.hasError()) {
            throwIfRefused(NodeErrors.refusalOfCall(answer.getError()));
            throw NodeErrors.trouble(request.getMethod(), answer.getError());
        }
        return answer;
    }

    private static void throwIfRefused(Optional<Rejection> rejection) throws RejectedException {
        if (rejection.isPresent()) {
            throw new RejectedException(rejection.get());
        }
    }

    private static <R extends Response<?>> R exchange(Request<?, R> request) throws RpcException {
        @Nullable R answer;
        try {
            answer = request.send();
        } catch (RpcException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // Jackson's and web3j's are unchecked
            throw Answers.malformed("JSON for " + request.getMethod(), e);
        }
        if (answer == null || answer.getId() != request.getId()) {
            throw Answers.malformed("answer to " + request.getMethod(), null);
        }
        return answer;
    }

    private static Transaction transaction(EvmAddress from, Call call) {
        return new Transaction(
                text(from),
                null,
                null,
                null,
                call.to().map(RpcChain::text).orElse(null),
                call.value().units().signum() == 0 ? null : call.value().units(),
                "0x" + HexFormat.of().formatHex(call.data()));
    }

    private static DefaultBlockParameter at(long number) {
        return DefaultBlockParameter.valueOf(BigInteger.valueOf(number));
    }

    private static String text(EvmAddress address) {
        return address.toString();
    }

    /**
     * Asks other RPCs from now on, in the place of those that were asked before. Each says first
     * that it is of this chain. Whoever waits for an answer gets it from where it asked. Does not
     * wait.
     *
     * @param rpcs the preferred first
     * @throws IllegalArgumentException if there is none
     */
    public void use(List<URI> rpcs) {
        if (!(service instanceof RpcService asked)) {
            throw new IllegalStateException("this chain is not asked through RPCs");
        }
        asked.use(rpcs);
        highest = new AtomicLong();
    }

    /**
     * Traffic of this machine takes another way from now on: what is read is asked for anew at
     * once, where it would wait in vain. Does not wait.
     */
    public void wayChanged() {
        if (service instanceof RpcService rpcs) {
            rpcs.wayChanged();
        }
    }

    /** Ends the connections; whoever waits for an answer gets an {@link RpcException}. */
    @Override
    public void close() {
        web3j.shutdown();
    }
}
