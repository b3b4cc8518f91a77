package org.flowshield.node.identity.chain;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.proof.BlockHeader;
import org.flowshield.contracts.proof.MalformedProofException;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.contracts.registry.BindingSlot;
import org.flowshield.node.identity.NodeId;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.identity.RegistryUnavailableException;
import org.flowshield.node.identity.Standing;
import org.jspecify.annotations.Nullable;

/**
 * The registry for who has no RPC of its own: fullnodes serve headers and storage proofs
 * (EIP-1186), and nobody has to believe one of them. A block counts if it is young and most of the
 * network's sources name its hash; then a single witness is as good as another. Without such a
 * block, or without a sound proof, nothing is known. Safe for use by any thread; waits some seconds
 * at the most, less if it is interrupted.
 */
public final class ProvenRegistry implements Registry {

    /** Sources that must name the same block, of three: a single liar changes nothing. */
    static final int AGREEING = 2;

    /** A block that is older may hide what has happened since. */
    static final Duration MAX_BLOCK_AGE = Duration.ofSeconds(60);

    /** A page of providers is looked up in the same block; news are looked for again after that. */
    static final Duration AGREED_FOR = Duration.ofSeconds(2);

    /** A block's maker may be ahead of us by as much. */
    private static final Duration CLOCKS = Duration.ofSeconds(15);

    /** A handshake and two questions, far away; who vets a provider waits for four. */
    private static final Duration SOURCES = Duration.ofMillis(1_500);

    /** For dialling a fullnode; it goes on behind that and serves the next question. */
    private static final Duration WITNESSES = Duration.ofSeconds(1);

    /** What somebody calls a block of the chain. */
    public record Block(long number, Bytes32 hash) {}

    /** Who tells hashes of blocks: an entry of the network file. */
    public interface Source {

        /** The newest block that it knows of. */
        Optional<Block> newest();

        /** Whether the chain has this block, by its word. */
        boolean confirms(Block block);
    }

    /** A fullnode; it may say what it likes. */
    public interface Witness {

        /** The RLP of the block's header. */
        Optional<byte[]> header(Block block);

        Optional<StorageProof> proof(EvmAddress contract, Bytes32 slot, BlockHeader at);

        /** What it has just said does not hold: it need not be asked again soon. */
        default void lied(String what) {}
    }

    /** A block that most sources name. */
    private record Agreed(BlockHeader header, Instant asked) {}

    private final EvmAddress registry;
    private final List<? extends Source> sources;
    private final int needed;
    private final Supplier<? extends List<? extends Witness>> fullnodes;
    private final List<? extends Witness> others;
    private final InstantSource time;

    /** One thread agrees with the sources, others wait for it; guards {@link #agreed}. */
    private final ReentrantLock agreeing = new ReentrantLock();

    private @Nullable Agreed agreed;

    /**
     * @param registry the contract's address
     * @param sources at least {@value #AGREEING}
     */
    public ProvenRegistry(
            EvmAddress registry,
            List<? extends Source> sources,
            List<? extends Witness> witnesses,
            InstantSource time) {
        this(registry, sources, () -> witnesses, List.of(), time);
    }

    /**
     * The same with witnesses that come and go.
     *
     * @param fullnodes a few that are asked at the same time; must not wait
     * @param others asked if none of those shows anything
     */
    public ProvenRegistry(
            EvmAddress registry,
            List<? extends Source> sources,
            Supplier<? extends List<? extends Witness>> fullnodes,
            List<? extends Witness> others,
            InstantSource time) {
        if (sources.size() < AGREEING) {
            throw new IllegalArgumentException(
                    "a block needs " + AGREEING + " sources that name it");
        }
        this.registry = registry;
        this.sources = List.copyOf(sources);
        this.needed = sources.size() / 2 + 1;
        this.fullnodes = fullnodes;
        this.others = List.copyOf(others);
        this.time = time;
    }

    @Override
    public Standing standing(NodeId node) throws RegistryUnavailableException {
        Bytes32 slot = BindingSlot.of(node.wallet(), node.key().bytes());
        Collection<String> troubles = new CopyOnWriteArrayList<>();
        try {
            BlockHeader header = agreed(troubles);
            return witnessed(witness -> standing(witness, header, slot, troubles))
                    .orElseThrow(
                            () ->
                                    unavailable(
                                            "no fullnode showed it in block " + header.number(),
                                            troubles));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException(
                    "the chain's sources and fullnodes were not waited for", e);
        }
    }

    private static RegistryUnavailableException unavailable(
            String what, Collection<String> troubles) {
        return new RegistryUnavailableException(
                what
                        + (troubles.isEmpty()
                                ? ""
                                : ": " + String.join("; ", new LinkedHashSet<>(troubles))),
                null);
    }

    private <R> Optional<R> witnessed(Function<Witness, Optional<R>> ask)
            throws InterruptedException {
        Optional<R> shown = Asking.first(fullnodes.get(), WITNESSES, ask);
        return shown.isPresent() ? shown : Asking.first(others, WITNESSES, ask);
    }

    // ---- which block ----

