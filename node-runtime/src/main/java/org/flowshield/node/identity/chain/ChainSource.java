package org.flowshield.node.identity.chain;

import java.util.Optional;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.Head;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.proof.BlockHeader;
import org.flowshield.contracts.proof.ProofSource;
import org.flowshield.contracts.proof.StorageProof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An RPC as a source of hashes and as a witness: one among others, believed no more than they are.
 * Who is in trouble is silent. Safe for use by any thread; waits for the chain.
 */
public final class ChainSource implements ProvenRegistry.Source, ProvenRegistry.Witness {

    private static final Logger LOG = LoggerFactory.getLogger(ChainSource.class);

    private final Chain chain;
    private final ProofSource proofs;

    /** The same RPC in both of its parts. */
    public <T extends Chain & ProofSource> ChainSource(T rpc) {
        this.chain = rpc;
        this.proofs = rpc;
    }

    private interface Question<T> {
        T ask() throws RpcException;
    }

    private static <T> Optional<T> ask(Question<Optional<T>> question) {
        try {
            return question.ask();
        } catch (RpcException e) {
            LOG.debug("a source of blocks and proofs is silent: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public Optional<ProvenRegistry.Block> newest() {
        return ask(
                () -> {
                    Head head = chain.head();
                    return Optional.of(new ProvenRegistry.Block(head.number(), head.hash()));
                });
    }

    @Override
    public boolean confirms(ProvenRegistry.Block block) {
        Optional<Bytes32> hash = ask(() -> chain.blockHash(block.number()));
        return hash.equals(Optional.of(block.hash()));
    }

    @Override
    public Optional<byte[]> header(ProvenRegistry.Block block) {
        return ask(() -> Optional.of(proofs.header(block.number())));
    }

    @Override
    public Optional<StorageProof> proof(EvmAddress contract, Bytes32 slot, BlockHeader at) {
        return ask(() -> Optional.of(proofs.proof(contract, slot, at.number())));
    }
}
