package org.flowshield.contracts.signing;

import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.Words;

/**
 * What a typed signature is for (EIP-712): one contract on one chain. The same words signed for
 * another are worth nothing here. Immutable.
 *
 * @param nameHash keccak256 of the contract's name
 * @param versionHash keccak256 of the version of its signatures
 */
public record Eip712Domain(
        Bytes32 nameHash, Bytes32 versionHash, ChainId chain, EvmAddress contract) {

    private static final Bytes32 TYPE =
            Keccak256.hash(
                    "EIP712Domain(string name,string version,uint256 chainId,address"
                            + " verifyingContract)");

    private static final int WORDS = 5;

    private static final byte[] PREFIX = {0x19, 0x01};

    public static Eip712Domain of(String name, String version, ChainId chain, EvmAddress contract) {
        return new Eip712Domain(Keccak256.hash(name), Keccak256.hash(version), chain, contract);
    }

    public Bytes32 separator() {
        return new Words(WORDS)
                .put(TYPE)
                .put(nameHash)
                .put(versionHash)
                .put(chain)
                .put(contract)
                .hash();
    }

    /** What is signed for a structure with this hash. */
    public Bytes32 digest(Bytes32 structHash) {
        return Keccak256.hash(PREFIX, separator().bytes(), structHash.bytes());
    }
}
