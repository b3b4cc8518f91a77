package org.flowshield.contracts.channels;

import java.time.Instant;
import java.util.Optional;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * What the contract knows of a channel. Immutable.
 *
 * @param deposit all that was ever put in
 * @param claimed what the payee was paid of it
 * @param closesAtSecond when it may be closed without the payee; 0 if nobody has begun
 */
public record ChannelState(
        TokenAmount deposit, TokenAmount claimed, long closesAtSecond, ChannelStatus status) {

    /** When it may be closed without the payee, if somebody has begun to. */
    public Optional<Instant> closesAt() {
        return closesAtSecond == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(closesAtSecond));
    }

    /** What vouchers can still bring. */
    public TokenAmount left() {
        return deposit.minus(claimed);
    }
}
