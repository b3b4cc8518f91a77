package org.flowshield.node.wallet.signing;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.Words;
import org.flowshield.node.identity.NodeAttribute;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.Roles;

/** A call of the registry of identities: which nodes are the wallet's. Immutable. */
public sealed interface IdentityCall extends KnownCall {

    /** Of the words in front of an argument of any length, if there are three. */
    long BEHIND_THREE = 3L * Bytes32.LENGTH;

    /**
     * Takes a node as the wallet's own.
     *
     * @param proof the node's consent
     * @param roles bits of {@link Roles}
     */
    record Bind(Bytes32 nodeKey, byte[] proof, long roles) implements IdentityCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("bind(bytes32,bytes,uint32)");

        public Bind {
            proof = proof.clone();
        }

        @Override
        public byte[] proof() {
            return proof.clone();
        }

        @Override
        public byte[] encode() {
            return CallArguments.call(
                    SELECTOR, new Words(3).put(nodeKey).put(BEHIND_THREE).put(roles), proof);
        }

        @Override
        public Summary summary() {
            return Summary.of("take a node as your own")
                    .line("amount", NOTHING)
                    .line("node", new NodeKey(nodeKey))
                    .line("it may be", words(roles))
                    .build();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bind bind && Arrays.equals(encode(), bind.encode());
        }

        @Override
        public int hashCode() {
            return nodeKey.hashCode();
        }
    }

    /**
     * Puts a new key in the place of a node's old one.
     *
     * @param proof the new key's consent
     */
    record Rotate(Bytes32 oldKey, Bytes32 newKey, byte[] proof) implements IdentityCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("rotate(bytes32,bytes32,bytes)");

        public Rotate {
            proof = proof.clone();
        }

        @Override
        public byte[] proof() {
            return proof.clone();
        }

        @Override
        public byte[] encode() {
            return CallArguments.call(
                    SELECTOR, new Words(3).put(oldKey).put(newKey).put(BEHIND_THREE), proof);
        }

        @Override
        public Summary summary() {
            return Summary.of("put a new key in the place of a node's old one")
                    .line("amount", NOTHING)
                    .line("new key", new NodeKey(newKey))
                    .line("it may be", "what the old one might")
                    .line("old key", new NodeKey(oldKey) + ": worth nothing any more, for ever")
                    .build();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Rotate rotate && Arrays.equals(encode(), rotate.encode());
        }

        @Override
        public int hashCode() {
            return newKey.hashCode();
        }
    }

    /** Takes a node back. */
    record Revoke(Bytes32 nodeKey) implements IdentityCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("revoke(bytes32)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(1).put(nodeKey));
        }

        @Override
        public Summary summary() {
            return Summary.of("make a node of yours worth nothing, for ever")
                    .line("amount", NOTHING)
                    .line("node", new NodeKey(nodeKey))
                    .build();
        }
    }

    /** Says something of a node, or takes it back. */
    record SetAttribute(Bytes32 nodeKey, Bytes32 name, Bytes32 value) implements IdentityCall {

        private static final Bytes32 SELECTOR =
                Keccak256.hash("setAttribute(bytes32,bytes32,bytes32)");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(3).put(nodeKey).put(name).put(value));
        }

        @Override
        public Summary summary() {
            boolean taken = value.equals(Bytes32.ZERO);
            return Summary.of(
                            taken ? "take back what you said of a node" : "say something of a node")
                    .line("amount", NOTHING)
                    .line("node", new NodeKey(nodeKey))
                    .line("name", NodeAttribute.readName(name).orElseGet(name::toString))
                    .line("value", taken ? "none any more" : NodeAttribute.readValue(value))
                    .build();
        }
    }

    /** Reads one of them, if it is one. */
    static Optional<IdentityCall> read(CallArguments in) throws MalformedRequestException {
        if (in.isOf(Bind.SELECTOR)) {
            Bytes32 nodeKey = in.word();
            Bytes32 _ = in.word();
            long roles = in.number();
            return Optional.of(new Bind(nodeKey, in.last(), roles));
        }
        if (in.isOf(Rotate.SELECTOR)) {
            Bytes32 oldKey = in.word();
            Bytes32 newKey = in.word();
            Bytes32 _ = in.word();
            return Optional.of(new Rotate(oldKey, newKey, in.last()));
        }
        if (in.isOf(Revoke.SELECTOR)) {
            return Optional.of(new Revoke(in.word()));
        }
        if (in.isOf(SetAttribute.SELECTOR)) {
            return Optional.of(new SetAttribute(in.word(), in.word(), in.word()));
        }
        return Optional.empty();
    }

    private static String words(long bits) {
        List<Roles> known = Roles.of(bits);
        boolean more = bits != Roles.bits(known.toArray(Roles[]::new));
        String names = known.stream().map(Roles::label).collect(Collectors.joining(", "));
        if (more) {
            return names + (names.isEmpty() ? "" : ", ") + "something unknown here (" + bits + ")";
        }
        return names.isEmpty() ? "nothing but known" : names;
    }

    /** No call of a registry moves money. */
    String NOTHING = "0 FLOW: nothing is sent";
}
