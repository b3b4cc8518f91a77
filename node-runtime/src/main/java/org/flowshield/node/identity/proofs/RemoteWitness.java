package org.flowshield.node.identity.proofs;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.proof.BlockHeader;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Deadline;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.node.identity.chain.ProvenRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node at the other end of a connection, asked for headers and proofs; whatever it says is
 * checked by who asks. Who is in trouble is silent. Safe for use by any thread; waits for the node.
 */
public final class RemoteWitness implements ProvenRegistry.Witness {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteWitness.class);

    /** Longer than the node waits for its chain. */
    private static final Duration WITHIN = Duration.ofSeconds(25);

    private final Connection connection;
    private final Duration within;

    /**
     * @param connection stays the caller's to close
     */
    public RemoteWitness(Connection connection) {
        this(connection, WITHIN);
    }

    /**
     * @param within how long is waited for each answer
     */
    public RemoteWitness(Connection connection, Duration within) {
        this.connection = connection;
        this.within = within;
    }

    @Override
    public Optional<byte[]> header(ProvenRegistry.Block block) {
        return ask(new ProofQuery(block, Optional.empty()))
                .filter(answer -> answer instanceof ProofAnswer.Header)
                .map(answer -> ((ProofAnswer.Header) answer).rlp());
    }

    /** Nodes serve proofs of one contract, the registry; of another they would prove nothing. */
    @Override
    public Optional<StorageProof> proof(EvmAddress contract, Bytes32 slot, BlockHeader at) {
        return ask(new ProofQuery(
                        new ProvenRegistry.Block(at.number(), at.hash()), Optional.of(slot)))
                .filter(answer -> answer instanceof ProofAnswer.Proof)
                .map(answer -> ((ProofAnswer.Proof) answer).nodes());
    }

    private Optional<ProofAnswer> ask(ProofQuery query) {
        try (Stream stream = connection.newStream(List.of(ProofService.PROTOCOL))) {
            byte[] answer =
                    Deadline.within(
                            within,
                            stream,
                            () -> {
                                stream.output().write(ProofWire.encode(query));
                                stream.output().flush();
                                stream.closeWrite();
                                return stream.input().readNBytes(ProofWire.MAX_ANSWER + 1);
                            });
            return Optional.of(ProofWire.parseAnswer(answer));
        } catch (IOException | MalformedProofMessageException e) {
            LOG.debug("{} gives no proof: {}", connection.remotePeer(), e.getMessage());
            return Optional.empty();
        }
    }
}
