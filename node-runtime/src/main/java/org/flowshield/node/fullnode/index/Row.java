package org.flowshield.node.fullnode.index;

import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.identity.NodeKey;

/**
 * A provider as it is kept, without its listing. Immutable; times are milliseconds since 1970.
 *
 * @param country a number of {@link Columns#code}
 */
record Row(
        int slot,
        NodeKey node,
        EvmAddress wallet,
        TokenAmount price,
        long rate,
        short country,
        long validUntil,
        long offerSequence,
        long whereSequence,
        TokenAmount stake,
        long heardAt,
        long watchedSince,
        long up) {}
