package org.flowshield.node.fullnode.index;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.market.heartbeat.SignedHeartbeat;

/**
 * A provider as the index has it. Immutable.
 *
 * @param listing as it was signed
 * @param heardAt when it was last heard of, by our clock; empty: never
 * @param score 0 to 1
 * @param reasons for it, the weightiest first
 */
public record Listed(
        NodeKey node,
        ByteString listing,
        Optional<SignedHeartbeat> heartbeat,
        Optional<Instant> heardAt,
        TokenAmount stake,
        double score,
        List<String> reasons) {

    public Listed {
        reasons = List.copyOf(reasons);
    }
}
