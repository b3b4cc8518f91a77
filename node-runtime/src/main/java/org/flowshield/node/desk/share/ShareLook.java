package org.flowshield.node.desk.share;

import java.net.URI;
import java.time.Duration;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.node.desk.transaction.Plan;
import org.jspecify.annotations.Nullable;

/**
 * What is missing before this machine can sell. Immutable.
 *
 * @param peerId of this machine's node
 * @param least what the market asks for
 * @param staked what is there
 * @param target what is to be staked
 * @param missing of what was asked for
 * @param flow what the wallet has to stake with
 * @param gas what it has for gas
 * @param faucet where newcomers get a little for nothing; null if the network has no such place
 * @param unbonding how long stake takes to come back
 * @param plan what would be done
 */
public record ShareLook(
        String peerId,
        TokenAmount least,
        TokenAmount staked,
        TokenAmount target,
        TokenAmount missing,
        TokenAmount flow,
        Wei gas,
        @Nullable URI faucet,
        Duration unbonding,
        Plan plan) {

    /** Whether the stake can be paid. */
    public boolean canStake() {
        return !missing.isMoreThan(flow);
    }

    /** Whether there is gas, if any is needed. */
    public boolean hasGas() {
        return !plan.needsChain() || !gas.isZero();
    }
}
