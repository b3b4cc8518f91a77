package org.flowshield.contracts.proof;

import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.proof.MalformedProofException.Reason;

/**
 * The nodes that lead from a block's state to a word of a contract's storage (EIP-1186). Immutable;
 * says nothing before it was verified against a header whose hash is known to be of the chain.
 *
 * @param account nodes from the state's root to the contract's account
 * @param storage nodes from the account's storage root to the word
 */
public record StorageProof(List<byte[]> account, List<byte[]> storage) {

    /** Bytes of all nodes: trees of billions of accounts are some ten nodes deep. */
    public static final int MAX_LENGTH = 32 * 1024;

    private static final int ACCOUNT_FIELDS = 4;
    private static final int STORAGE_ROOT = 2;

    public StorageProof {
        account = account.stream().map(byte[]::clone).toList();
        storage = storage.stream().map(byte[]::clone).toList();
    }

    /**
     * The word that a contract has at a slot after the block; zero is proven as well as any other.
     *
     * @throws MalformedProofException if this does not show it, whatever the reason
     */
    public Bytes32 word(BlockHeader header, EvmAddress contract, Bytes32 slot)
            throws MalformedProofException {
        long length = 0;
        for (List<byte[]> nodes : List.of(account, storage)) {
            length += nodes.stream().mapToLong(node -> node.length).sum();
        }
        if (length > MAX_LENGTH) {
            throw new MalformedProofException(Reason.TOO_LONG, "a proof of " + length + " bytes");
        }
        byte[] found =
                MerkleTrie.value(header.stateRoot(), contract.bytes(), account)
                        .orElseThrow(
                                () ->
                                        new MalformedProofException(
                                                Reason.NO_CONTRACT,
                                                "there was nothing at "
                                                        + contract
                                                        + " in block "
                                                        + header.number()));
        List<Rlp> fields = Rlp.parseList(found);
        if (fields.size() != ACCOUNT_FIELDS) {
            throw new MalformedProofException(
                    Reason.WRONG_SHAPE, "an account of " + fields.size() + " fields");
        }
        Optional<byte[]> value =
                MerkleTrie.value(Rlp.word(fields.get(STORAGE_ROOT)), slot.bytes(), storage);
        return value.isEmpty() ? Bytes32.ZERO : word(value.get());
    }

    /** Words are stored as RLP of their number: without the zeros in front. */
    private static Bytes32 word(byte[] encoded) throws MalformedProofException {
        byte[] number = Rlp.bytes(Rlp.parse(encoded));
        if (number.length > Bytes32.LENGTH) {
            throw new MalformedProofException(Reason.WRONG_SHAPE, "more than a word");
        }
        byte[] word = new byte[Bytes32.LENGTH];
        System.arraycopy(number, 0, word, word.length - number.length, number.length);
        return new Bytes32(word);
    }

    @Override
    public String toString() {
        return "StorageProof[" + account.size() + " + " + storage.size() + " nodes]";
    }
}
