package org.flowshield.node.treasury;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.api.RefusedException;

/** Asks providers what they serve for. Any thread; waits for the provider. */
@FunctionalInterface
public interface Offers {

    /**
     * A provider's answer, signed by it. Immutable.
     *
     * @param price empty: it serves for nothing
     */
    record Answer(PeerId provider, Optional<Price> price) {}

    /**
     * What it serves for. Immutable.
     *
     * @param offerHash of the offer that says so
     * @param perGib both directions together
     * @param minDeposit a channel with less is refused
     */
    record Price(
            Bytes32 offerHash,
            TokenAmount perGib,
            EvmAddress payee,
            TokenAmount minDeposit,
            Instant validUntil) {}

    /**
     * Asks one.
     *
     * @param provider its multiaddr
     */
    Answer ask(String provider) throws RefusedException, InterruptedException;
}
