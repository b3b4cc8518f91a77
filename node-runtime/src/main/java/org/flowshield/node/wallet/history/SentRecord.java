package org.flowshield.node.wallet.history;

import java.math.BigInteger;
import java.time.Instant;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.sending.Sent;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that the wallet signed, kept before it was handed in. Immutable.
 *
 * @param at when it was signed
 * @param nonce its number among the account's transactions
 * @param action what it was for, like {@code send}
 * @param to who gets the money, or the contract that was called
 * @param units of the coin's smallest parts; 0 if none was sent
 * @param transaction what was signed, to offer more for it or to cancel it; null if an older
 *     version kept the record
 */
public record SentRecord(
        Instant at,
        ChainId chain,
        EvmAddress from,
        TransactionHash hash,
        long nonce,
        String action,
        EvmAddress to,
        BigInteger units,
        Coin coin,
        @Nullable Sent transaction) {

    private static final int MAX_ACTION = 100;

    public SentRecord {
        if (action.length() > MAX_ACTION || nonce < 0 || units.signum() < 0) {
            throw new IllegalArgumentException("no transaction of a wallet");
        }
        if (transaction != null
                && !(transaction.hash().equals(hash)
                        && transaction.from().equals(from)
                        && transaction.nonce() == nonce)) {
            throw new IllegalArgumentException("another transaction than the one recorded");
        }
    }

    /** Whether only one of both can be done: they have the same number. */
    public boolean isInPlaceOf(SentRecord other) {
        return chain.equals(other.chain) && from.equals(other.from) && nonce == other.nonce;
    }
}
