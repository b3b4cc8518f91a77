package org.flowshield.contracts.channels;

import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.Caps;

/**
 * What a session signer may lock from a purse, and has. Immutable.
 *
 * @param used locked, paid, or spent on relayers; what comes back from channels is taken off
 */
public record SignerAuthority(Caps caps, TokenAmount used) {

    /** What it may still lock in all. */
    public TokenAmount left() {
        return used.isMoreThan(caps.total()) ? TokenAmount.ZERO : caps.total().minus(used);
    }
}
