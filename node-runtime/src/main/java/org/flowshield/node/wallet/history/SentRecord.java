package org.flowshield.node.wallet.history;

import java.math.BigInteger;
import java.time.Instant;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;

/**
 * A transaction that the wallet signed, kept before it was handed in. Immutable.
 *
 * @param at when it was signed
 * @param nonce its number among the account's transactions
 * @param action what it was for, like {@code send}
 * @param to who gets the money, or the contract that was called
 * @param units of the coin's smallest parts; 0 if none was sent
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
        Coin coin) {

    private static final int MAX_ACTION = 100;

    public SentRecord {
        if (action.length() > MAX_ACTION || nonce < 0 || units.signum() < 0) {
            throw new IllegalArgumentException("no transaction of a wallet");
        }
    }
}