    private BlockHeader agreed(Collection<String> troubles)
            throws RegistryUnavailableException, InterruptedException {
        agreeing.lockInterruptibly();
        try {
            Instant now = time.instant();
            Agreed before = agreed;
            if (before != null) {
                Duration since = Duration.between(before.asked(), now);
                if (!since.isNegative() && since.compareTo(AGREED_FOR) < 0) {
                    return before.header();
                }
            }
            BlockHeader header = young(header(block(troubles), troubles), now);
            agreed = new Agreed(header, now);
            return header;
        } finally {
            agreeing.unlock();
        }
    }

    /** What one of the sources says. */
    private record Named(Source source, Block block) {}

    /** The newest of the blocks that enough of them name. */
    private Block block(Collection<String> troubles)
            throws RegistryUnavailableException, InterruptedException {
        List<Named> named =
                Asking.<Source, Named>all(
                        sources,
                        SOURCES,
                        source -> source.newest().map(block -> new Named(source, block)),
                        this::isSettled);
        if (named.size() < sources.size() && !isSettled(named)) {
            troubles.add((sources.size() - named.size()) + " of them are silent");
        }
        List<Block> newestFirst =
                named.stream()
                        .map(Named::block)
                        .distinct()
                        .sorted(Comparator.comparingLong(Block::number).reversed())
                        .toList();
        for (Block block : newestFirst) {
            int confirming = confirming(block, named);
            if (confirming >= needed) {
                return block;
            }
            troubles.add(
                    "block %d is confirmed by %d of %d"
                            .formatted(block.number(), confirming, sources.size()));
        }
        throw unavailable(
                "no block is confirmed by %d of the network's %d RPCs, so that nobody is believed"
                        .formatted(needed, sources.size()),
                troubles);
    }

    private boolean isSettled(List<Named> named) {
        return named.stream()
                .anyMatch(
                        one ->
                                named.stream()
                                                .filter(other -> other.block().equals(one.block()))
                                                .count()
                                        >= needed);
    }

    private int confirming(Block block, List<Named> named) throws InterruptedException {
        List<Source> namers =
                named.stream().filter(one -> one.block().equals(block)).map(Named::source).toList();
        List<Source> rest = new ArrayList<>(sources);
        namers.forEach(rest::remove);
        if (namers.size() >= needed) {
            return namers.size();
        }
        List<Boolean> more =
                Asking.<Source, Boolean>all(
                        rest,
                        SOURCES,
                        source -> source.confirms(block) ? Optional.of(true) : Optional.empty(),
                        yes -> namers.size() + yes.size() >= needed);
        return namers.size() + more.size();
    }

    private BlockHeader header(Block block, Collection<String> troubles)
            throws RegistryUnavailableException, InterruptedException {
        return witnessed(witness -> header(witness, block, troubles))
                .orElseThrow(
                        () ->
                                unavailable(
                                        "no fullnode showed block "
                                                + block.number()
                                                + ", which "
                                                + needed
                                                + " RPCs confirm",
                                        troubles));
    }

    private static Optional<BlockHeader> header(
            Witness witness, Block block, Collection<String> troubles) {
        Optional<byte[]> encoded = witness.header(block);
        if (encoded.isEmpty()) {
            troubles.add("a fullnode has no such block");
            return Optional.empty();
        }
        try {
            BlockHeader header = BlockHeader.parse(encoded.get());
            if (header.hash().equals(block.hash()) && header.number() == block.number()) {
                return Optional.of(header);
            }
            return lie(witness, "a fullnode gave another block than it was asked for", troubles);
        } catch (MalformedProofException e) {
            return lie(witness, "a fullnode's block is none: " + e.getMessage(), troubles);
        }
    }

    private BlockHeader young(BlockHeader header, Instant now) throws RegistryUnavailableException {
        if (header.time().isBefore(now.minus(MAX_BLOCK_AGE))) {
            throw unavailable(
                    "the newest block that the network's RPCs confirm is of "
                            + header.time()
                            + ", older than "
                            + MAX_BLOCK_AGE.toSeconds()
                            + " s: it may hide what has happened since",
                    List.of());
        }
        if (header.time().isAfter(now.plus(CLOCKS))) {
            throw unavailable(
                    "the newest block that the network's RPCs confirm is of the future: "
                            + header.time()
                            + "; see this machine's clock",
                    List.of());
        }
        return header;
    }

    // ---- what it holds ----

    private Optional<Standing> standing(
            Witness witness, BlockHeader header, Bytes32 slot, Collection<String> troubles) {
        Optional<StorageProof> proof = witness.proof(registry, slot, header);
        if (proof.isEmpty()) {
            troubles.add("a fullnode has no proof");
            return Optional.empty();
        }
        try {
            Optional<Standing> standing =
                    BindingSlot.read(proof.get().word(header, registry, slot))
                            .map(RpcRegistry::standing);
            if (standing.isEmpty()) {
                troubles.add("the contract holds what no registry writes");
            }
            return standing;
        } catch (MalformedProofException e) {
            return lie(witness, "a fullnode's proof is none: " + e.getMessage(), troubles);
        }
    }

    private static <R> Optional<R> lie(Witness witness, String what, Collection<String> troubles) {
        troubles.add(what);
        witness.lied(what);
        return Optional.empty();
    }
}
