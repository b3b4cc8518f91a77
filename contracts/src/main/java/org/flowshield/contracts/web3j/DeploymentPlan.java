package org.flowshield.contracts.web3j;

import java.time.Duration;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;

/**
 * What a deployment is made with. Immutable.
 *
 * @param holder gets all FLOW
 * @param proposer proposes to the timelock, until a governor takes over
 * @param timelockDelay how long a proposal waits: two days or more where real money is
 * @param minStake what a provider must have staked
 */
public record DeploymentPlan(
        EvmAddress holder, EvmAddress proposer, Duration timelockDelay, TokenAmount minStake) {

    /**
     * @throws IllegalArgumentException if the delay is negative
     */
    public DeploymentPlan {
        if (timelockDelay.isNegative()) {
            throw new IllegalArgumentException("a timelock with a delay of " + timelockDelay);
        }
    }
}
