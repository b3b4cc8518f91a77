package org.flowshield.node.identity.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.proof.BlockHeader;
import org.flowshield.contracts.proof.MalformedProofException;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.contracts.registry.Binding;
import org.flowshield.contracts.registry.BindingSlot;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Standing;

/**
 * The registry for who has no RPC of its own: fullnodes serve headers and storage proofs
 * (EIP-1186), and nobody has to believe one of them. A block counts if it is young and enough of
 * the network's sources name its hash; then a single witness is as good as another. Without such a
 * block, or without a sound proof, nothing is known. Safe for use by any thread.
 */
public final class ProvenRegistry implements Registry {

    /** Sources that must name the same block: a single liar among three changes nothing. */
    static final int AGREEING = 2;

    /** A block that is older may hide what has happened since. */
    static final Duration MAX_BLOCK_AGE = Duration.ofSeconds(60);

    /** A block's maker may be ahead of us by as much. */
    private static final Duration CLOCKS = Duration.ofSeconds(15);

    /** What somebody calls a block of the chain. */
    public record Block(long number, Bytes32 hash) {}

    /** Who tells hashes of blocks: an entry of the network file. */
    public interface Source {

        /** The newest block that it knows of. */
        Optional<Block> newest();

        /** Whether the chain has a block of this hash, by its word. */
        boolean confirms(BlockHeader header);
    }

    /** A fullnode; it may say what it likes. */
    public interface Witness {

        /** The RLP of the block's header. */
        Optional<byte[]> header(Block block);

        Optional<StorageProof> proof(EvmAddress contract, Bytes32 slot, BlockHeader at);
    }

    private final EvmAddress registry;
    private final List<? extends Source> sources;
    private final List<? extends Witness> witnesses;
    private final InstantSource time;

    /**
     * @param registry the contract's address
     * @param sources at least {@value #AGREEING}
     */
    public ProvenRegistry(
            EvmAddress registry,
            List<? extends Source> sources,
            List<? extends Witness> witnesses,
            InstantSource time) {
        if (sources.size() < AGREEING) {
            throw new IllegalArgumentException(
                    "a block needs " + AGREEING + " sources that name it");
        }
        this.registry = registry;
        this.sources = List.copyOf(sources);
        this.witnesses = List.copyOf(witnesses);
        this.time = time;
    }

    @Override
    public Standing standing(NodeId node) throws RegistryUnavailableException {
        Bytes32 slot = BindingSlot.of(node.wallet(), node.key().bytes());
        List<String> troubles = new ArrayList<>();
        for (Source source : sources) {
            Optional<Block> newest = source.newest();
            if (newest.isEmpty()) {
                troubles.add("a source is silent");
                continue;
            }
            for (Witness witness : witnesses) {
                Optional<Standing> standing = standing(witness, newest.get(), slot, troubles);
                if (standing.isPresent()) {
                    return standing.get();
                }
            }
        }
        throw new RegistryUnavailableException(
                "no fullnode showed it in a block that "
                        + AGREEING
                        + " sources confirm"
                        + (troubles.isEmpty() ? "" : ": " + String.join("; ", troubles)),
                null);
    }

    private Optional<Standing> standing(
            Witness witness, Block newest, Bytes32 slot, List<String> troubles) {
        Optional<byte[]> encoded = witness.header(newest);
        if (encoded.isEmpty()) {
            troubles.add("a fullnode has no such block");
            return Optional.empty();
        }
        try {
            BlockHeader header = BlockHeader.parse(encoded.get());
            Optional<String> trouble = trouble(header, newest);
            if (trouble.isPresent()) {
                troubles.add(trouble.get());
                return Optional.empty();
            }
            Optional<StorageProof> proof = witness.proof(registry, slot, header);
            if (proof.isEmpty()) {
                troubles.add("a fullnode has no proof");
                return Optional.empty();
            }
            Optional<Binding> binding = BindingSlot.read(proof.get().word(header, registry, slot));
            if (binding.isEmpty()) {
                troubles.add("the contract holds what no registry writes");
            }
            return binding.map(RpcRegistry::standing);
        } catch (MalformedProofException e) {
            troubles.add("a fullnode's proof is none: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> trouble(BlockHeader header, Block newest) {
        if (!header.hash().equals(newest.hash()) || header.number() != newest.number()) {
            return Optional.of("a fullnode gave another block than it was asked for");
        }
        Instant now = time.instant();
        if (header.time().isBefore(now.minus(MAX_BLOCK_AGE))) {
            return Optional.of("the newest block of a source is of " + header.time());
        }
        if (header.time().isAfter(now.plus(CLOCKS))) {
            return Optional.of("the newest block of a source is of the future: " + header.time());
        }
        long confirming = sources.stream().filter(source -> source.confirms(header)).count();
        if (confirming < AGREEING) {
            return Optional.of(
                    "block " + header.number() + " is confirmed by " + confirming + " sources");
        }
        return Optional.empty();
    }
}
