package org.flowshield.contracts.staking;

import java.time.Instant;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * Stake of a wallet. Immutable.
 *
 * @param staked what counts
 * @param unbonding what is on its way out and can still be slashed
 * @param withdrawableAt when that may be taken out; the epoch if there is none
 */
public record Stake(TokenAmount staked, TokenAmount unbonding, Instant withdrawableAt) {}
