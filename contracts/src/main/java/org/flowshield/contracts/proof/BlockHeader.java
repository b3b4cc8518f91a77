package org.flowshield.contracts.proof;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.proof.MalformedProofException.Reason;

/**
 * The head of a block. Immutable; that the chain has such a block is known only after somebody who
 * is trusted has named its hash.
 *
 * @param hash of the encoded header: its name
 * @param time as its maker claims
 * @param stateRoot over all accounts after the block
 */
public record BlockHeader(long number, Bytes32 hash, Instant time, Bytes32 stateRoot) {

    /** Bytes: headers of today have some 600; extra data adds at most 32. */
    public static final int MAX_LENGTH = 2048;

    /** The fields of a header (yellow paper 4.4), in their order; later ones come after them. */
    private static final int STATE_ROOT = 3;

    private static final int NUMBER = 8;
    private static final int TIME = 11;
    private static final int FEWEST = 15;

    /** Ten more than Prague has. */
    private static final int MOST = 31;

    /** Reads the RLP of a header. */
    public static BlockHeader parse(byte[] encoded) throws MalformedProofException {
        if (encoded.length > MAX_LENGTH) {
            throw new MalformedProofException(
                    Reason.TOO_LONG, "a header of " + encoded.length + " bytes");
        }
        List<Rlp> fields = Rlp.parseList(encoded);
        if (fields.size() < FEWEST || fields.size() > MOST) {
            throw new MalformedProofException(
                    Reason.WRONG_SHAPE, "a header of " + fields.size() + " fields");
        }
        return new BlockHeader(
                Rlp.number(fields.get(NUMBER)),
                Keccak256.hash(encoded),
                time(Rlp.number(fields.get(TIME))),
                Rlp.word(fields.get(STATE_ROOT)));
    }

    private static Instant time(long seconds) throws MalformedProofException {
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            throw new MalformedProofException(Reason.WRONG_SHAPE, "no time: " + e.getMessage());
        }
    }
}
