package org.flowshield.contracts.registry;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.Words;
import org.flowshield.contracts.payment.RelayTerms;
import org.flowshield.contracts.signing.Eip712Domain;

/**
 * What a wallet without gas signs about its nodes, so that a relayer carries it to a registry, pays
 * the gas and is paid from the wallet, by allowance or permit, in the same transaction. Immutable.
 */
public sealed interface RegistryOrder {

    /** Whose order it is, and who pays the relayer. */
    EvmAddress wallet();

    /** Ed25519 key of the node that it is about. */
    Bytes32 nodeKey();

    RelayTerms terms();

    /** The hash of the order's fields (EIP-712). */
    Bytes32 structHash();

    /**
     * What is signed.
     *
     * @param registry the address of the registry that carries out such orders: of providers for
     *     {@link Register}, else of identities
     */
    default Bytes32 digest(ChainId chain, EvmAddress registry) {
        Eip712Domain domain =
                switch (this) {
                    case Bind _, Revoke _ -> identities(chain, registry);
                    case Register _ -> providers(chain, registry);
                };
        return domain.digest(structHash());
    }

    /** What orders to a registry of identities are signed for. */
    static Eip712Domain identities(ChainId chain, EvmAddress registry) {
        return Eip712Domain.of("FlowShield IdentityRegistry", "1", chain, registry);
    }

    /** What orders to a registry of providers are signed for. */
    static Eip712Domain providers(ChainId chain, EvmAddress registry) {
        return Eip712Domain.of("FlowShield ProviderRegistry", "1", chain, registry);
    }

    /**
     * Binds a node to the wallet. It can happen once, since no key is bound twice.
     *
     * @param proof the node's consent: {@value #PROOF_LENGTH} bytes
     * @param roles 32 bits
     */
    record Bind(EvmAddress wallet, Bytes32 nodeKey, byte[] proof, long roles, RelayTerms terms)
            implements RegistryOrder {

        /** Of an Ed25519 signature. */
        public static final int PROOF_LENGTH = 64;

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "Bind(address wallet,bytes32 nodeKey,bytes proof,uint32 roles,"
                                + "uint96 maxFee,uint256 deadline)");

        private static final int WORDS = 7;

        /**
         * @throws IllegalArgumentException if the contract could not take it
         */
        public Bind {
            proof = proof.clone();
            if (proof.length != PROOF_LENGTH) {
                throw new IllegalArgumentException(
                        "a node's consent has 64 bytes, this one " + proof.length);
            }
            if (roles < 0 || roles >> Integer.SIZE != 0) {
                throw new IllegalArgumentException("roles are 32 bits, not " + roles);
            }
        }

        @Override
        public byte[] proof() {
            return proof.clone();
        }

        @Override
        public Bytes32 structHash() {
            return new Words(WORDS)
                    .put(TYPE)
                    .put(wallet)
                    .put(nodeKey)
                    .put(Keccak256.hash(proof))
                    .put(roles)
                    .put(terms.maxFee())
                    .put(terms.deadline().getEpochSecond())
                    .hash();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bind bind
                    && wallet.equals(bind.wallet)
                    && nodeKey.equals(bind.nodeKey)
                    && Arrays.equals(proof, bind.proof)
                    && roles == bind.roles
                    && terms.equals(bind.terms);
        }

        @Override
        public int hashCode() {
            return structHash().hashCode();
        }
    }

    /** Makes a node of the wallet worth nothing, for ever. It can happen once. */
    record Revoke(EvmAddress wallet, Bytes32 nodeKey, RelayTerms terms) implements RegistryOrder {

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "Revoke(address wallet,bytes32 nodeKey,uint96 maxFee,uint256 deadline)");

        private static final int WORDS = 5;

        @Override
        public Bytes32 structHash() {
            return new Words(WORDS)
                    .put(TYPE)
                    .put(wallet)
                    .put(nodeKey)
                    .put(terms.maxFee())
                    .put(terms.deadline().getEpochSecond())
                    .hash();
        }
    }

    /**
     * Puts the wallet, which has staked, into the market.
     *
     * @param descriptionHash of what the URI leads to
     * @param uri at most {@value #MAX_URI} bytes of UTF-8
     * @param nonce the registry's next of the wallet: it may enter, leave and enter again
     */
    record Register(
            EvmAddress wallet,
            Bytes32 nodeKey,
            Bytes32 descriptionHash,
            String uri,
            BigInteger nonce,
            RelayTerms terms)
            implements RegistryOrder {

        /** As in the contract. */
        public static final int MAX_URI = 256;

        private static final Bytes32 TYPE =
                Keccak256.hash(
                        "Register(address wallet,bytes32 nodeKey,bytes32 metaHash,string uri,"
                                + "uint96 maxFee,uint256 nonce,uint256 deadline)");

        private static final int WORDS = 8;

        /**
         * @throws IllegalArgumentException if the contract could not take it
         */
        public Register {
            if (uri.getBytes(StandardCharsets.UTF_8).length > MAX_URI) {
                throw new IllegalArgumentException(
                        "a URI in the market has at most " + MAX_URI + " bytes");
            }
        }

        @Override
        public Bytes32 structHash() {
            return new Words(WORDS)
                    .put(TYPE)
                    .put(wallet)
                    .put(nodeKey)
                    .put(descriptionHash)
                    .put(Keccak256.hash(uri))
                    .put(terms.maxFee())
                    .put(nonce)
                    .put(terms.deadline().getEpochSecond())
                    .hash();
        }
    }
}
