package org.flowshield.contracts.chain;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;

/**
 * A chain, as far as this product asks it. Safe for use by any thread; each method waits for an
 * answer, so that event loops must not call it.
 */
public interface Chain {

    /** The chain that was asked for; answers of another are refused as {@code WRONG_CHAIN}. */
    ChainId id();

    /** The newest block. */
    Head head() throws RpcException;

    /** The hash of the block that has this number now; none if there is no such block. */
    Optional<Bytes32> blockHash(long number) throws RpcException;

    /** Money for gas, in the newest block. */
    Wei balance(EvmAddress address) throws RpcException;

    /** Whether there is a contract at the address, in the newest block. */
    boolean hasCode(EvmAddress address) throws RpcException;

    /** How many transactions of the address are in blocks; the number of the next. */
    long minedNonce(EvmAddress address) throws RpcException;

    /** The same with those that wait. */
    long pendingNonce(EvmAddress address) throws RpcException;

    /** What gas has cost in the last blocks, at most so many. */
    FeeHistory feeHistory(int blocks) throws RpcException;

    /** Gas that the call would use now. */
    long estimateGas(EvmAddress from, Call call) throws RpcException, RejectedException;

    /** What the call would return now; changes nothing. */
    byte[] ask(EvmAddress from, Call call) throws RpcException, RejectedException;

    /** What the call would have returned after that block; nodes forget old ones. */
    byte[] ask(EvmAddress from, Call call, long block) throws RpcException, RejectedException;

    /** Hands in a signed transaction; one that is known already is no error. */
    void submit(byte[] signed, TransactionHash hash) throws RpcException, RejectedException;

    /** Whether the transaction waits or is in a block. */
    boolean knows(TransactionHash hash) throws RpcException;

    /** What became of the transaction; none while it is in no block. */
    Optional<Receipt> receipt(TransactionHash hash) throws RpcException;

    /** What a contract said from one block to another, both included, in the chain's order. */
    List<Log> logs(LogQuery query, long from, long to) throws RpcException;
}
