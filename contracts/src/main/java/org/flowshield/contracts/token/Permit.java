package org.flowshield.contracts.token;

import java.math.BigInteger;
import java.time.Instant;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Words;
import org.flowshield.contracts.signing.Eip712Domain;

/**
 * A signed allowance (EIP-2612): lets a spender take tokens of the owner, without a transaction by
 * the owner. Immutable.
 *
 * @param nonce the token's next nonce of the owner
 * @param deadline after this second the permit is void
 */
public record Permit(
        EvmAddress owner,
        EvmAddress spender,
        TokenAmount amount,
        BigInteger nonce,
        Instant deadline) {

    private static final Bytes32 TYPE =
            Keccak256.hash(
                    "Permit(address owner,address spender,uint256 value,uint256 nonce,"
                            + "uint256 deadline)");

    private static final int WORDS = 6;

    /** What the owner signs, for the token of this domain. */
    public Bytes32 digest(Eip712Domain token) {
        return token.digest(
                new Words(WORDS)
                        .put(TYPE)
                        .put(owner)
                        .put(spender)
                        .put(amount)
                        .put(nonce)
                        .put(deadline.getEpochSecond())
                        .hash());
    }
}
