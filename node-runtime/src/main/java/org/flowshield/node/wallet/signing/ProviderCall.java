package org.flowshield.node.wallet.signing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.Words;
import org.flowshield.node.identity.NodeKey;

/** A call of the registry of providers: whether the wallet is in the market. Immutable. */
public sealed interface ProviderCall extends KnownCall {

    /** Puts the wallet into the market. */
    record Register(Bytes32 nodeKey, Bytes32 descriptionHash, String uri) implements ProviderCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("register(bytes32,bytes32,string)");

        @Override
        public byte[] encode() {
            return described(SELECTOR, nodeKey, descriptionHash, uri);
        }

        @Override
        public Summary summary() {
            return described("enter the market as a provider", nodeKey, descriptionHash, uri);
        }
    }

    /** Changes what the market is told of the wallet. */
    record Update(Bytes32 nodeKey, Bytes32 descriptionHash, String uri) implements ProviderCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("update(bytes32,bytes32,string)");

        @Override
        public byte[] encode() {
            return described(SELECTOR, nodeKey, descriptionHash, uri);
        }

        @Override
        public Summary summary() {
            return described("change your entry in the market", nodeKey, descriptionHash, uri);
        }
    }

    /** Takes the wallet out of the market. */
    record Exit() implements ProviderCall {

        private static final Bytes32 SELECTOR = Keccak256.hash("exit()");

        @Override
        public byte[] encode() {
            return CallArguments.call(SELECTOR, new Words(0));
        }

        @Override
        public Summary summary() {
            return Summary.of("leave the market: nobody opens channels to you any more")
                    .line("amount", IdentityCall.NOTHING)
                    .line("stake", "stays staked")
                    .build();
        }
    }

    /** Reads one of them, if it is one. */
    static Optional<ProviderCall> read(CallArguments in) throws MalformedRequestException {
        if (in.isOf(Register.SELECTOR)) {
            Bytes32 nodeKey = in.word();
            Bytes32 hash = in.word();
            Bytes32 _ = in.word();
            return Optional.of(new Register(nodeKey, hash, in.text()));
        }
        if (in.isOf(Update.SELECTOR)) {
            Bytes32 nodeKey = in.word();
            Bytes32 hash = in.word();
            Bytes32 _ = in.word();
            return Optional.of(new Update(nodeKey, hash, in.text()));
        }
        return in.isOf(Exit.SELECTOR) ? Optional.of(new Exit()) : Optional.empty();
    }

    private static byte[] described(Bytes32 selector, Bytes32 nodeKey, Bytes32 hash, String uri) {
        return CallArguments.call(
                selector,
                new Words(3).put(nodeKey).put(hash).put(IdentityCall.BEHIND_THREE),
                uri.getBytes(StandardCharsets.US_ASCII));
    }

    private static Summary described(String action, Bytes32 nodeKey, Bytes32 hash, String uri) {
        Summary.Builder summary =
                Summary.of(action)
                        .line("amount", IdentityCall.NOTHING)
                        .line("node", new NodeKey(nodeKey))
                        .line("description", uri.isEmpty() ? "none" : uri);
        return hash.equals(Bytes32.ZERO)
                ? summary.build()
                : summary.line("of the hash", hash).build();
    }
}
