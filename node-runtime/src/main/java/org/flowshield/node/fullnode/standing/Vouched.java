package org.flowshield.node.fullnode.standing;

import org.flowshield.contracts.evm.TokenAmount;

/** What the chain says of a node that offers bandwidth for a wallet. Immutable. */
public sealed interface Vouched {

    /**
     * The wallet has bound the node as a provider, is registered, staked and not jailed.
     *
     * @param stake what it can lose
     */
    record Yes(TokenAmount stake) implements Vouched {}

    /** It is not to be listed. */
    record No(Why why) implements Vouched {}

    /** Why it is not. */
    enum Why {
        /** The wallet does not know the node. */
        UNBOUND,
        REVOKED,
        /** It is bound as something else than a provider. */
        OTHER_ROLE,
        /** Not registered, left, staked too little, or jailed. */
        INACTIVE
    }
}
