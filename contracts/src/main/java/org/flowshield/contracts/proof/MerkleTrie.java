package org.flowshield.contracts.proof;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.proof.MalformedProofException.Reason;

/**
 * A path through Ethereum's Merkle Patricia tree (yellow paper, appendix D). No node is read before
 * its hash was found to be the one that its parent names: what is read comes out of the tree. Pure.
 */
final class MerkleTrie {

    /** A key has 64 half bytes, and each node but the last takes at least one of them. */
    static final int MAX_NODES = 65;

    /** Bytes of a node: a branch has 16 hashes of 33 bytes and a value. */
    static final int MAX_NODE_LENGTH = 1024;

    private static final int BRANCH = 17;
    private static final int BRANCH_VALUE = 16;
    private static final int PAIR = 2;

    /** Hex prefix encoding: what the first half byte of a partial path says. */
    private static final int ODD = 1;

    private static final int LEAF = 2;

    /** Nodes that are shorter lie in their parent. */
    private static final int HASHED = 32;

    private static final Bytes32 EMPTY = Keccak256.hash(Rlp.encode(new byte[0]));

    private final List<byte[]> nodes;
    private int next;

    private MerkleTrie(List<byte[]> nodes) {
        this.nodes = nodes;
    }

    /**
     * The value at a key.
     *
     * @param root the hash of the tree's first node
     * @param key 32 bytes, which are hashed to get the path
     * @param nodes from the root on, each as RLP; all are used
     * @return empty if the nodes show that the tree has no such key
     */
    static Optional<byte[]> value(Bytes32 root, byte[] key, List<byte[]> nodes)
            throws MalformedProofException {
        if (nodes.size() > MAX_NODES) {
            throw new MalformedProofException(Reason.TOO_LONG, nodes.size() + " nodes");
        }
        byte[] path = halves(Keccak256.hash(key).bytes(), 0);
        MerkleTrie walk = new MerkleTrie(nodes);
        Optional<byte[]> value =
                root.equals(EMPTY) && nodes.isEmpty() ? Optional.empty() : walk.from(root, path);
        if (walk.next != nodes.size()) {
            throw new MalformedProofException(
                    Reason.UNUSED, nodes.size() - walk.next + " nodes beside the path");
        }
        return value;
    }

    private Optional<byte[]> from(Bytes32 root, byte[] path) throws MalformedProofException {
        List<Rlp> node = hashed(root);
        for (int depth = 0; ; ) {
            Rlp child;
            if (node.size() == BRANCH) {
                if (depth == path.length) {
                    return present(Rlp.bytes(node.get(BRANCH_VALUE)));
                }
                child = node.get(path[depth]);
                depth++;
            } else if (node.size() == PAIR) {
                byte[] partial = Rlp.bytes(node.getFirst());
                byte[] part = partial(partial);
                int end = depth + part.length;
                boolean onPath =
                        end <= path.length && Arrays.equals(part, 0, part.length, path, depth, end);
                if (isLeaf(partial)) {
                    return onPath && end == path.length
                            ? present(Rlp.bytes(node.getLast()))
                            : Optional.empty();
                }
                if (!onPath) {
                    return Optional.empty();
                }
                if (part.length == 0) {
                    throw new MalformedProofException(
                            Reason.WRONG_SHAPE, "an extension of nothing");
                }
                child = node.getLast();
                depth = end;
            } else {
                throw new MalformedProofException(
                        Reason.WRONG_SHAPE, "a node of " + node.size() + " parts");
            }
            Optional<List<Rlp>> below = below(child);
            if (below.isEmpty()) {
                return Optional.empty();
            }
            node = below.get();
        }
    }

    /** The node that a reference leads to; empty if there is none. */
    private Optional<List<Rlp>> below(Rlp reference) throws MalformedProofException {
        return switch (reference) {
            case Rlp.Items inline when inline.encoded().length < HASHED ->
                    Optional.of(inline.items());
            case Rlp.Items _ ->
                    throw new MalformedProofException(
                            Reason.WRONG_SHAPE, "a long node in its parent");
            case Rlp.Text text when text.bytes().length == 0 -> Optional.empty();
            case Rlp.Text _ -> Optional.of(hashed(Rlp.word(reference)));
        };
    }

    private List<Rlp> hashed(Bytes32 hash) throws MalformedProofException {
        if (next == nodes.size()) {
            throw new MalformedProofException(
                    Reason.INCOMPLETE, "the proof ends after " + next + " nodes");
        }
        byte[] node = nodes.get(next++);
        if (node.length > MAX_NODE_LENGTH) {
            throw new MalformedProofException(
                    Reason.TOO_LONG, "a node of " + node.length + " bytes");
        }
        if (!Keccak256.hash(node).equals(hash)) {
            throw new MalformedProofException(
                    Reason.WRONG_HASH, "node " + next + " is not the one that is named above it");
        }
        return Rlp.parseList(node);
    }

    private static Optional<byte[]> present(byte[] value) {
        return value.length == 0 ? Optional.empty() : Optional.of(value);
    }

    private static boolean isLeaf(byte[] partial) {
        return (partial[0] >> 4 & LEAF) != 0;
    }

    /** The half bytes of a partial path. */
    private static byte[] partial(byte[] encoded) throws MalformedProofException {
        if (encoded.length == 0 || (encoded[0] & 0xff) >> 4 > (LEAF | ODD)) {
            throw new MalformedProofException(Reason.WRONG_SHAPE, "no partial path");
        }
        boolean odd = (encoded[0] >> 4 & ODD) != 0;
        if (!odd && (encoded[0] & 0xf) != 0) {
            throw new MalformedProofException(Reason.WRONG_SHAPE, "no partial path");
        }
        return halves(encoded, odd ? 1 : 2);
    }

    private static byte[] halves(byte[] bytes, int from) {
        byte[] halves = new byte[2 * bytes.length - from];
        for (int i = 0; i < halves.length; i++) {
            int at = i + from;
            int value = bytes[at / 2];
            halves[i] = (byte) (at % 2 == 0 ? value >> 4 & 0xf : value & 0xf);
        }
        return halves;
    }
}
