package org.flowshield.contracts.lab;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.FeeHistory;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.Log;
import org.flowshield.contracts.chain.LogQuery;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;

/** A chain that nobody may ask; what a test needs of it, the test overrides. */
public class SilentChain implements Chain {

    private final ChainId id;

    public SilentChain(ChainId id) {
        this.id = id;
    }

    @Override
    public ChainId id() {
        return id;
    }

    private static AssertionError asked() {
        return new AssertionError("the chain was asked");
    }

    @Override
    public Head head() throws RpcException {
        throw asked();
    }

    @Override
    public Optional<Bytes32> blockHash(long number) throws RpcException {
        throw asked();
    }

    @Override
    public Wei balance(EvmAddress address) throws RpcException {
        throw asked();
    }

    @Override
    public boolean hasCode(EvmAddress address) throws RpcException {
        throw asked();
    }

    @Override
    public long minedNonce(EvmAddress address) throws RpcException {
        throw asked();
    }

    @Override
    public long pendingNonce(EvmAddress address) throws RpcException {
        throw asked();
    }

    @Override
    public FeeHistory feeHistory(int blocks) throws RpcException {
        throw asked();
    }

    @Override
    public long estimateGas(EvmAddress from, Call call) throws RpcException, RejectedException {
        throw asked();
    }

    @Override
    public byte[] ask(EvmAddress from, Call call) throws RpcException, RejectedException {
        throw asked();
    }

    @Override
    public byte[] ask(EvmAddress from, Call call, long block)
            throws RpcException, RejectedException {
        throw asked();
    }

    @Override
    public void submit(byte[] signed, TransactionHash hash) throws RpcException, RejectedException {
        throw asked();
    }

    @Override
    public boolean knows(TransactionHash hash) throws RpcException {
        throw asked();
    }

    @Override
    public Optional<Receipt> receipt(TransactionHash hash) throws RpcException {
        throw asked();
    }

    @Override
    public List<Log> logs(LogQuery query, long from, long to) throws RpcException {
        throw asked();
    }
}
