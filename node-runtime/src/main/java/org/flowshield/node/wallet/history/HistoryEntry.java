package org.flowshield.node.wallet.history;

import java.math.BigInteger;
import java.time.Instant;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TransactionHash;
import org.jspecify.annotations.Nullable;

/**
 * Money that went or came. Immutable.
 *
 * @param at when this wallet signed it; null for what it only knows from the chain
 * @param incoming whether it came
 * @param action what it was for
 * @param peer who got it, or whom it is from
 */
public record HistoryEntry(
        @Nullable Instant at,
        boolean incoming,
        String action,
        EvmAddress peer,
        BigInteger units,
        Coin coin,
        TransactionHash hash,
        Fate fate) {}
