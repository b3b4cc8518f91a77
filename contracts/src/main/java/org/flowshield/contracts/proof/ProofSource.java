package org.flowshield.contracts.proof;

import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;

/**
 * Where proofs come from. Nobody has to believe it. Safe for use by any thread; its methods wait
 * for the chain.
 */
public interface ProofSource {

    /** The RLP of the header of the block that has this number now. */
    byte[] header(long number) throws RpcException;

    /** What leads to a word of a contract's storage after that block; nodes forget old ones. */
    StorageProof proof(EvmAddress contract, Bytes32 slot, long block) throws RpcException;
}
