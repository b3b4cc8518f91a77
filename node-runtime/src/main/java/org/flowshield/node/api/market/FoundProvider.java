package org.flowshield.node.api.market;

import java.time.Instant;
import java.util.List;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.jspecify.annotations.Nullable;

/**
 * A provider that fits. Immutable. It has signed its price, its addresses and what it claims; the
 * chain says whether its wallet vouches for it.
 *
 * @param addresses where it says that it can be dialled, multiaddrs with its id
 * @param country where it says that its clients are taken to be; null: it does not say
 * @param pricePerGib for each GiB, both directions together
 * @param claimedBitsPerSecond to all clients together, by its own word; 0: it does not say
 * @param freeBitsPerSecond what a new session could get, by its last sign of life; null: it has
 *     given none
 * @param sessions that are open, the same way
 * @param payee the wallet that is paid
 * @param stake that it can lose, by the chain; null: nobody has looked
 * @param heardAt when it gave its last sign of life; null: nobody has heard one
 * @param offerUntil when it may ask for something else
 * @param vouched whether the chain was asked: the wallet has bound this node, is registered and
 *     staked. One of whom it says otherwise is not shown
 * @param score 0 to 1, higher is better; docs/MATCHING.md
 * @param reasons why it has that score, the weightiest first
 */
public record FoundProvider(
        String peerId,
        List<String> addresses,
        @Nullable String country,
        TokenAmount pricePerGib,
        long claimedBitsPerSecond,
        @Nullable Long freeBitsPerSecond,
        @Nullable Integer sessions,
        boolean ipv4,
        boolean ipv6,
        EvmAddress payee,
        @Nullable TokenAmount stake,
        ProviderState state,
        @Nullable Instant heardAt,
        Instant offerUntil,
        boolean vouched,
        double score,
        List<String> reasons,
        ProviderSource source) {

    public FoundProvider {
        addresses = List.copyOf(addresses);
        reasons = List.copyOf(reasons);
    }
}
